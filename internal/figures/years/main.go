// Command years writes the import files of three invented years, shaped after what an evaluation published of a real
// programme: the numbers are those of the years, every name and date is made up. docs/figures.md says which basis gives
// which number.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"maatje/internal/core"
)

// batch is a number of families of one sort that come in together: a trajectory for each child.
type batch struct {
	families, withTwo int    // so many families, of which the first have two children and the others one
	sex               string // of the detained parent
	from              int    // month of the first start
	carried           bool   // runs on into the next year
}

// wave is a year: what starts in it, and what is talked about and never starts.
type wave struct {
	year    int
	kinds   []kindCount
	batches []batch
	early   int // starts that were decided the year before
	reasons [4]int
}

type kindCount struct {
	kind string
	n    int
}

var waves = []wave{
	{2012, []kindCount{{"accompanied_visits", 14}, {"family_buddy", 37}}, []batch{
		{7, 6, "f", 9, true}, {18, 16, "f", 2, false}, {2, 2, "m", 3, false},
	}, 0, [4]int{0, 31, 9, 0}},
	{2013, []kindCount{{"accompanied_visits", 27}, {"family_buddy", 36}}, []batch{
		{19, 18, "f", 8, true}, {3, 3, "m", 9, true}, {11, 9, "m", 1, false},
	}, 6, [4]int{0, 150, 46, 3}},
	{2014, []kindCount{{"family_buddy", 17}, {"tailored", 5}, {"accompanied_visits", 4}}, []batch{
		{20, 2, "f", 1, false}, {3, 1, "m", 2, false},
	}, 0, [4]int{0, 40, 12, 1}},
}

var (
	children = []string{"Daan", "Noor", "Sem", "Yara", "Finn", "Amira", "Luuk", "Lotte", "Milan", "Zoë", "Bram", "Fatima", "Thijs", "Eva", "Jayden", "Sara"}
	adults   = []string{"Mia", "Petra", "Samira", "Chantal", "Joyce", "Karima", "Wendy", "Nadia", "Esther", "Linda", "Fleur", "Ouafa"}
	fathers  = []string{"Marco", "Youssef", "Dennis", "Ricardo", "Kevin", "Hakim", "Jeroen"}
	surnames = []string{"de Vries", "Jansen", "Bakker", "El Idrissi", "Visser", "Martina", "Smit", "Mulder", "Yılmaz", "van Dijk", "Bos", "Hoekstra", "Peters", "Koster"}
	towns    = []string{"Almere", "Lelystad", "Utrecht", "Zwolle", "Arnhem", "Nijmegen", "Breda"}
	prisons  = []string{"PI Waterkant", "PI Duinzicht", "PI Heidehof"}
	workers  = []string{"Marijke Post", "Hanneke Blom", "Ruud Veenstra", "Saskia de Boer"}
	channels = []string{"inside_coordinator", "inside_coordinator", "social_worker", "case_manager", "parent", "cjg", "probation", "youth_care", "programme", "caregiver"}
	reasons  = []string{"children_not_in_picture", "no_support_question", "adequate_help_present", "other_help_needed", "contact_difficult", "detention_too_short"}
)

// file is one year on its way to disk.
type file struct {
	bytes.Buffer
	year, families, trajectories int
}

type line map[string]any

func (f *file) put(kind, key string, l line) {
	l["type"], l["key"] = kind, key
	b, err := json.Marshal(l)
	if err != nil {
		panic(err) // texts and numbers only
	}
	f.Write(append(b, '\n'))
}

func pick[T any](list []T, n int) T { return list[n%len(list)] }

