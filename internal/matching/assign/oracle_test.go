package assign

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// small is an instance that another solver is asked for as well: scarce and plenty, needs of several, ties, and costs below nothing.
func small(r *rand.Rand) Problem {
	p := Problem{Capacity: make([]int, 1+r.IntN(8)), Need: make([]int, 1+r.IntN(8)), FamiliesFirst: r.IntN(2) == 0}
	for v := range p.Capacity {
		p.Capacity[v] = r.IntN(4)
	}
	for f := range p.Need {
		p.Need[f] = r.IntN(4)
	}
	dense, most := 1+r.IntN(4), []int{1, 3, 100}[r.IntN(3)]
	for v := range p.Capacity {
		for f := range p.Need {
			if r.IntN(4) < dense {
				p.Pairs = append(p.Pairs, Pair{v, f, int64(r.IntN(most) - r.IntN(most)/2)})
			}
		}
	}
	return p
}

// together puts instances beside each other: nobody of one can support a family of another, so each is solved by itself, and one run
// of the other solver answers them all.
func together(all []Problem) (whole Problem) {
	for _, p := range all {
		v, f := len(whole.Capacity), len(whole.Need)
		whole.Capacity, whole.Need = append(whole.Capacity, p.Capacity...), append(whole.Need, p.Need...)
		for _, e := range p.Pairs {
			whole.Pairs = append(whole.Pairs, Pair{v + e.Volunteer, f + e.Family, e.Cost})
		}
	}
	return whole
}

// cbc solves a problem with CBC, an independent solver from Debian's packages, and gives the pairs it takes.
func cbc(t *testing.T, p Problem) []Pair {
	t.Helper()
	folder := t.TempDir()
	in, out := filepath.Join(folder, "in.lp"), filepath.Join(folder, "out.txt")
	var lp bytes.Buffer
	if err := WriteLP(&lp, p); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(in, lp.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	if said, err := exec.CommandContext(ctx, "cbc", in, "solve", "solution", out).CombinedOutput(); err != nil {
		t.Fatalf("the other solver: %v; scripts/install solver\n%s", err, said)
	}
	text, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return taken(t, p, string(text))
}

// taken reads CBC's solution: a line for each variable that is not nothing.
func taken(t *testing.T, p Problem, text string) (pairs []Pair) {
	t.Helper()
	cost := map[string]Pair{}
	for _, e := range p.Pairs {
		cost[variable(e)] = e
	}
	lines := bufio.NewScanner(strings.NewReader(text))
	if !lines.Scan() || !strings.HasPrefix(lines.Text(), "Optimal") {
		t.Fatalf("the other solver found no best answer: %q", lines.Text())
	}
	for lines.Scan() {
		f := strings.Fields(lines.Text())
		if len(f) < 3 || !strings.HasPrefix(f[1], "x_") {
			continue
		}
		n, err := strconv.ParseFloat(f[2], 64)
		if err != nil || n > 1e-6 && n < 1-1e-6 {
			t.Fatalf("the other solver splits a pair: %s", lines.Text())
		}
		if n > 0.5 {
			pairs = append(pairs, cost[f[1]])
		}
	}
	return pairs
}

// sum is what an answer comes to.
func sum(pairs []Pair) string {
	served, total := map[int]bool{}, int64(0)
	for _, e := range pairs {
		served[e.Family] = true
		total += e.Cost
	}
	return fmt.Sprintf("%d families, %d places, %d in all", len(served), len(pairs), total)
}

const instances = 600

func TestVOL7_AnotherSolverFindsNothingBetter(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 9))
	for _, first := range []bool{false, true} {
		var all []Problem
		for len(all) < instances/2 {
			p := small(r)
			p.FamiliesFirst = first
			all = append(all, p)
		}
		whole := together(all)
		whole.FamiliesFirst = first
		theirs := cbc(t, whole)
		v, f := 0, 0
		for i, p := range all {
			ours, err := Solve(t.Context(), p, nil)
			if err != nil {
				t.Fatal(err)
			}
			var own []Pair
			for _, e := range theirs {
				if e.Family >= f && e.Family < f+len(p.Need) {
					own = append(own, Pair{e.Volunteer - v, e.Family - f, e.Cost})
				}
			}
			got, want := sum(ours.Pairs), sum(own)
			if !first { // which families those are is left open
				got, want = got[strings.Index(got, ","):], want[strings.Index(want, ","):]
			}
			if got != want {
				t.Errorf("families first %v, instance %d: we find %s; the other solver %s\n%+v", first, i, got, want, p)
			}
			v, f = v+len(p.Capacity), f+len(p.Need)
		}
	}
}

// A larger one, with needs of several and hardly enough volunteers.
func TestVOL7_AnotherSolverAgreesOnALargeOne(t *testing.T) {
	p := random(rand.New(rand.NewPCG(5, 5)), 400, 200, 30, 4)
	ours, err := Solve(t.Context(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	p.FamiliesFirst = false
	if got, want := sum(ours.Pairs), sum(cbc(t, p)); got[strings.Index(got, ","):] != want[strings.Index(want, ","):] {
		t.Errorf("we find %s; the other solver %s", got, want)
	}
}

func TestWhatDoublesCannotTellApartIsNotWritten(t *testing.T) {
	p := Problem{Capacity: []int{1, 1}, Need: []int{1, 1}, Pairs: []Pair{{0, 0, MostCost}, {1, 1, 1}}, FamiliesFirst: true}
	var lp bytes.Buffer
	if err := WriteLP(&lp, p); err != nil {
		t.Errorf("two pairs with a high cost: %v", err)
	}
	for range 1000 {
		p.Capacity, p.Need = append(p.Capacity, 1), append(p.Need, 1)
		p.Pairs = append(p.Pairs, Pair{len(p.Capacity) - 1, len(p.Need) - 1, 1})
	}
	if err := WriteLP(&lp, p); err == nil {
		t.Error("a thousand places at a billion each are written")
	}
}
