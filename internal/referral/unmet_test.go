package referral_test

import (
	"context"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
)

var qUnmet = db.CrossQ("referral.test_unmet", authz.Works, why, `SELECT u.kind || '/' || COALESCE(m.name, '') || '/' || u.noted_on
		FROM referral_unmet_need u LEFT JOIN municipality m ON m.id = u.municipality_id WHERE u.referral_id = :referral ORDER BY u.kind`, db.Probe{})

func TestINT9_FIG6_ADeclinedReferralLeavesItsUnmetNeed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		for _, c := range []struct {
			reasons []string
			want    string
		}{
			{[]string{"no_funding"}, "no_funding/Zwolle/2026-11-23"},
			{[]string{"other_help_needed", "no_funding", "no_volunteer"}, "no_funding/Zwolle/2026-11-23 other_help/Zwolle/2026-11-23"},
			{[]string{"no_support_question"}, ""},
		} {
			id := o.receive(asked())
			if err := o.Decline(context.Background(), o.omar, id, 1, c.reasons, ""); !core.IsKind(err, core.KindNotFound) {
				t.Errorf("declined by somebody elsewhere: %v", err)
			}
			if err := o.Decline(context.Background(), o.petra, id, 1, c.reasons, ""); err != nil {
				t.Fatal(err)
			}
			if err := o.Decline(context.Background(), o.petra, id, 2, c.reasons, ""); !core.IsKind(err, core.KindConflict) {
				t.Errorf("declined twice: %v", err)
			}
			if got := o.unmet(id); got != c.want {
				t.Errorf("%v leaves %q, want %q", c.reasons, got, c.want)
			}
		}
	})
}

// unmet are the needs that a referral left, with place and day.
func (o *office) unmet(id core.ID) string {
	o.t.Helper()
	var all []string
	o.write(authz.System("test"), func(x *db.Tx) (err error) {
		all, err = db.All(x, qUnmet, db.Args{"referral": id}, func(s *string) []any { return []any{s} })
		return err
	})
	return strings.Join(all, " ")
}
