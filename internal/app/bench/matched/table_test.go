package matched

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

var shapes = []shape{
	{name: "200 x 50, 40 pairs, near", volunteers: 200, families: 50, each: 40, capacity: 3, need: 1, near: true},
	{name: "10,000 x 2,000, 40 pairs, near", volunteers: 10_000, families: 2000, each: 40, capacity: 3, need: 1, near: true},
	{name: "10,000 x 2,000, 40 pairs, by chance", volunteers: 10_000, families: 2000, each: 40, capacity: 3, need: 1},
	{name: "the same, 10,000 places for 10,000 volunteers", volunteers: 10_000, families: 2000, each: 40, capacity: 1, need: 5, full: true},
	{name: "10,000 x 2,000, 400 pairs, near", volunteers: 10_000, families: 2000, each: 400, capacity: 3, need: 1, near: true},
	{name: "10,000 x 2,000, 400 pairs, by chance", volunteers: 10_000, families: 2000, each: 400, capacity: 3, need: 1},
	{name: "the same, needs of 1 to 5", volunteers: 10_000, families: 2000, each: 400, capacity: 3, need: 5},
	{name: "the same, 10,000 places for 10,000 volunteers", volunteers: 10_000, families: 2000, each: 400, capacity: 1, need: 5, full: true},
}

// number reads a number of the environment.
func number(name string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return otherwise
}

// BenchmarkTable prints the table of docs/performance.md: medians of MATCH_ROUNDS rounds (3) in which the solvers take turns, ours here
// five times and once as the command MATCH_PROGRAM, CBC once, with MATCH_PATIENCE seconds (300).
func BenchmarkTable(b *testing.B) {
	rounds, patience := number("MATCH_ROUNDS", 3), time.Duration(number("MATCH_PATIENCE", 300))*time.Second
	fmt.Printf("\nMilliseconds; load when it began %s.\n", load())
	fmt.Println("| volunteers x families, pairs of each | ours: clock | processor | command: clock | processor | memory, MB | CBC: search | processor | search / ours | same answer |")
	fmt.Println("|---|---:|---:|---:|---:|---:|---:|---:|---:|---|")
	for _, s := range shapes {
		row(b, s, rounds, patience)
	}
	fmt.Printf("Load when it ended %s.\n", load())
}

func row(b *testing.B, s shape, rounds int, patience time.Duration) {
	b.Helper()
	p := s.problem()
	instance, lp := files(b, p)
	var ours, command, theirs, search []spent
	memory, same := 0, "yes"
	for range rounds {
		for range 5 {
			took, _ := solved(b, p)
			ours = append(ours, took)
		}
		took, said, _ := run(b, patience, os.Getenv("MATCH_PROGRAM"), "match", instance)
		command, memory = append(command, took), max(memory, megabytes(said))
		solution := filepath.Join(b.TempDir(), "answer.txt")
		took, said, ended := run(b, patience, "cbc", lp, "solve", "solution", solution)
		theirs = append(theirs, took)
		d, told := inside(said)
		search = append(search, spent{d, d})
		_, a := solved(b, p)
		switch {
		case !ended:
			same = fmt.Sprintf("CBC did not end in %v", patience)
		case !agrees(b, solution, p, a):
			b.Errorf("%s: another answer than CBC's", s.name)
			same = "no"
		case !told:
			search[len(search)-1] = took // too short for it to tell: the whole run
		}
		if same != "yes" {
			break
		}
	}
	o, c, t, in := median(ours), median(command), median(theirs), median(search)
	times := "-"
	if same == "yes" {
		times = strconv.FormatFloat(float64(in.cpu)/float64(o.cpu), 'f', 0, 64)
	}
	fmt.Printf("| %s | %s | %s | %s | %s | %d | %s | %s | %s | %s |\n",
		s.name, ms(o.wall), ms(o.cpu), ms(c.wall), ms(c.cpu), memory, ms(in.cpu), ms(t.cpu), times, same)
}