func main() {
	folder := filepath.Join("testdata", "years")
	for _, w := range waves {
		f := &file{year: w.year}
		f.volunteers()
		f.started(w)
		f.notStarted(w)
		path := filepath.Join(folder, fmt.Sprintf("%d.jsonl", w.year))
		if err := os.WriteFile(path, f.Bytes(), 0o644); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func (f *file) volunteers() {
	for i := range 20 {
		f.put("volunteer", fmt.Sprintf("v%d", i), line{"name": pick(adults, i*5+3) + " " + pick(surnames, i*3+1), "status": "active",
			"certificate_until": "2016-12-31", "kinds": []string{"family_buddy", "accompanied_visits", "tailored"}})
	}
}

// family writes a family of so many children and gives its key.
func (f *file) family(sex string, n int) string {
	i := f.families + f.year
	key := fmt.Sprintf("%d-%d", f.year, f.families)
	f.families++
	surname, first := pick(surnames, i*3), pick(adults, i)
	if sex == "m" {
		first = pick(fathers, i)
	}
	var kids []line
	for k := range n {
		kids = append(kids, line{"key": fmt.Sprintf("k%d", k+1), "name": pick(children, i*2+k*5) + " " + surname,
			"birth": core.NewDate(f.year-4-(i+3*k)%12, time.Month(1+(i+k)%12), 1+i%28).String(), "sex": pick([]string{"f", "m"}, i+k)})
	}
	f.put("family", key, line{"municipality": pick(towns, i), "children": kids,
		"parents":    []line{{"key": "p", "name": first + " " + surname, "sex": sex, "detained": true, "facility": pick(prisons, i), "from": core.NewDate(f.year-1, 12, 1+i%28).String()}},
		"caregivers": []line{{"name": pick(adults, i*7+2) + " " + surname, "relation": pick([]string{"grandmother", "grandparents", "aunt", "father"}, i)}}})
	return key
}

// talkedOf writes the referral and the intake of a family, decided on a day.
func (f *file) talkedOf(family string, decided core.Date, outcome string, why []string) {
	i := f.families
	f.put("referral", "r-"+family, line{"date": decided.AddDays(-21 - i%14).String(), "channel": pick(channels, i), "municipality": pick(towns, i+f.year-1),
		"facility": pick(prisons, i), "family": family})
	talks := []line{{"date": decided.AddDays(-14).String(), "with": "parent", "minutes": 45 + i%3*15}}
	if i%3 > 0 {
		talks = append(talks, line{"date": decided.AddDays(-7).String(), "with": "caregiver", "minutes": 60})
	}
	decision := line{"date": decided.String(), "outcome": outcome}
	if len(why) > 0 {
		decision["reasons"] = why
	}
	f.put("intake", "i-"+family, line{"family": family, "referral": "r-" + family, "coordinator": pick(workers, i), "talks": talks, "decision": decision})
}

// started writes the families with trajectories.
func (f *file) started(w wave) {
	var kinds []string
	for _, k := range w.kinds {
		for range k.n {
			kinds = append(kinds, k.kind)
		}
	}
	early := w.early
	for _, b := range w.batches {
		for i := range b.families {
			n := 1
			if i < b.withTwo {
				n = 2
			}
			family := f.family(b.sex, n)
			start := core.NewDate(w.year, time.Month(b.from), 5).AddDays(i * 5)
			decided := start.AddDays(-20)
			switch {
			case early > 0 && !b.carried:
				early--
				decided = core.NewDate(w.year-1, 12, 10+i)
			case decided.Year() < w.year:
				decided = core.NewDate(w.year, 1, 2)
			}
			f.talkedOf(family, decided, "start", nil)
			for k := range n {
				// Neighbours in the list get kinds that lie far apart, so that every sort of family has every kind.
				f.trajectory(family, pick(kinds, f.trajectories*stride(len(kinds))), fmt.Sprintf("k%d", k+1), start, b.carried)
			}
		}
	}
}

// stride is a step that visits every place of a list of n once.
func stride(n int) int {
	for s := 5; ; s++ {
		if gcd(s, n) == 1 {
			return s
		}
	}
}

func gcd(a, b int) int {
	for b > 0 {
		a, b = b, a%b
	}
	return a
}

func (f *file) trajectory(family, kind, child string, start core.Date, carried bool) {
	i := f.trajectories
	f.trajectories++
	end := start.AddMonths(4).AddDays(i % 20)
	if last := core.NewDate(f.year, 12, 20); !carried && end.After(last) {
		end = last
	}
	if first := core.NewDate(f.year+1, 1, 10).AddDays(i % 90); carried && end.Before(first) {
		end = first
	}
	key := fmt.Sprintf("t-%s-%s", family, child)
	f.put("trajectory", key, line{"family": family, "kind": kind, "children": []string{child}, "parent": "p", "volunteer": fmt.Sprintf("v%d", i%20),
		"coordinator": pick(workers, i), "start": start.String(), "planned_end": start.AddMonths(6).String(), "end": end.String(), "end_reason": "done"})
	for n := range 3 + i%4 {
		at := start.AddDays(7 + 14*n)
		f.put("visit", fmt.Sprintf("b-%s-%d", key, n), line{"trajectory": key, "at": at.String() + "T14:30", "minutes": 60 + i%4*30, "km": 8 + i%30, "children": []string{child}})
	}
}

// notStarted writes the families with whom nothing began, each with one, two or three reasons.
func (f *file) notStarted(w wave) {
	n := 0
	for many, families := range w.reasons {
		for range families {
			family := f.family(pick([]string{"f", "f", "m"}, n), 1)
			var why []string
			for k := range many {
				why = append(why, pick(reasons, n+k*2))
			}
			outcome := "no_start"
			if why[0] == "other_help_needed" && n%4 == 0 {
				outcome = "other_help"
			}
			f.talkedOf(family, core.NewDate(w.year, 1, 8).AddDays(n*350/sumOf(w.reasons)), outcome, why)
			n++
		}
	}
}

func sumOf(n [4]int) int { return n[0] + n[1] + n[2] + n[3] }
