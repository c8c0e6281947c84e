package owndata

import (
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/familytest"
	"maatje/internal/web/text"
)

var tForgets = db.CrossX("owndatatest.forgets", authz.Works, planted, `UPDATE knowledge SET level = 'story' WHERE child_id = :child`, db.Probe{})

// Daan is 17, asks himself, and was told a story: nothing in his package says more.
func TestINT8_ThePackageOfWhoWasToldAStory(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		clock.Set(core.MustInstant(familytest.Start))
		h := newHousehold(t, d, 5)
		daan := h.people[len(h.people)-1]
		h.Do(t, func(x *db.Tx) error { return db.Do(x, tForgets, db.Args{"child": daan.ID}) })
		for _, l := range text.Langs() {
			got := strings.ToLower(h.made(t, l, daan.ID, h.holder(daan), false))
			for _, word := range []string{"detenti", "gevangen", "prison", "inrichting", "facility", "vrijla", "release", "verhaal", "story"} {
				if strings.Contains(got, word) {
					i := strings.Index(got, word)
					t.Errorf("%s: %q", l.Tag(), got[max(0, i-80):min(len(got), i+40)])
				}
			}
			if !strings.Contains(got, strings.ToLower(l.OwnLeft("to_discuss"))) {
				t.Error("it does not say that something waits to be talked about")
			}
		}
	})
}

// Noud is 13: what he said himself goes to his mother only when he agrees, and the package says that it is left out.
func TestCON2_AChildOf13HasASay(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		clock.Set(core.MustInstant(familytest.Start))
		h := newHousehold(t, d, 6)
		noud := h.people[len(h.people)-2]
		const said = "zqnoudsownwords"
		h.Do(t, func(x *db.Tx) error {
			intake := db.NewID[core.ID](x)
			h.put(x, tIntake, intake, map[string]any{"opened_on": day0})
			h.put(x, tTalk, db.NewID[core.ID](x), map[string]any{"intake_id": intake, "held_on": day0, "with_group": "child", "person_id": noud.ID, "said": seal(said), "account_id": 1})
			return h.fails
		})
		for agrees, want := range map[bool]bool{true: true, false: false} {
			got := h.made(t, text.NL, noud.ID, h.holder(noud), agrees)
			if strings.Contains(got, said) != want || strings.Contains(got, text.NL.OwnLeft("child_words")) == want {
				t.Errorf("agrees %v: in it %v", agrees, strings.Contains(got, said))
			}
		}
	})
}
