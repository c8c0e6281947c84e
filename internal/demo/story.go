package demo

import (
	"encoding/json"
	"fmt"
	"strings"

	"maatje/internal/core"
)

// line is one record of the invented history, as docs/import.md has it.
type line map[string]any

// story writes the history: everybody's records, in dates that lie before today.
type story struct {
	strings.Builder
	today core.Date
}

func (s *story) put(kind, key string, l line) {
	l["type"], l["key"] = kind, key
	b, err := json.Marshal(l)
	if err != nil {
		panic(err) // texts and numbers only
	}
	s.Write(append(b, '\n'))
}

func (s *story) ago(days int) string { return s.today.AddDays(-days).String() }

func pick[T any](list []T, n int) T { return list[n%len(list)] }

var (
	children   = []string{"Daan", "Noor", "Sem", "Yara", "Finn", "Amira", "Luuk", "Lotte", "Milan", "Zoë", "Bram", "Fatima", "Thijs", "Eva", "Jayden", "Sara", "Ties", "Nina"}
	mothers    = []string{"Mia", "Petra", "Samira", "Chantal", "Joyce", "Karima", "Wendy", "Nadia", "Esther", "Linda", "Fleur", "Ouafa", "Roos"}
	fathers    = []string{"Marco", "Youssef", "Dennis", "Ricardo", "Kevin", "Hakim", "Jeroen"}
	surnames   = []string{"de Vries", "Jansen", "Bakker", "El Idrissi", "Visser", "Martina", "Smit", "Mulder", "Yılmaz", "van Dijk", "de Graaf", "Peters", "Koster", "Willems", "Özdemir"}
	caregivers = []struct{ name, relation string }{{"Truus", "oma"}, {"Henk en Riet", "opa en oma"}, {"Fatma", "tante"}, {"Corrie", "oma"}, {"Joop", "opa"}, {"Mirjam", "pleegmoeder"}, {"Bea", "oma"}}
	towns      = []string{"Almere", "Utrecht", "Lelystad", "Zeist"}
	prisons    = []string{"PI Waterkant", "PI Duinzicht"}
	channels   = []string{"inside_coordinator", "school", "parent", "case_manager", "cjg", "kindcheck", "caregiver", "neighbourhood_team", "programme", "youth_care"}
	reasons    = [][]string{{"no_support_question"}, {"children_not_in_picture", "contact_difficult"}, {"adequate_help_present"}, {"detention_too_short"}, {"no_funding"},
		{"other_help_needed", "household_does_not_want"}}
	kinds = []string{"family_buddy", "family_buddy", "accompanied_visits", "family_buddy", "tailored", "parent_buddy", "transport"}
)

// ending is where a family's story stands today.
type ending int

const (
	running  ending = iota
	finished        // ended some time ago
	leaving         // ends within weeks
	refused         // nothing started
	waiting         // decided to start, nobody matched yet
	talking         // not decided
)

// endings are the families in their order; the first belong to the volunteers whom a visitor can be.
var endings = []struct {
	is ending
	n  int
}{{running, 14}, {leaving, 3}, {finished, 8}, {refused, 12}, {waiting, 4}, {talking, 8}, {talking, 14}}

// supported is how many families, from the first, have a volunteer today: those that run and those that end within weeks.
const supported = 14 + 3

// history is everybody who came before today.
func history(today core.Date) string {
	s := &story{today: today}
	s.volunteers()
	i := 0
	for _, e := range endings {
		for range e.n {
			s.family(i, e.is)
			i++
		}
	}
	return s.String()
}

const volunteers = 60

func volunteerKey(i int) string { return fmt.Sprintf("v%d", i) }
func familyKey(i int) string    { return fmt.Sprintf("f%d", i) }

func (s *story) volunteers() {
	i := 0
	for _, c := range cast {
		if c.home == "" {
			continue
		}
		s.put("volunteer", volunteerKey(i), line{"name": c.name, "status": "active", "certificate_until": s.today.AddDays(400).String(), "kinds": allKinds})
		i++
	}
	for ; i < volunteers; i++ {
		status, until := "active", s.today.AddDays(60+i*17)
		switch {
		case i%12 == 11:
			status = "resting"
		case i%15 == 7:
			status = pick([]string{"applied", "talked", "references", "trained"}, i)
		case i == 20:
			until = s.today.AddDays(6)
		}
		s.put("volunteer", volunteerKey(i), line{"name": pick(mothers, i*5+1) + " " + pick(surnames, i*4+2), "status": status, "certificate_until": until.String(),
			"kinds": []string{pick(allKinds, i), pick(allKinds, i+1+i%3)}})
	}
}

var allKinds = []string{"family_buddy", "accompanied_visits", "tailored", "parent_buddy", "transport"}

// town of a family: those of the volunteers with a face stay where these live.
func town(i int) string {
	if i < 8 {
		return pick([]string{"Almere", "Almere", "Utrecht", "Utrecht"}, i)
	}
	return pick(towns, i)
}

