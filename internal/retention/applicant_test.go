package retention_test

import (
	"context"
	"crypto/rand"
	"errors"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/familytest"
	"maatje/internal/retention"
	"maatje/internal/vault"
	"maatje/internal/volunteer"
	"maatje/internal/volunteer/applicant"
	"maatje/internal/volunteer/confidentiality"
	"maatje/internal/volunteer/leaving"
	"maatje/internal/volunteer/screening"
)

var (
	qNewcomer = db.CrossQ("retention_test.newcomer", authz.Works, "a test looks", `SELECT id FROM volunteer WHERE email = 'nieuw@example.org'`, db.Probe{})
	qTown     = db.CrossQ("retention_test.town", authz.Works, "a test looks", `SELECT m.name FROM municipality m JOIN volunteer v ON v.municipality_id = m.id WHERE v.id = :id`, db.Probe{"id": core.ID(1)})
	qLeftOver = db.CrossQ("retention_test.left_over", authz.Works, "a test looks", `SELECT (SELECT COUNT(*) FROM volunteer WHERE id = :id) + (SELECT COUNT(*) FROM volunteer_status WHERE volunteer_id = :id)
		+ (SELECT COUNT(*) FROM application WHERE volunteer_id = :id) + (SELECT COUNT(*) FROM screening_talk WHERE volunteer_id = :id)
		+ (SELECT COUNT(*) FROM volunteer_reference WHERE volunteer_id = :id) + (SELECT COUNT(*) FROM confidentiality_signature WHERE volunteer_id = :id)`, db.Probe{"id": core.ID(1)})
	qLastMail = db.CrossQ("retention_test.last_mail", authz.Works, "a test looks", `SELECT COUNT(*) FROM outbox WHERE address = 'nieuw@example.org'`, db.Probe{})
)

// TestPRV3_ARejectedApplicantIsErasedOnTheDayThatWasTold: everything that was asked, said and signed goes, with the key under which it was sealed.
func TestPRV3_ARejectedApplicantIsErasedOnTheDayThatWasTold(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		f, ctx := familytest.New(t, d), context.Background()
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		look := func(q *db.Query, args db.Args, dest ...any) {
			t.Helper()
			must(d.Read(ctx, authz.System("test"), func(x *db.Tx) error {
				_, err := db.All(x, q, args, func(*int) []any { return dest })
				return err
			}))
		}
		var town string
		look(qTown, db.Args{"id": core.ID(f.Ria.Volunteer())}, &town)
		_, err := applicant.NewService(d, rand.Reader).Receive(ctx, authz.Visitor(authz.Origin{}), applicant.Application{
			Name: "Nieuw", Email: "nieuw@example.org", Municipality: town, Words: "Omdat ik wil."}, "t")
		must(err)
		var id core.VolunteerID
		look(qNewcomer, db.Args{}, &id)
		today, talks := d.Now().Date(), screening.NewService(d, volunteer.Unchanged)
		must(talks.AddTalk(ctx, f.Petra, id, screening.Talk{Kind: screening.First, HeldOn: today, Words: "Een gesprek."}))
		must(talks.NameReference(ctx, f.Petra, id, screening.Reference{Name: "Jan", Relation: "buur", Phone: "0612", AskedOn: today}))
		must(confidentiality.NewService(d).Sign(ctx, f.Petra, id, confidentiality.Typed{Name: "Nieuw", Agreed: true, Number: 1}))
		erased, mailed, err := leaving.NewService(d, volunteer.Unchanged).Reject(ctx, f.Petra, id, "past niet")
		must(err)
		if !mailed {
			t.Error("nobody told them")
		}
		s := retention.NewService(d)
		left := func(on core.Date) (n int) {
			t.Helper()
			for clock.Now().Date().Before(on) {
				clock.Set(clock.Now().Add(24 * 3600 * 1e9))
				must(s.Run(ctx, authz.System("retention.erase")))
			}
			look(qLeftOver, db.Args{"id": core.ID(id)}, &n)
			return n
		}
		if n := left(erased.AddDays(-1)); n < 6 {
			t.Errorf("the day before: %d rows", n)
		}
		if n := left(erased); n != 0 {
			t.Errorf("on the day itself: %d rows", n)
		}
		if _, err := d.Vault().Owner(ctx, id.Int64()); !errors.Is(err, vault.ErrErased) {
			t.Errorf("the key: %v", err)
		}
		var n int
		if look(qLastMail, db.Args{}, &n); n != 2 {
			t.Errorf("%d mails: that it does not go on, and that it is erased", n)
		}
	})
}
