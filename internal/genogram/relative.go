package genogram

import (
	"cmp"
	"slices"
	"strings"

	"maatje/internal/core"
	"maatje/internal/genogram/edit"
	"maatje/internal/genogram/told"
	"maatje/internal/kin"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// relativeFields ask who comes in: a name is enough, and even that may stay away.
var relativeFields = form.Fields{
	Lines: []string{
		"name", "sex", "born", "with", "state", "twins", "identical", "is", "known", "kind", "from", "until", "life", "dead", "died", "ids",
	},
	Max: map[string]int{"born": 40, "died": 40, "from": 40, "until": 40},
}

// newIDs are made when the form is shown and travel with it.
func newIDs(now core.Instant) string {
	out := make([]string, 6)
	for i := range out {
		out[i] = core.NewID[core.ID](now).String()
	}
	return strings.Join(out, " ")
}

// idsSent reads them back.
func idsSent(f *form.Form) (edit.IDs, error) {
	var all [6]core.ID
	words := strings.Fields(f.Value("ids"))
	for i := range all {
		if i >= len(words) {
			return edit.IDs{}, core.NotFound()
		}
		x, err := core.ParseID[core.ID](words[i])
		if err != nil || slices.Contains(all[:i], x) {
			return edit.IDs{}, core.NotFound()
		}
		all[i] = x
	}
	return edit.IDs{Person: all[0], Union: all[1], Link: all[2], Parent: all[3], ParentLink: all[4], Twins: all[5]}, nil
}

// join is what the form of a relative asks for.
func join(f *form.Form, fam kin.Family, what string, of core.ID) (kin.Change, core.ID, error) {
	ids, err := idsSent(f)
	if err != nil {
		return kin.Change{}, 0, err
	}
	r := edit.Relative{
		Person: personOf(f, kin.Person{ID: ids.Person}), State: among(kin.States, f.Value("state")), Kind: among(kin.Links, f.Value("kind")),
		From: when(f, "from"), Until: when(f, "until"), Twins: f.Bool("twins"), Identical: f.Bool("identical"),
	}
	if known := id(f, "known"); known != 0 {
		r.Known, r.Person = true, kin.Person{ID: known}
	}
	if r.Kind == "" && what == "parent" && hasBoth(fam, of) {
		return kin.Change{}, 0, core.Join(oneOf(f, "kind", kin.Links)...)
	}
	r.Kind = cmp.Or(r.Kind, kin.Birth)
	if rest, half := strings.CutPrefix(f.Value("with"), halfMark); half {
		r.Half, _ = core.ParseID[core.ID](rest)
	} else if r.Union = id(f, "with"); r.Union != 0 && !fam.Has(r.Union) {
		return kin.Change{}, 0, core.Conflict("genogram_gone")
	}
	switch what {
	case "parent":
		return edit.Parent(fam, of, r, ids), r.Person.ID, nil
	case "partner":
		return edit.Partner(fam, of, r, ids), r.Person.ID, nil
	case "child":
		return edit.Child(fam, of, r, ids), r.Person.ID, nil
	}
	return edit.Sibling(fam, of, r, ids), r.Person.ID, nil
}

// halfMark stands before the one parent whom half brothers share.
const halfMark = "half-"

// withs are the unions that a relative can belong to, the likeliest first.
func withs(l text.Lang, fam kin.Family, what string, of core.ID) []components.Option {
	t := told.New(l, fam, core.Date{})
	var out []components.Option
	add := func(value, label string) { out = append(out, components.Option{Value: value, Label: label}) }
	switch what {
	case "parent":
		for _, u := range edit.ParentsOf(fam, of) {
			if len(u.Partners) == 1 {
				add(u.ID.String(), l.GenogramBeside(t.Names(u.Partners)))
			}
		}
		return last(out, l.GenogramBesideNobody())
	case "partner":
		for _, u := range edit.UnionsOf(fam, of) {
			if children := edit.ChildrenOf(fam, u.ID); len(u.Partners) == 1 && len(children) > 0 {
				add(u.ID.String(), l.GenogramParentToo(t.Names(children)))
			}
		}
		return last(out, l.GenogramNoParent())
	case "child":
		for _, u := range slices.Backward(edit.UnionsOf(fam, of)) {
			if others := without(u.Partners, of); len(others) > 0 {
				add(u.ID.String(), l.GenogramChildWith(t.Names(others)))
			}
		}
		return last(out, l.GenogramChildAlone())
	}
	for _, u := range edit.ParentsOf(fam, of) {
		add(u.ID.String(), l.GenogramSameParents(t.Names(u.Partners)))
	}
	for _, u := range edit.ParentsOf(fam, of) {
		for _, p := range u.Partners {
			if len(u.Partners) > 1 {
				add(halfMark+p.String(), l.GenogramHalf(t.Name(p)))
			}
		}
	}
	return out
}

// last adds the answer that none of them is meant; where there is nothing to choose, nothing is asked.
func last(options []components.Option, none string) []components.Option {
	if len(options) == 0 {
		return nil
	}
	return append(options, components.Option{Value: "none", Label: none})
}

func without(ids []core.ID, id core.ID) []core.ID {
	return slices.DeleteFunc(slices.Clone(ids), func(x core.ID) bool { return x == id })
}

// likeliest is the choice that stands ready: another child is mostly of the newest union, another parent stands beside the one by
// birth. Nobody becomes a foster parent beside another unasked.
func likeliest(fam kin.Family, what string, of core.ID, options []components.Option) string {
	switch {
	case len(options) == 0 || what == "partner":
		return ""
	case what != "parent":
		return options[0].Value
	}
	for _, k := range fam.Links {
		u, _ := edit.Union(fam, k.Union)
		if k.Child == of && k.Kind == kin.Birth && len(u.Partners) == 1 {
			return u.ID.String()
		}
	}
	return "none"
}

// hasBoth says that a child has two parents by birth: of another parent it is asked what they are.
func hasBoth(fam kin.Family, child core.ID) bool {
	return slices.ContainsFunc(fam.Links, func(k kin.Link) bool {
		u, _ := edit.Union(fam, k.Union)
		return k.Child == child && k.Kind == kin.Birth && len(u.Partners) > 1
	})
}

// asksKind says that the form asks at once what kind of child it is.
func (a addition) asksKind() bool { return a.what == "parent" && hasBoth(a.Family, a.p.ID) }

// others are everybody who could be meant, besides somebody.
func others(l text.Lang, fam kin.Family, of core.ID) (out []components.Option) {
	t := told.New(l, fam, core.Date{})
	for _, p := range fam.Persons {
		if p.ID != of && p.IsKin() {
			out = append(out, components.Option{Value: p.ID.String(), Label: t.Called(p)})
		}
	}
	return out
}
