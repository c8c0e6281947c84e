package genogram

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"maatje/internal/core"
	"maatje/internal/genogram/draw"
	"maatje/internal/genogram/edit"
	"maatje/internal/genogram/told"
	"maatje/internal/kin"
	"maatje/internal/web/text"
)

// chance makes edits of every kind, sensible and not, of whoever is there.
type chance struct {
	*rand.Rand
	last core.ID
}

func (r *chance) id() core.ID { r.last++; return r.last }

// any is somebody, or now and then nobody who is there.
func (r *chance) any(f kin.Family) core.ID {
	if len(f.Persons) == 0 || r.IntN(30) == 0 {
		return 7777777
	}
	return f.Persons[r.IntN(len(f.Persons))].ID
}

func pick[T any](r *chance, all ...T) T { return all[r.IntN(len(all))] }

func (r *chance) when() kin.When {
	return pick(r, kin.When{}, kin.When{}, kin.When{}, kin.When{}, kin.When{Year: int16(1940 + r.IntN(90))}, kin.When{Year: 2020, Month: 2, Day: 29}, kin.When{Year: 1990, About: true})
}

// relative is somebody who comes in or is there already.
func (r *chance) relative(f kin.Family) edit.Relative {
	out := edit.Relative{
		Person: kin.Person{ID: r.id(), Name: pick(r, "", "An", "Bo", "محمد"), Sex: pick(r, "", "f", "m", "x"), Born: r.when(), Life: pick(r, "", "", "", "miscarriage")},
		Kind:   pick(r, append(slices.Clone(kin.Links), kin.Birth, kin.Birth, kin.Birth)...), State: pick(r, "", "married", "divorced"), From: r.when(),
		Twins: r.IntN(4) == 0, Identical: r.IntN(2) == 0,
	}
	if r.IntN(4) == 0 {
		out.Known, out.Person = true, kin.Person{ID: r.any(f)}
	}
	if len(f.Unions) > 0 && r.IntN(2) == 0 {
		out.Union = f.Unions[r.IntN(len(f.Unions))].ID
	}
	if r.IntN(3) == 0 {
		out.Half = r.any(f)
	}
	return out
}

// edit is one of the deeds that a screen asks for.
func (r *chance) edit(f kin.Family) kin.Change {
	who := r.any(f)
	ids := edit.IDs{Union: r.id(), Link: r.id(), Parent: r.id(), ParentLink: r.id(), Twins: r.id()}
	switch r.IntN(10) {
	case 0, 1:
		return edit.Parent(f, who, r.relative(f), ids)
	case 2:
		return edit.Partner(f, who, r.relative(f), ids)
	case 3, 4:
		return edit.Child(f, who, r.relative(f), ids)
	case 5, 6:
		return edit.Sibling(f, who, r.relative(f), ids)
	case 7:
		if len(f.Persons) < 4 { // somebody has to be left
			break
		}
		if r.IntN(2) == 0 {
			return edit.Away(f, who)
		}
		return edit.Without(f, pick(r, append(facts(f), 7777777)...))
	}
	return kin.Change{Did: "changed", About: who, Put: r.fact(f, who)}
}

// facts are the identifiers of what is told.
func facts(f kin.Family) (out []core.ID) {
	for _, fact := range told.New(text.NL, f, core.MustDate("2026-11-14")).Facts() {
		out = append(out, fact.ID)
	}
	return out
}

func (r *chance) fact(f kin.Family, who core.ID) (put kin.Family) {
	from, until, id, other := r.when(), r.when(), r.id(), r.any(f)
	switch r.IntN(6) {
	case 0:
		home := r.id()
		put.Households = []kin.Household{{ID: home, Name: "thuis"}}
		put.Stays = []kin.Stay{{ID: id, Household: home, Person: who, From: from, Until: until}}
	case 1:
		put.Cares = []kin.Care{{ID: id, Carer: who, Child: other, From: from, Until: until}}
	case 2:
		put.Contacts = []kin.Contact{{ID: id, Child: who, Parent: other, How: pick(r, kin.Hows...), From: from, Until: until}}
	case 3:
		put.Detentions = []kin.Detention{{ID: id, Person: who, From: from, Until: until}}
	case 4:
		put.Ties = []kin.Tie{{ID: id, A: who, B: other, Kind: pick(r, kin.Ties...), From: from, Until: until}}
	default:
		put.Twins = []kin.Twins{{ID: id, Children: []core.ID{who, other}}}
	}
	return put
}

