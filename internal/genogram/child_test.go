package genogram

import (
	"strings"
	"testing"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/facility"
)

// The picture that is made for a child who does not know: on the screen of each side, on paper, of another day and of two days.
// Nothing on it says so, and nothing on it leads to a page that does (INT-8).
func TestINT8_NothingOnAChildsPictureTells(t *testing.T) {
	each(t, func(t *testing.T, s *table) {
		s.f.Do(t, func(x *db.Tx) error {
			peel, err := facility.Make(x, "PI Ter Peel")
			if err != nil {
				return err
			}
			_, err = dossier.AddDetention(x, s.f.Dossier, dossier.Stay{Detention: dossier.Detention{Parent: s.f.Mother, From: core.MustDate("2026-02-01")}, Facility: peel})
			return err
		})
		s.begin("Sara")
		s.adds("Sara", "parent", "name", "Kim (Ter Peel)", "is", "mama in Ter Peel").Is(303)
		s.adds("Kim (Ter Peel)", "detention", "from", "1-2-2026").Is(303)
		s.adds("Kim (Ter Peel)", "stay", "home_name", "Ter Peel", "from", "1-2-2026").Is(303)
		s.adds("Sara", "contact", "two", s.who("Kim (Ter Peel)").String(), "how", "visit").Is(303)
		s.adds("Sara", "tie", "two", s.who("Kim (Ter Peel)").String(), "kind", "close", "said_by", "mama in de bajes").Is(303)
		child := "for=" + s.f.Sara.String()
		office := "/dossiers/" + s.f.Dossier.String() + "/genogram"
		for _, root := range []string{s.root, office} {
			s.As(s.f.Ria)
			if root == office {
				s.As(s.f.Petra)
			}
			for _, page := range []string{"?", "?on=2026-06-01&", "?beside=2026-03-01&", "?hide=0&abuse=1&known=2026-11-13&", "/paper?", "/paper?beside=2025-01-01&", "?on=2025-01-01&beside=2026-11-01&"} {
				got := s.Get(root+page+child).Is(200, "Mijn familie", "Kim")
				for _, word := range []string{"Peel", "detentie", "zit vast", "Zit vast", "gevangenis", "bajes", "bezoek", "weet niets", "/people/", "/facts/", "/begin", `class="inside`, "name=\"hide\""} {
					if main := got.Body[strings.Index(got.Body, "<h1"):]; strings.Contains(main, word) {
						t.Errorf("%s%s says %q", root, page, word)
					}
				}
			}
		}
		s.As(s.f.Petra).Get(office).Is(200, "Ter Peel", "zit vast") // and whoever works with it sees it
	})
}
