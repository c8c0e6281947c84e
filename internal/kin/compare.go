package kin

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strings"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
)

// File is what the dossier says of who is who.
type File struct {
	People     []dossier.Person
	Ties       []dossier.Tie
	Households []dossier.Household
	Members    []dossier.Member
	Detentions []dossier.Detention
}

// FromFile reads it, as far as the actor may.
func FromFile(t *db.Tx, d core.DossierID) (in File, err error) {
	if in.People, err = dossier.People(t, d); err != nil {
		return in, err
	}
	if in.Ties, err = dossier.Ties(t, d); err != nil {
		return in, err
	}
	if in.Households, err = dossier.Households(t, d); err != nil {
		return in, err
	}
	if in.Members, err = dossier.Members(t, d); err != nil {
		return in, err
	}
	in.Detentions, err = dossier.Detentions(t, d)
	return in, err
}

// Gap is one thing that the dossier has and the family lacks, or has otherwise. Only what has a Key can be taken over; what the
// dossier does not have any more is told, and stays.
type Gap struct {
	Key         string
	Kind        string
	Who         core.ID   // in the family, or to be
	Name        string    // whom it is about
	With        string    // the parents, the home, the child
	From, Until core.Date // as the dossier says
	was         Person    // who they are in the family now
	put         Family
	needs       []string // keys of what comes along
}

// The kinds of gaps, in the order in which they are told.
const (
	newPerson    = "person"
	otherPerson  = "person_differs"
	gonePerson   = "person_gone"
	newParents   = "parents"
	newStay      = "stay"
	otherStay    = "stay_differs"
	newDetention = "detention"
	oldDetention = "detention_differs"
	goneMark     = "detention_gone"
	newCare      = "care"
)

// Compare lists what the dossier has and the family lacks, or has otherwise (TOO-2). Somebody of the same name who was drawn before,
// of whom nothing speaks against it, is the same person. What was taken over once is not told again.
func Compare(f Family, in File) []Gap {
	c := &comparing{f: f, in: in, ids: map[core.PersonID]core.ID{}, names: map[core.PersonID]string{}, fresh: map[core.PersonID]string{}, homes: map[core.ID]core.ID{}, homeNames: map[core.ID]string{}}
	c.people()
	c.parents()
	c.stays()
	c.detentions()
	c.cares()
	return c.gaps
}

// TakeOver is the change that takes over what was chosen, with what that cannot be without. The first children who come in are those
// whose picture it is.
func TakeOver(f Family, in File, keys []string) Change {
	out := Change{Did: "taken_over"}
	gaps, wanted := Compare(f, in), slices.Clone(keys)
	for _, g := range gaps {
		if slices.Contains(keys, g.Key) {
			wanted = append(wanted, g.needs...)
		}
	}
	put := map[core.ID]bool{}
	for _, g := range gaps {
		if g.Key == "" || !slices.Contains(wanted, g.Key) {
			continue
		}
		for o := range g.put.objects() {
			if !put[o.id()] {
				put[o.id()] = true
				out.Put.add(o)
			}
		}
	}
	if len(f.Index) == 0 {
		out.Put.Index = in.children(out.Put.Persons)
	}
	return out
}

// children are those of the people whom the file knows as children.
func (in File) children(people []Person) (out []core.ID) {
	for _, p := range people {
		if slices.ContainsFunc(in.People, func(q dossier.Person) bool { return q.ID == p.File && q.IsChild }) {
			out = append(out, p.ID)
		}
	}
	return out
}

// comparing goes through the file once.
type comparing struct {
	f         Family
	in        File
	ids       map[core.PersonID]core.ID // who of the file is who in the family
	names     map[core.PersonID]string
	fresh     map[core.PersonID]string // the key under which somebody new comes in
	homes     map[core.ID]core.ID
	homeNames map[core.ID]string
	gaps      []Gap
}

func (c *comparing) gap(g Gap) { c.gaps = append(c.gaps, g) }

// need are the keys of those people who are not in the family yet.
func (c *comparing) need(all ...core.PersonID) (out []string) {
	for _, p := range all {
		if key := c.fresh[p]; key != "" {
			out = append(out, key)
		}
	}
	return out
}

func (c *comparing) people() {
	taken := map[core.ID]bool{}
	for _, p := range c.in.People { // whoever was linked before goes first
		if i := slices.IndexFunc(c.f.Persons, func(q Person) bool { return q.File == p.ID }); i >= 0 {
			c.ids[p.ID], taken[c.f.Persons[i].ID] = c.f.Persons[i].ID, true
		}
	}
	for _, p := range c.in.People {
		c.names[p.ID] = p.Name
		key := newPerson + " " + p.ID.String()
		as := Person{ID: core.ID(p.ID), Name: p.Name, Sex: p.Sex, Born: On(p.Birth), Died: On(p.DiedOn), File: p.ID}
		i := slices.IndexFunc(c.f.Persons, func(q Person) bool {
			return q.ID == c.ids[p.ID] || c.ids[p.ID] == 0 && !taken[q.ID] && q.File == 0 && namesake(q, p)
		})
		if i < 0 {
			c.ids[p.ID], c.fresh[p.ID] = as.ID, key
			c.gap(Gap{Key: key, Kind: newPerson, Who: as.ID, Name: p.Name, From: p.Birth, put: Family{Persons: []Person{as}}})
			continue
		}
		q := c.f.Persons[i]
		c.ids[p.ID], taken[q.ID] = q.ID, true
		if as = withFile(q, p); as != q {
			c.gap(Gap{Key: key, Kind: otherPerson, Who: q.ID, Name: cmp.Or(q.Name, p.Name), With: p.Name, From: p.Birth, was: q, put: Family{Persons: []Person{as}}})
		}
	}
	for _, q := range c.f.Persons {
		if q.File != 0 && c.names[q.File] == "" {
			c.gap(Gap{Kind: gonePerson, Who: q.ID, Name: q.Name})
		}
	}
}