func (s *story) family(i int, e ending) {
	surname, sex, first := pick(surnames, i*4+1), "f", pick(mothers, i*3)
	if i%6 == 5 {
		sex, first = "m", pick(fathers, i)
	}
	began := 60 + i*9%200 // days ago the detention began
	if e == finished || e == refused {
		began = 300 + i*31%400
	}
	switch e {
	case leaving:
		began = 260
	case refused:
		began = 45 + i*37%330
	default:
	}
	var kids []line
	for k := range 1 + i%3 {
		kids = append(kids, line{"key": fmt.Sprintf("k%d", k), "name": pick(children, i*2+k*5) + " " + surname, "sex": pick([]string{"f", "m"}, i+k),
			"birth": s.today.AddMonths(-12*(4+(i*5+k*3)%12) - i%11).String()})
	}
	parent := line{"key": "p", "name": first + " " + surname, "sex": sex, "detained": true, "facility": pick(prisons, i/2), "from": s.ago(began)}
	if e == finished || e == refused {
		parent["released"] = s.ago(max(20, began-240))
	} else {
		parent["expected_until"] = s.today.AddDays(90 + i*13%200).String()
	}
	c := pick(caregivers, i)
	s.put("family", familyKey(i), line{"municipality": town(i), "children": kids, "parents": []line{parent},
		"caregivers": []line{{"key": "c", "name": c.name + " " + surname, "relation": c.relation}}})
	s.talks(i, e, began)
	if e == running || e == leaving || e == finished {
		s.trajectory(i, e, began-35)
	}
}

// coordinator is whose family it is.
func coordinator(i int) string {
	if t := town(i); t == "Almere" || t == "Lelystad" {
		return "Marleen Hoekstra"
	}
	return "Samira Bouali"
}

func (s *story) talks(i int, e ending, began int) {
	s.put("referral", "r"+familyKey(i), line{"date": s.ago(began - 5), "channel": pick(channels, i), "municipality": town(i), "facility": pick(prisons, i/2), "family": familyKey(i)})
	talks := []line{{"date": s.ago(began - 12), "with": "parent", "minutes": 50}}
	intake := line{"family": familyKey(i), "referral": "r" + familyKey(i), "coordinator": coordinator(i)}
	if e != talking || i%2 == 0 {
		talks = append(talks, line{"date": s.ago(began - 19), "with": "caregiver", "minutes": 60})
	}
	intake["talks"] = talks
	switch {
	case e == refused:
		intake["decision"] = line{"date": s.ago(began - 26), "outcome": "no_start", "reasons": pick(reasons, i)}
	case e == waiting:
		intake["decision"] = line{"date": s.ago(12 + i%4*8), "outcome": "start"}
	case e != talking:
		intake["decision"] = line{"date": s.ago(began - 26), "outcome": "start"}
	}
	s.put("intake", "i"+familyKey(i), intake)
}

func (s *story) trajectory(i int, e ending, started int) {
	kind := pick(kinds, i)
	if i < 8 {
		kind = pick(allKinds, i/4*2)
	}
	who := i + 4
	if i < 8 {
		who = i % 4
	}
	for who >= 8 && (who%12 == 11 || who%15 == 7) {
		who += 13
	}
	key := "t" + familyKey(i)
	t := line{"family": familyKey(i), "kind": kind, "parent": "p", "volunteer": volunteerKey(who), "coordinator": coordinator(i), "start": s.ago(started),
		"planned_end": s.today.AddDays(180 - started).String()}
	last := 3 + i%9 // days ago of the latest visit
	switch {
	case e == finished:
		last = max(25, started-170-i%40)
		t["end"], t["end_reason"], t["abrupt"] = s.ago(last-5), "done", i%9 == 8
	case e == leaving:
		t["planned_end"] = s.today.AddDays(5 + i%10).String()
	case i == 9 || i == 12:
		last = 24 // nobody has written for weeks
		t["planned_end"] = s.today.AddDays(60).String()
	case started > 175:
		t["planned_end"] = s.today.AddDays(20 + i).String()
	}
	s.put("trajectory", key, t)
	n := 0
	for day := last; day < started-6; day += 14 {
		s.put("visit", fmt.Sprintf("b%s-%d", familyKey(i), n), line{"trajectory": key, "at": s.ago(day) + pick([]string{"T14:30", "T15:45", "T10:00"}, i+n),
			"minutes": 60 + (i+n)%4*30, "km": 6 + (i*7+n)%40, "children": []string{"k0"}})
		n++
	}
	if e == finished && i%4 == 0 {
		s.put("signal", "s"+familyKey(i), line{"trajectory": key, "at": s.ago(last + 30), "urgency": "week", "answered_at": s.ago(last + 28), "outcome": "discussed"})
	}
}
