// Package matched measures the assignment beside another solver, CBC, and draws how both grow: scripts/match-bench.
package matched

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"maatje/internal/matching/assign"
)

// shape is a kind of instance, always the same one for the same shape.
type shape struct {
	name                       string
	volunteers, families, each int
	capacity, need             int // 1 to so many, by chance
	near                       bool
	full                       bool // every volunteer has the capacity and every family the need, nobody less
}

// problem makes the instance. Near: people live in forty towns, each family's pairs are its nearest volunteers, and the cost is the
// distance and up to twenty for what else counts. Otherwise pairs and costs are by chance.
func (s shape) problem() assign.Problem {
	r := rand.New(rand.NewPCG(7, uint64(s.volunteers*s.each)))
	upTo := func(n int) int {
		if s.full {
			return n
		}
		return 1 + r.IntN(n)
	}
	p := assign.Problem{Capacity: make([]int, s.volunteers), Need: make([]int, s.families)}
	for v := range p.Capacity {
		p.Capacity[v] = upTo(s.capacity)
	}
	for f := range p.Need {
		p.Need[f] = upTo(s.need)
	}
	if s.near {
		p.Pairs = nearest(r, s)
		return p
	}
	order := r.Perm(s.volunteers)
	for f := range p.Need {
		for i := range s.each { // so many of all, by chance
			j := i + r.IntN(len(order)-i)
			order[i], order[j] = order[j], order[i]
		}
		for _, v := range order[:s.each] {
			p.Pairs = append(p.Pairs, assign.Pair{Volunteer: v, Family: f, Cost: int64(r.IntN(1000))})
		}
	}
	return p
}

type spot struct{ x, y float64 }

func nearest(r *rand.Rand, s shape) (pairs []assign.Pair) {
	towns := make([]spot, 40)
	for i := range towns {
		towns[i] = spot{r.Float64() * 200, r.Float64() * 300}
	}
	live := func() spot {
		t := towns[r.IntN(len(towns))]
		return spot{t.x + r.NormFloat64()*8, t.y + r.NormFloat64()*8}
	}
	homes := make([]spot, s.volunteers)
	for v := range homes {
		homes[v] = live()
	}
	for f := range s.families {
		here := live()
		all := make([]assign.Pair, s.volunteers)
		for v, h := range homes {
			all[v] = assign.Pair{Volunteer: v, Family: f, Cost: int64(10 * math.Hypot(h.x-here.x, h.y-here.y))}
		}
		slices.SortFunc(all, func(a, b assign.Pair) int { return int(a.Cost - b.Cost) })
		for _, e := range all[:s.each] {
			e.Cost += int64(r.IntN(21))
			pairs = append(pairs, e)
		}
	}
	return pairs
}

// files writes the instance for the command and for CBC.
func files(t testing.TB, p assign.Problem) (instance, lp string) {
	t.Helper()
	type person struct {
		ID       string `json:"id"`
		Capacity int    `json:"capacity,omitempty"`
		Need     int    `json:"need,omitempty"`
	}
	var in struct {
		Volunteers []person         `json:"volunteers"`
		Families   []person         `json:"families"`
		Pairs      []map[string]any `json:"pairs"`
	}
	for v, n := range p.Capacity {
		in.Volunteers = append(in.Volunteers, person{ID: "v" + strconv.Itoa(v), Capacity: n})
	}
	for f, n := range p.Need {
		in.Families = append(in.Families, person{ID: "f" + strconv.Itoa(f), Need: n})
	}
	for _, e := range p.Pairs {
		in.Pairs = append(in.Pairs, map[string]any{"volunteer": "v" + strconv.Itoa(e.Volunteer), "family": "f" + strconv.Itoa(e.Family), "cost": e.Cost})
	}
	text, err := json.Marshal(in)
	folder := t.TempDir()
	instance, lp = filepath.Join(folder, "instance.json"), filepath.Join(folder, "instance.lp")
	var out bytes.Buffer
	for _, err := range []error{err, assign.WriteLP(&out, p), os.WriteFile(instance, text, 0o600), os.WriteFile(lp, out.Bytes(), 0o600)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return instance, lp
}

// spent is what one run took.
type spent struct{ wall, cpu time.Duration }

// solved runs the solver here. Garbage of before is gone first; what it makes itself counts.
func solved(t testing.TB, p assign.Problem) (spent, assign.Answer) {
	t.Helper()
	runtime.GC()
	begin, cpu := time.Now(), processor()
	a, err := assign.Solve(t.Context(), p, nil)
	took := spent{time.Since(begin), processor() - cpu}
	if err != nil {
		t.Fatal(err)
	}
	return took, a
}

func processor() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// run runs a program, for so long at most.
func run(t testing.TB, most time.Duration, name string, args ...string) (took spent, said string, ended bool) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), most)
	defer stop()
	c := exec.CommandContext(ctx, name, args...)
	begin := time.Now()
	out, err := c.CombinedOutput()
	if err != nil && ctx.Err() == nil {
		t.Fatalf("%s: %v\n%.400s", name, err, out)
	}
	return spent{time.Since(begin), c.ProcessState.UserTime() + c.ProcessState.SystemTime()}, string(out), err == nil
}

var hadMemory = regexp.MustCompile(`memory (\d+) MB`)

// megabytes is the most memory that our command says it had. What the system tells of a child counts this process with it.
func megabytes(said string) int {
	m := hadMemory.FindStringSubmatch(said)
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1]) // digits
	return n
}

var simplex = regexp.MustCompile(`iterations time ([\d.]+)`)

// inside is how long CBC says its own search took, without reading the file.
func inside(said string) (d time.Duration, ok bool) {
	m := simplex.FindStringSubmatch(said)
	if m == nil {
		return 0, false
	}
	s, err := strconv.ParseFloat(m[1], 64)
	return time.Duration(s * float64(time.Second)), err == nil
}

// agrees holds what CBC found against ours: as many places, for as much.
func agrees(t testing.TB, solution string, p assign.Problem, a assign.Answer) bool {
	t.Helper()
	text, err := os.ReadFile(solution)
	if err != nil || !bytes.HasPrefix(text, []byte("Optimal")) {
		return false
	}
	cost := map[string]int64{}
	for _, e := range p.Pairs {
		cost["x_"+strconv.Itoa(e.Volunteer)+"_"+strconv.Itoa(e.Family)] = e.Cost
	}
	places, total := 0, int64(0)
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); len(f) > 2 && strings.HasPrefix(f[1], "x_") && f[2] == "1" {
			places, total = places+1, total+cost[f[1]]
		}
	}
	return places == a.Places && total == a.Total
}

func median(all []spent) spent {
	wall, cpu := make([]time.Duration, len(all)), make([]time.Duration, len(all))
	for i, s := range all {
		wall[i], cpu[i] = s.wall, s.cpu
	}
	slices.Sort(wall)
	slices.Sort(cpu)
	return spent{wall[len(wall)/2], cpu[len(cpu)/2]}
}

func ms(d time.Duration) string {
	v := float64(d.Microseconds()) / 1000
	switch {
	case v < 10:
		return strconv.FormatFloat(v, 'f', 2, 64)
	case v < 1000:
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	return strings.TrimSpace(fmt.Sprintf("%8.0f", v))
}

func load() string {
	b, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Join(strings.Fields(string(b))[:1], "")
}
