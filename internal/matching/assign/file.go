package assign

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// File holds the names of the people in an instance, as docs/matching.md tells its format.
type File struct{ volunteers, families []string }

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

// reading keeps what was read so far. Pairs may stand before the people they name, so names get a number when they are first met,
// and the pairs are matched with the people at the end.
type reading struct {
	d       *json.Decoder
	file    File
	problem Problem
	named   map[string]int // every name that was met, volunteers and families alike
	names   []string
}

// Read reads a problem from JSON, a person and a pair at a time, so that a large file takes little more memory than its pairs.
// Every mistake is a sentence that names who it is about.
func Read(in io.Reader) (File, Problem, error) {
	r := reading{d: json.NewDecoder(in), named: map[string]int{}}
	r.d.DisallowUnknownFields()
	if err := r.all(); err != nil {
		return File{}, Problem{}, err
	}
	if _, err := r.d.Token(); !errors.Is(err, io.EOF) {
		return File{}, Problem{}, errors.New("something stands behind the instance")
	}
	if err := r.match(); err != nil {
		return File{}, Problem{}, err
	}
	_, err := r.problem.graph()
	return r.file, r.problem, err
}

func none(err error) error { return fmt.Errorf("this is no instance: %w", err) }

// all reads the fields of the instance, each once, in any order.
func (r *reading) all() error {
	if err := r.next(json.Delim('{')); err != nil {
		return err
	}
	seen := map[string]bool{}
	for r.d.More() {
		name, err := r.d.Token()
		if err != nil {
			return none(err)
		}
		field, _ := name.(string)
		if seen[field] {
			return none(fmt.Errorf("%q stands in it twice", field))
		}
		seen[field] = true
		if err := r.field(field); err != nil {
			return err
		}
	}
	return r.next(json.Delim('}'))
}

func (r *reading) field(name string) error {
	switch name {
	case "volunteers":
		return r.each(r.volunteer)
	case "families":
		return r.each(r.family)
	case "pairs":
		return r.each(r.pair)
	case "families_first":
		if err := r.d.Decode(&r.problem.FamiliesFirst); err != nil {
			return none(err)
		}
		return nil
	}
	return none(fmt.Errorf("unknown field %q", name))
}

// next reads a bracket.
func (r *reading) next(want json.Delim) error {
	t, err := r.d.Token()
	if err != nil {
		return none(err)
	}
	if t != want {
		return none(fmt.Errorf("%v stands where %v should", t, want))
	}
	return nil
}

// each reads a list, one at a time.
func (r *reading) each(one func() error) error {
	if err := r.next(json.Delim('[')); err != nil {
		return err
	}
	for r.d.More() {
		if err := one(); err != nil {
			return err
		}
	}
	return r.next(json.Delim(']'))
}

func (r *reading) volunteer() error {
	var v fileVolunteer
	if err := r.d.Decode(&v); err != nil {
		return none(err)
	}
	r.file.volunteers = append(r.file.volunteers, v.ID)
	r.problem.Capacity = append(r.problem.Capacity, orOne(v.Capacity))
	return nil
}

func (r *reading) family() error {
	var f fileFamily
	if err := r.d.Decode(&f); err != nil {
		return none(err)
	}
	r.file.families = append(r.file.families, f.ID)
	r.problem.Need = append(r.problem.Need, orOne(f.Need))
	return nil
}

func (r *reading) pair() error {
	var e filePair
	if err := r.d.Decode(&e); err != nil {
		return none(err)
	}
	if e.Cost == nil {
		return fmt.Errorf("the pair of volunteer %q and family %q has no cost", e.Volunteer, e.Family)
	}
	if len(r.problem.Pairs) == MostPairs {
		return errLarge
	}
	r.problem.Pairs = append(r.problem.Pairs, Pair{r.number(e.Volunteer), r.number(e.Family), *e.Cost})
	return nil
}

// number is the same for the same name.
func (r *reading) number(name string) int {
	n, met := r.named[name]
	if !met {
		n = len(r.names)
		r.named[name], r.names = n, append(r.names, name)
	}
	return n
}

// match finds the people whom the pairs name.
func (r *reading) match() error {
	volunteer, err := r.places("volunteer", r.file.volunteers)
	if err != nil {
		return err
	}
	family, err := r.places("family", r.file.families)
	if err != nil {
		return err
	}
	for i, e := range r.problem.Pairs {
		v, f := volunteer[e.Volunteer], family[e.Family]
		if v == 0 || f == 0 {
			return fmt.Errorf("the pair of volunteer %q and family %q names somebody who is not in the lists", r.names[e.Volunteer], r.names[e.Family])
		}
		r.problem.Pairs[i].Volunteer, r.problem.Pairs[i].Family = v-1, f-1
	}
	return nil
}

// places gives, for each name's number, which in the list has it, counted from 1; 0 for who is not in it.
func (r *reading) places(who string, ids []string) ([]int, error) {
	met := len(r.names)
	at := make([]int, met+len(ids))
	for i, id := range ids {
		n := r.number(id)
		if id == "" || at[n] != 0 {
			return nil, fmt.Errorf("%s %q has no id, or one that another has", who, id)
		}
		at[n] = i + 1
	}
	return at, nil
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
		out.Assigned = append(out.Assigned, foundPair{f.volunteers[e.Volunteer], f.families[e.Family], e.Cost})
	}
	for i, need := range p.Need {
		out.Needed += need
		if need > 0 && !has[i] {
			out.Without = append(out.Without, f.families[i])
		}
	}
	return out
}
