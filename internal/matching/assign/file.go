package assign

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// File is a problem as docs/matching.md tells its format: people by the names that the file gives them.
type File struct {
	Volunteers []fileVolunteer `json:"volunteers"`
	Families   []fileFamily    `json:"families"`
	Pairs      []filePair      `json:"pairs"`
	// FamiliesFirst: see Problem.
	FamiliesFirst bool `json:"families_first"`
}

type fileVolunteer struct {
	ID       string `json:"id"`
	Capacity *int   `json:"capacity"`
}

type fileFamily struct {
	ID   string `json:"id"`
	Need *int   `json:"need"`
}

type filePair struct {
	Volunteer string `json:"volunteer"`
	Family    string `json:"family"`
	Cost      *int64 `json:"cost"`
}

// Read reads a problem from JSON. Every mistake is a sentence that names who it is about.
func Read(r io.Reader) (File, Problem, error) {
	var f File
	d := json.NewDecoder(r)
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return f, Problem{}, fmt.Errorf("this is no instance: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return f, Problem{}, errors.New("something stands behind the instance")
	}
	p, err := f.problem()
	return f, p, err
}

func (f File) problem() (Problem, error) {
	p := Problem{FamiliesFirst: f.FamiliesFirst, Pairs: make([]Pair, len(f.Pairs))}
	volunteers, families := map[string]int{}, map[string]int{}
	for i, v := range f.Volunteers {
		if _, twice := volunteers[v.ID]; twice || v.ID == "" {
			return p, fmt.Errorf("volunteer %q has no id, or one that another has", v.ID)
		}
		volunteers[v.ID] = i
		p.Capacity = append(p.Capacity, orOne(v.Capacity))
	}
	for i, v := range f.Families {
		if _, twice := families[v.ID]; twice || v.ID == "" {
			return p, fmt.Errorf("family %q has no id, or one that another has", v.ID)
		}
		families[v.ID] = i
		p.Need = append(p.Need, orOne(v.Need))
	}
	for i, e := range f.Pairs {
		v, known := volunteers[e.Volunteer]
		w, knows := families[e.Family]
		if !known || !knows {
			return p, fmt.Errorf("the pair of volunteer %q and family %q names somebody who is not in the lists", e.Volunteer, e.Family)
		}
		if e.Cost == nil {
			return p, fmt.Errorf("the pair of volunteer %q and family %q has no cost", e.Volunteer, e.Family)
		}
		p.Pairs[i] = Pair{v, w, *e.Cost}
	}
	_, err := p.graph()
	return p, err
}

func orOne(n *int) int {
	if n == nil {
		return 1
	}
	return *n
}

// Found is an answer as it is printed.
type Found struct {
	Assigned []foundPair `json:"assigned"`
	Without  []string    `json:"without"` // families with nobody
	Families int         `json:"families"`
	Places   int         `json:"places"`
	Needed   int         `json:"needed"`
	Total    int64       `json:"total"`
	Proved   bool        `json:"proved"`
}

type foundPair struct {
	Volunteer string `json:"volunteer"`
	Family    string `json:"family"`
	Cost      int64  `json:"cost"`
}

// Tell says an answer in the file's names. It is proved when Prove says so.
func (f File) Tell(p Problem, a Answer) Found {
	out := Found{Families: a.Served, Places: a.Places, Total: a.Total, Assigned: []foundPair{}, Without: []string{}, Proved: Prove(p, a) == nil}
	has := make([]bool, len(p.Need))
	for _, e := range a.Pairs {
		has[e.Family] = true
		out.Assigned = append(out.Assigned, foundPair{f.Volunteers[e.Volunteer].ID, f.Families[e.Family].ID, e.Cost})
	}
	for i, need := range p.Need {
		out.Needed += need
		if need > 0 && !has[i] {
			out.Without = append(out.Without, f.Families[i].ID)
		}
	}
	return out
}
