package app

import (
	"context"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/genogram/arrange"
	"maatje/internal/kin"
)

var qTold = db.CrossQ("guard.look_told", authz.Works, "a test looks at every family of the demo", `SELECT dossier_id FROM kin_change GROUP BY dossier_id ORDER BY dossier_id`, db.Probe{})

// booksOf are the families of whom something was told.
func booksOf(t *testing.T, d *db.DB) (books []kin.Book) {
	t.Helper()
	err := d.Read(context.Background(), authz.System("test"), func(tx *db.Tx) error {
		all, err := db.All(tx, qTold, db.Args{}, func(id *core.DossierID) []any { return []any{id} })
		for _, id := range all {
			b, err := kin.Load(tx, id)
			if err != nil {
				return err
			}
			books = append(books, b)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return books
}

// toldOf: several families told who belongs to them, and what they told changes with time (TOO-2, TOO-4).
func toldOf(t *testing.T, d *db.DB) {
	books := booksOf(t, d)
	if len(books) < 4 {
		t.Fatalf("%d families told anything", len(books))
	}
	kinds := map[string]int{}
	today := d.Now().Date()
	for _, b := range books {
		f := b.Family
		first, last := b.Changes[0].At, b.Changes[len(b.Changes)-1].At
		if len(b.Changes) < 3 || first.Date().AddDays(28).After(last.Date()) {
			t.Errorf("%d changes from %s to %s", len(b.Changes), first, last)
		}
		if len(b.At(first).Persons) < 5 || len(b.At(first).Ties)+len(b.At(first).Contacts)+len(b.At(first).Stays) >= len(f.Ties)+len(f.Contacts)+len(f.Stays) {
			t.Error("nothing was told later")
		}
		if drawing := arrange.Of(kin.OnDay(f, today), nil); len(drawing.Places) < 5 {
			t.Errorf("%d people are drawn", len(drawing.Places))
		}
		kinds["links"] += len(f.Links)
		kinds["detentions"] += len(f.Detentions)
		kinds["homes"] += len(f.Households)
		if len(f.Places) > 0 {
			kinds["networks"]++
		}
		for _, l := range f.Links {
			kinds[l.Kind]++
		}
	}
	for kind, least := range map[string]int{"birth": 15, "foster_network": 2, "foster_agency": 2, "detentions": 4, "homes": 6, "networks": 3} {
		if kinds[kind] < least {
			t.Errorf("%d %s: %v", kinds[kind], kind, kinds)
		}
	}
}
