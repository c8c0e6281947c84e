package owndata

import (
	"strings"
	"testing"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/familytest"
	"maatje/internal/plan/goal"
	"maatje/internal/web/text"
)

// Noud is 13: his sheets and goals go along when he agrees. Daan is 17 and was told a story: he gets his own words, and goals wait
// until they are talked about.
func TestPRV4_CON2_INT8_SheetsAndGoalsOfAChild(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		clock.Set(core.MustInstant(familytest.Start))
		h := newHousehold(t, d, 8)
		noud, daan := h.people[len(h.people)-2], h.people[len(h.people)-1]
		h.Do(t, func(x *db.Tx) error {
			for _, p := range []core.PersonID{noud.ID, daan.ID} {
				h.put(x, tSheet, db.NewID[core.ID](x), map[string]any{"person_id": p, "seq": 7, "at": moment0, "account_id": 1, "wish": seal("zqwish")})
				if _, err := goal.Make(x, h.Dossier, db.NewID[core.ID](x), 0, goal.Content{Person: p, Text: "zqgoal", Lines: [5]string{"a", "b", "c", "d", "e"}}); err != nil {
					return err
				}
			}
			return db.Do(x, tForgets, db.Args{"child": daan.ID})
		})
		for name, c := range map[string]struct{ got, in, out string }{
			"13, agrees":         {h.made(t, text.NL, noud.ID, h.holder(noud), true), "zqwish zqgoal", ""},
			"13, does not agree": {h.made(t, text.NL, noud.ID, h.holder(noud), false), text.NL.OwnLeft("child_words"), "zqwish zqgoal"},
			"17, told a story":   {h.made(t, text.NL, daan.ID, h.holder(daan), false), "zqwish", "zqgoal"},
		} {
			for word := range strings.FieldsSeq(c.out) {
				if strings.Contains(c.got, word) {
					t.Errorf("%s: reads %s", name, word)
				}
			}
			for word := range strings.SplitSeq(c.in, " zq") {
				if !strings.Contains(c.got, strings.TrimPrefix(word, "zq")) {
					t.Errorf("%s: does not read %s", name, word)
				}
			}
		}
	})
}
