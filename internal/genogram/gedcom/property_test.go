package gedcom

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"maatje/internal/core"
	"maatje/internal/kin"
)

// maker draws a family by chance, with everything that the model can hold.
type maker struct {
	t  *rapid.T
	f  kin.Family
	id core.ID
}

func (m *maker) next() core.ID { m.id++; return m.id }

func (m *maker) text() string {
	return rapid.SampledFrom([]string{
		"", "Anna", "Jan de Vries", "@home", "a@b", "@@", "says \"hello\"", "line\nanother\n\nand one", "Ångström ß 家族 🙂", "  in the middle   ", "/x/", "a/b",
		"-", "0 @I1@ INDI", "tab\there", strings.Repeat("long ", 60),
	}).Draw(m.t, "text")
}

func (m *maker) when() kin.When {
	w, err := kin.ParseWhen(rapid.SampledFrom([]string{"", "", "1950", "~1950", "2024-02", "2024-02-29", "~2001-12-31", "0007", "0987-01-01", "9999"}).Draw(m.t, "when"))
	if err != nil {
		m.t.Fatal(err)
	}
	return w
}

func (m *maker) of(words []string) string { return rapid.SampledFrom(words).Draw(m.t, "word") }

func (m *maker) open(words []string) string { return m.of(append([]string{""}, words...)) }

func (m *maker) who() core.ID {
	return m.f.Persons[rapid.IntRange(0, len(m.f.Persons)-1).Draw(m.t, "who")].ID
}

func (m *maker) some(most int) int { return rapid.IntRange(0, most).Draw(m.t, "some") }

func (m *maker) different(most int) []core.ID {
	var ids []core.ID
	for range m.some(most) {
		if id := m.who(); !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

func (m *maker) people() {
	for range 1 + m.some(9) {
		m.f.Persons = append(m.f.Persons, kin.Person{
			ID: m.next(), Name: m.text(), Sex: m.open(kin.Sexes), Life: m.open(kin.Lives), Born: m.when(), Died: m.when(), Dead: m.some(1) == 1,
			Beyond: m.open(kin.Beyonds), Is: m.text(), Key: m.of([]string{"", "", "I1", "P3", "i4", "VOID", "F1", "x y"}),
		})
	}
	m.f.Index = m.different(2)
}

// unions have children who come later in the family than their parents, so that nobody is their own ancestor.
func (m *maker) unions() {
	for range m.some(6) {
		u := kin.Union{ID: m.next(), Partners: m.different(3), Key: m.of([]string{"", "F1", "I1"})}
		for range m.some(3) {
			u.States = append(u.States, kin.State{Kind: m.of(kin.States), From: m.when()})
		}
		m.f.Unions = append(m.f.Unions, u)
	}
	for _, u := range m.f.Unions {
		for range m.some(3) {
			child := m.who()
			if !slices.ContainsFunc(u.Partners, func(p core.ID) bool { return p >= child }) {
				m.f.Links = append(m.f.Links, kin.Link{ID: m.next(), Child: child, Union: u.ID, Kind: m.of(kin.Links), From: m.when(), Until: m.when()})
			}
		}
	}
}

func (m *maker) rest() {
	for range m.some(2) {
		m.f.Twins = append(m.f.Twins, kin.Twins{ID: m.next(), Children: m.different(3), Identical: m.some(1) == 1})
		m.f.Households = append(m.f.Households, kin.Household{ID: m.next(), Name: m.text()})
		m.f.Stays = append(m.f.Stays, kin.Stay{ID: m.next(), Household: m.f.Households[0].ID, Person: m.who(), From: m.when(), Until: m.when()})
		m.f.Detentions = append(m.f.Detentions, kin.Detention{ID: m.next(), Person: m.who(), From: m.when()})
		a, b := m.who(), m.who()
		if a == b {
			continue
		}
		m.f.Contacts = append(m.f.Contacts, kin.Contact{ID: m.next(), Child: a, Parent: b, How: m.of(kin.Hows), Often: m.open(kin.Oftens), Last: m.when()})
		m.f.Cares = append(m.f.Cares, kin.Care{ID: m.next(), Carer: a, Child: b, From: m.when(), Until: m.when()})
		m.f.Ties = append(m.f.Ties, kin.Tie{ID: m.next(), A: a, B: b, Kind: m.of(kin.Ties), SaidBy: m.text()})
		m.f.Places = append(m.f.Places, kin.Place{
			ID: m.next(), Centre: a, Person: m.who(), Ring: m.some(4), Gives: []string{m.of(kin.Supports)}, Tasks: []string{m.text(), m.text()},
		})
	}
}

func anyFamily(t *rapid.T) kin.Family {
	m := maker{t: t}
	m.people()
	m.unions()
	m.rest()
	return m.f
}

// counted is how many of each kind of thing a family has.
func counted(f kin.Family) []int {
	return []int{
		len(f.Index), len(f.Persons), len(f.Unions), len(f.Households), len(f.Stays), len(f.Detentions), len(f.Contacts), len(f.Cares), len(f.Ties), len(f.Places),
	}
}

func TestTOO2_AnyFamilyThatWentOutComesInAndGoesOutTheSame(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		f := anyFamily(rt)
		var once, twice strings.Builder
		if err := Write(&once, f); err != nil {
			rt.Fatal(err)
		}
		told, err := Read(strings.NewReader(once.String()))
		if err != nil || len(told.Missed) > 0 || len(told.LeftOut) > 0 {
			rt.Fatalf("%v %v %v of\n%s", err, told.Missed, told.LeftOut, once.String())
		}
		if a, b := counted(f), counted(told.Family); !slices.Equal(a, b) {
			rt.Fatalf("%v became %v in\n%s", a, b, once.String())
		}
		for i, p := range told.Family.Persons {
			was := f.Persons[i]
			was.ID, was.Key, was.Name, was.Is, was.Dead = p.ID, p.Key, clean(was.Name), clean(was.Is), was.Dead && was.Died.IsZero()
			if p != was {
				rt.Fatalf("%+v became %+v", was, p)
			}
		}
		if err := Write(&twice, told.Family); err != nil || once.String() != twice.String() {
			rt.Fatalf("first\n%s\nthen\n%s: %v", once.String(), twice.String(), err)
		}
	})
}

func TestTOO2_AnyFamilyGoesThroughJSON(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) { throughJSON(rt, anyFamily(rt)) })
}