// namesake says that somebody who was drawn can be somebody of the file.
func namesake(q Person, p dossier.Person) bool {
	return strings.EqualFold(strings.TrimSpace(q.Name), strings.TrimSpace(p.Name)) && q.IsKin() && (q.Born.IsZero() || p.Birth.IsZero() || agrees(q.Born, p.Birth)) &&
		(q.Sex == "" || p.Sex == "" || q.Sex == p.Sex)
}

// withFile is somebody of the family with what the file knows of them.
func withFile(q Person, p dossier.Person) Person {
	q.File = p.ID
	q.Name, q.Sex = cmp.Or(p.Name, q.Name), cmp.Or(p.Sex, q.Sex)
	q.Born, q.Died = dated(q.Born, p.Birth), dated(q.Died, p.DiedOn)
	return q
}

// agrees says that a day of the file lies in what the family says.
func agrees(w When, d core.Date) bool {
	return d.IsZero() || !w.IsZero() && !slack(w.First(), w, -1).After(d) && !slack(w.Last(), w, 1).Before(d)
}

// dated is the file's day where the family says otherwise, or less exactly.
func dated(w When, d core.Date) When {
	if d.IsZero() {
		return w
	}
	return On(d)
}

// kinds are the links for the ties of the file; step relations follow, and are not drawn.
var kinds = map[string]string{"birth": Birth, "adoption": "adopted", "foster": "foster_agency"}

func (c *comparing) parents() {
	type of struct {
		child core.PersonID
		kind  string
	}
	all := map[of][]core.PersonID{}
	var order []of
	for _, t := range c.in.Ties {
		o := of{t.Child, kinds[t.Kind]}
		if o.kind == "" || c.names[t.Parent] == "" || c.names[t.Child] == "" {
			continue
		}
		if all[o] == nil {
			order = append(order, o)
		}
		all[o] = append(all[o], t.Parent)
	}
	for _, o := range order {
		put, lacks := c.couple(c.ids[o.child], o.kind, c.persons(all[o]))
		if !lacks {
			continue
		}
		var names []string
		for _, p := range all[o] {
			names = append(names, c.names[p])
		}
		c.gap(Gap{Key: newParents + " " + o.kind + " " + o.child.String(), Kind: newParents, Who: c.ids[o.child], Name: c.names[o.child], With: strings.Join(names, ", "),
			put: put, needs: c.need(append(all[o], o.child)...)})
	}
}

func (c *comparing) persons(all []core.PersonID) (out []core.ID) {
	for _, p := range all {
		out = append(out, c.ids[p])
	}
	slices.Sort(out)
	return out
}

// couple is what makes these people the parents of a child, besides those whom the family knows already.
func (c *comparing) couple(child core.ID, kind string, parents []core.ID) (put Family, lacks bool) {
	link, whole := Link{ID: derived(1, child, core.ID(len(kind))), Child: child, Kind: kind}, slices.Clone(parents)
	var alone Union // the one parent whom the family knows
	for _, l := range c.f.Links {
		if l.Child != child || l.Kind != kind && (!bloodline(l) || kind != Birth) {
			continue
		}
		u := c.union(l.Union)
		parents = only(parents, func(id core.ID) bool { return !slices.Contains(u.Partners, id) })
		if link = l; len(u.Partners) == 1 {
			alone, whole = u, append(whole, u.Partners...)
		}
	}
	if len(parents) == 0 {
		return put, false
	}
	slices.Sort(whole)
	u := c.coupleOf(slices.Compact(whole), alone)
	if u.ID == alone.ID {
		return Family{Unions: []Union{u}}, true
	}
	link.Union = u.ID
	return Family{Unions: []Union{u}, Links: []Link{link}}, true
}

// coupleOf is the union of exactly these people: one that is there, the one parent of no other child with the others, or a new one.
func (c *comparing) coupleOf(whole []core.ID, alone Union) Union {
	for _, u := range c.f.Unions {
		if slices.Equal(slices.Sorted(slices.Values(u.Partners)), whole) {
			return u
		}
	}
	children := only(c.f.Links, func(l Link) bool { return l.Union == alone.ID })
	if alone.ID != 0 && !slices.ContainsFunc(children, func(l Link) bool { return !c.saysSo(l.Child, whole) }) {
		alone.Partners = whole
		return alone
	}
	return Union{ID: derived(append([]core.ID{2}, whole...)...), Partners: whole}
}

// saysSo says whether the file has all these people as parents of the child.
func (c *comparing) saysSo(child core.ID, parents []core.ID) bool {
	return !slices.ContainsFunc(parents, func(p core.ID) bool {
		return !slices.ContainsFunc(c.in.Ties, func(t dossier.Tie) bool { return c.ids[t.Parent] == p && c.ids[t.Child] == child })
	})
}

func (c *comparing) union(id core.ID) Union {
	i := slices.IndexFunc(c.f.Unions, func(u Union) bool { return u.ID == id })
	if i < 0 {
		return Union{}
	}
	return c.f.Unions[i]
}

// derived is the identifier of something that has none in the file: the same for the same, so that taking it over twice is once.
func derived(parts ...core.ID) core.ID {
	h := fnv.New64a()
	for _, p := range parts {
		_, _ = h.Write([]byte(p.String()))
	}
	return core.ID(h.Sum64() >> 1)
}
