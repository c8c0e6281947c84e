package genogram

import (
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

var tGlass = db.CrossX("genogramtest.glass", authz.Works, "a test breaks a glass", `INSERT INTO broken_glass (id, account_id, dossier_id, reason, from_at, until_at)
	VALUES (:id, :account, :dossier, :reason, :now, :until)`, db.Probe{})

// breaks lets the project leader look into the family's file until a moment.
func (s *table) breaks(until string) {
	s.f.Do(s.t, func(x *db.Tx) error {
		return db.Do(x, tGlass, db.Args{"id": db.NewID[core.ID](x), "account": s.f.Leader.Account(), "dossier": s.f.Dossier, "reason": []byte("x"), "until": until})
	})
}

// Who reads the genogram, who writes in it, and for whom it is not there (METHOD 9): the plain table, on the screens of both sides.
func TestTOO2_WhoReadsTheGenogramAndWhoWritesInIt(t *testing.T) {
	const none, reads, writes = "none", "reads", "writes"
	type way struct{ who, side, may string }
	for name, c := range map[string]struct {
		first func(t *testing.T, s *table)
		want  []way
	}{
		"a match that runs": {nil, []way{
			{"Ria", "own", writes}, {"Ria", "office", none}, {"Tom", "own", none}, {"Sven", "own", none}, {"Petra", "office", writes}, {"Bram", "office", writes},
			{"Omar", "office", none}, {"Loes", "office", none}, {"nobody", "own", none}, {"nobody", "office", none},
		}},
		"a match that ended": {func(t *testing.T, s *table) { t.Helper(); s.f.EndMatch(t, s.f.Ria, "2026-11-10") }, []way{
			{"Ria", "own", none}, {"Ria", "office", none}, {"Petra", "office", writes},
		}},
		"the leader broke the glass": {func(_ *testing.T, s *table) { s.breaks("2026-11-14T18:00:00.000Z") }, []way{
			{"Loes", "office", reads}, {"Loes", "own", none}, {"Omar", "office", none}, {"Petra", "office", writes},
		}},
		"the glass is whole again": {func(_ *testing.T, s *table) { s.breaks("2026-11-14T13:59:00.000Z") }, []way{{"Loes", "office", none}}},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, s *table) {
				s.begin("Kim")
				kim := s.who("Kim").String()
				people := map[string]authz.Actor{"Ria": s.f.Ria, "Tom": s.f.Tom, "Sven": s.f.Stranger, "Petra": s.f.Petra, "Bram": s.f.Backup, "Omar": s.f.Omar, "Loes": s.f.Leader}
				if c.first != nil {
					c.first(t, s)
				}
				for _, w := range c.want {
					root := s.root
					if w.side == "office" {
						root = "/dossiers/" + s.f.Dossier.String() + "/genogram"
					}
					before := s.book().Seq
					s.As(people[w.who])
					add, page := root+"/people/"+kim+"/add/child", s.Get(root)
					s.Post(add, with(map[string][]string{}, "ids", newIDs(s.clock.Now()), "name", w.who, "kind", "birth", "version", "99"))
					read, wrote := page.Status == 200, s.book().Seq > before
					if read != (w.may != none) || wrote != (w.may == writes) {
						t.Errorf("%s on the side of %s: read %v (%d), wrote %v", w.who, w.side, read, page.Status, wrote)
					}
					if page.Is(page.Status); !read {
						page.Without("Kim")
					}
					if w.may == reads {
						page.Is(200, "Kim").Without("/add/", root+"/undo", "Veranderen")
						s.Get(root + "/paper").Is(200)
						s.Get(root + "/people/" + kim).Is(200).Without("/add/")
					}
				}
			})
		})
	}
}
