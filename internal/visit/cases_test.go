package visit

import (
	"context"
	"slices"
	"testing"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/dossier"
	"maatje/internal/familytest"
)

// C4: first an hour with the adults, then outdoors with the children, and a talk with the mother: one visit, one report.
func TestCaseC4_OneVisitServesThreeGroups(t *testing.T) {
	ctx := context.Background()
	inCarPark(t, func(t *testing.T, f *familytest.Family, s *Service, _ *dbtest.Clock, r Report) {
		var everybody []core.PersonID
		f.Do(t, func(x *db.Tx) error {
			people, err := dossier.People(x, f.Dossier)
			for _, p := range people {
				everybody = append(everybody, p.ID)
			}
			return err
		})
		r.Present, r.Activities = everybody, []string{"talking", "practical", "relaxing"}
		if _, err := s.Save(ctx, f.Ria, r, "c4.done", true); err != nil {
			t.Fatal(err)
		}
		kept, err := s.One(ctx, f.Petra, f.Dossier, r.Visit)
		slices.Sort(everybody)
		if err != nil || !slices.Equal(kept.Present, everybody) || len(everybody) != 4 {
			t.Errorf("there were %d people, the report has %d: %v", len(everybody), len(kept.Present), err)
		}
	})
}

// C5: visits are prepared and talked over with picture book and diary. Which material suits which age comes with the
// volunteers' materials (VOL-6); that it was used stands in the report.
func TestCaseC5_PictureBookAndDiary(t *testing.T) {
	ctx := context.Background()
	inCarPark(t, func(t *testing.T, f *familytest.Family, s *Service, _ *dbtest.Clock, r Report) {
		r.Tools = []string{"picture_book", "diary"}
		if _, err := s.Save(ctx, f.Ria, r, "c5.done", true); err != nil {
			t.Fatal(err)
		}
		kept, err := s.Own(ctx, f.Ria, r.Visit)
		if err != nil || !slices.Equal(kept.Tools, r.Tools) {
			t.Errorf("the report has %v: %v", kept.Tools, err)
		}
	})
}