// whole is a family as it is compared.
func whole(t *testing.T, f kin.Family) string {
	t.Helper()
	out, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// saysTheSame holds that the picture of today shows what the table tells, and nothing else.
func saysTheSame(t *testing.T, f kin.Family, today core.Date) {
	t.Helper()
	f = kin.OnDay(f, today)
	var page bytes.Buffer
	o := draw.Options{Lang: text.NL, On: today, ID: "p", ShowAbuse: true, ShowContacts: true}
	if err := draw.Figure(f, arranged(f, nil), o).Render(t.Context(), &page); err != nil {
		t.Fatal(err)
	}
	shown := map[string]bool{}
	for _, m := range drawn.FindAllStringSubmatch(page.String(), -1) {
		shown[m[2]] = true
	}
	for _, fact := range told.New(text.NL, f, today).Facts() {
		if !isWordsAlone(f, fact) && !shown[fact.ID.String()] {
			t.Errorf("the picture does not show: %s", fact.Words)
		}
		delete(shown, fact.ID.String())
	}
	for id := range shown {
		t.Errorf("the picture shows %s, of which the table tells nothing", id)
	}
}

// isWordsAlone says that there is no line for it: a stay is the outline of its household, a household in which nobody lives has none, and
// twins hang from the union to which they were born.
func isWordsAlone(f kin.Family, fact told.Fact) bool {
	switch fact.Kind { //nolint:exhaustive // the others have a sign of their own
	case told.Stay:
		return true
	case told.Household:
		return len(fact.People) == 0
	case told.Twins:
		born := map[core.ID]int{}
		for _, l := range f.Links {
			if l.Kind == kin.Birth && slices.Contains(fact.People, l.Child) {
				born[l.Union]++
			}
		}
		for _, n := range born {
			if n > 1 {
				return false
			}
		}
		return true
	}
	return false
}

// Whatever is done to whatever family, the table tells what the picture shows, taking it back gives the family before, and nothing
// that cannot be stays.
func TestTOO2_AnyEditsInAnyOrder(t *testing.T) {
	each(t, func(t *testing.T, s *table) {
		today := core.MustDate("2026-11-14")
		for seed := range uint64(4) {
			r := &chance{rand.New(rand.NewPCG(seed, 5)), core.ID(1000000 * (seed + 1))}
			sara := r.id()
			if !s.record(t, func(b kin.Book) kin.Change { // each begins with an empty page
				return kin.Change{Did: "away", Drop: everything(b.Family), Put: kin.Family{Index: []core.ID{sara}, Persons: []kin.Person{{ID: sara, Name: "Sara"}}}}
			}) {
				t.Fatal("there is no beginning")
			}
			did := 0
			for range 50 {
				before := s.book()
				if !s.record(t, func(b kin.Book) kin.Change { return r.edit(b.Family) }) {
					continue
				}
				after := s.book()
				saysTheSame(t, after.Family, today)
				if err := kin.Check(after.Family, today); err != nil {
					t.Fatal(err)
				}
				if did++; r.IntN(2) > 0 || after.Seq == before.Seq {
					continue
				}
				if err := NewService(s.f.DB).Undo(t.Context(), s.f.Petra, OfDossier(s.f.Dossier), after.Seq); err != nil {
					t.Fatal(err)
				}
				if got, want := whole(t, s.book().Family), whole(t, before.Family); got != want {
					t.Fatalf("taken back it is\n%s\nnot\n%s", got, want)
				}
			}
			if t.Failed() || did < 15 {
				t.Fatal(fmt.Sprint("seed ", seed, ": ", did, " edits"))
			}
		}
	})
}

// record does one deed as a screen does; false says that the family refused it.
func (s *table) record(t *testing.T, deed func(kin.Book) kin.Change) bool {
	t.Helper()
	b := s.book()
	err := NewService(s.f.DB).Change(t.Context(), s.f.Petra, OfDossier(s.f.Dossier), b.Seq, func(b kin.Book) (kin.Change, error) { return deed(b), nil })
	if _, refused := core.AsFail(err); err != nil && !refused {
		t.Fatal(err)
	}
	return err == nil
}

// everything are the identifiers of all that is there.
func everything(f kin.Family) (out []core.ID) {
	for _, fact := range told.New(text.NL, f, core.MustDate("2026-11-14")).Facts() {
		out = append(out, fact.ID)
	}
	for _, b := range f.Ties {
		out = append(out, b.ID)
	}
	return out
}
