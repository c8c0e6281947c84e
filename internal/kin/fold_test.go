package kin

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"maatje/internal/core"
)

// tell makes any change at all: of people who may be there or not, and of things that may be of another kind.
func tell(t *rapid.T) Change {
	id := func(from, to int) core.ID { return core.ID(rapid.IntRange(from, to).Draw(t, "id")) }
	person := func() core.ID { return id(1, 4) }
	c := Change{Did: "changed"}
	switch rapid.IntRange(0, 9).Draw(t, "kind") {
	case 0, 1, 2:
		c.Put.Persons = []Person{{ID: person(), Name: rapid.SampledFrom([]string{"", "Riet", "Kim"}).Draw(t, "name")}}
	case 3, 4:
		c.Put.Unions = []Union{{ID: id(11, 12), Partners: []core.ID{person()}}}
	case 5:
		c.Put.Links = []Link{{ID: id(21, 22), Child: person(), Union: id(11, 12), Kind: rapid.SampledFrom(Links).Draw(t, "link")}}
	case 6:
		c.Put.Ties = []Tie{{ID: id(31, 32), A: person(), B: person(), Kind: "close"}}
	case 7:
		c.Put.Index = []core.ID{person()}
	case 8:
		c.Put.Households, c.Put.Stays = []Household{{ID: 41}}, []Stay{{ID: id(42, 43), Household: 41, Person: person()}}
	case 9:
		c.Drop = []core.ID{rapid.SampledFrom([]core.ID{1, 2, 3, 4, 11, 12, 21, 22, 31, 32, 41, 42, 43}).Draw(t, "drop")}
	}
	return c
}

// tellMany records what can be recorded of any changes and undos.
func tellMany(t *rapid.T, b Book, after func(before, now Book, c Change)) Book {
	for range rapid.IntRange(0, 30).Draw(t, "changes") {
		c := tell(t)
		if rapid.IntRange(0, 3).Draw(t, "undo") == 0 && b.Seq > 0 {
			var err error
			if c, err = Back(b, rapid.IntRange(1, b.Seq).Draw(t, "which")); err != nil {
				continue
			}
		}
		if !b.does(c) {
			continue
		}
		c.Seq, c.At = b.Seq+1, core.MustInstant("2026-11-01T10:00:00.000Z")
		now := b.and(c)
		if Check(now.Family, today) != nil {
			continue
		}
		after(b, now, c)
		b = now
	}
	return b
}

// Whatever is told in whatever order: nothing names what is not there, and undo gives back exactly the family from before.
func TestTOO2_AnySequenceOfChangesIsConsistent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := tellMany(t, Book{}, func(before, now Book, c Change) {
			back, err := Back(now, c.Seq)
			if err != nil {
				t.Fatalf("the last change is not taken back: %v", err)
			}
			back.Seq = c.Seq + 1
			undone := now.and(back)
			if !undone.Family.same(before.Family) {
				t.Fatalf("after %+v and undo\n%+v\n%+v", c, undone.Family, before.Family)
			}
			again, err := Back(undone, back.Seq)
			if err != nil {
				t.Fatal(err)
			}
			again.Seq = back.Seq + 1
			if redone := undone.and(again); !redone.Family.same(now.Family) {
				t.Fatalf("undone twice\n%+v\n%+v", redone.Family, now.Family)
			}
		})
		there := map[core.ID]bool{}
		for o := range b.Family.objects() {
			there[o.id()] = true
		}
		for o := range b.Family.objects() {
			for _, id := range o.about() {
				if !there[id] {
					t.Fatalf("%+v names %d, which is not there", o, id)
				}
			}
			if v := b.Version(o.id()); v < 1 || v > b.Seq {
				t.Fatalf("%d was touched by change %d of %d", o.id(), v, b.Seq)
			}
		}
		for n := range b.Changes {
			if f := Fold(b.Changes[:n]); Check(f, today) != nil {
				t.Fatalf("after change %d: %v", n, Check(f, today))
			}
		}
		whole := Book{Changes: b.Changes}
		if whole.fold(); !whole.Family.same(b.Family) {
			t.Fatal("folded at once it is another family")
		}
	})
}

// story is a book of so many changes about sixty people.
func story(n int) []Change {
	var out []Change
	for i := range n {
		id := core.ID(i%60 + 1)
		c := Change{Seq: i + 1, Did: "changed", Put: Family{Persons: []Person{{ID: id, Name: fmt.Sprint("Naam ", i), Born: When{Year: 1980}}}}}
		if i >= 60 && i%3 == 0 {
			c.Put = Family{Ties: []Tie{{ID: core.ID(1000 + i%200), A: id, B: id%60 + 1, Kind: "close"}}}
		}
		out = append(out, c)
	}
	return out
}

func BenchmarkFold500(b *testing.B) {
	changes := story(500)
	for b.Loop() {
		book := Book{Changes: changes}
		book.fold()
	}
}
