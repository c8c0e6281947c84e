package expense

import (
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

var theirs = db.Theirs("volunteer")

// whyVisits lets hours and kilometres count whoever's family they were for. It gives months and numbers, no family.
const whyVisits = "the hours and kilometres of a volunteer count for whichever family they were; it gives instants and numbers, no family"

const entries = `SELECT v.id, e.id, e.month, e.held_on, e.kind, e.what, e.minutes, e.km, e.cents, COALESCE(r.name, ''), e.declined_why, COALESCE(d.name, '')
	FROM visible_volunteer v JOIN expense_entry e ON e.volunteer_id = v.id LEFT JOIN account r ON r.id = e.receipt_by LEFT JOIN account d ON d.id = e.declined_by `

const sheets = `SELECT v.id, v.name, x.month, x.state, x.minutes, x.km, x.km_tenths, x.km_cents, x.own_cents, COALESCE(a.name, ''), x.checked_at, x.paid_on
	FROM visible_volunteer v JOIN expense_month x ON x.volunteer_id = v.id LEFT JOIN account a ON a.id = x.checked_by `

var (
	qEntries = db.Q("expense.entries", authz.Entries, entries+`WHERE v.id = :id AND e.month >= :since ORDER BY e.held_on DESC, e.id DESC LIMIT :limit`,
		db.Probe{"id": theirs, "since": "2000-01", "limit": 10})
	qEntry     = db.Q("expense.entry", authz.Entries, entries+`WHERE v.id = :id AND e.id = :entry`, db.Probe{"id": theirs, "entry": db.Theirs("expense_entry")})
	qEntriesOf = db.Q("expense.entries_of", authz.Care, entries+`WHERE e.month = :month ORDER BY v.id, e.held_on, e.id`, db.Probe{"month": "2026-11"})
	qSheets    = db.Q("expense.sheets", authz.Entries, sheets+`WHERE v.id = :id ORDER BY x.month DESC`, db.Probe{"id": theirs})
	qSheetsOf  = db.Q("expense.sheets_of", authz.Care, sheets+`WHERE x.month = :month ORDER BY v.name_fold, v.id`, db.Probe{"month": "2026-11"})
	qNames     = db.Q("expense.names", authz.Care, `SELECT v.id, v.name FROM visible_volunteer v WHERE v.name_fold <> '' ORDER BY v.name_fold, v.id LIMIT :limit`,
		db.Probe{"limit": 10})
	qSettled = db.Q("expense.settled", authz.Entries, `SELECT v.id, r.of_month, SUM(r.minutes), SUM(r.km) FROM visible_volunteer v
		JOIN expense_ride r ON r.volunteer_id = v.id WHERE v.id = :id GROUP BY v.id, r.of_month`, db.Probe{"id": theirs})

	qVisits = db.CrossQ("expense.visits", authz.Entries, whyVisits, `SELECT x.volunteer_id, x.held_at, x.minutes, x.km FROM visit x
		WHERE x.volunteer_id = :id AND x.state = 'held' AND x.held_at >= :from ORDER BY x.held_at`, db.Probe{"id": theirs, "from": "2020-01-01T00:00:00.000Z"})
	qDrove = db.CrossQ("expense.drove", authz.Care, whyVisits, `SELECT DISTINCT x.volunteer_id FROM visit x
		WHERE x.state = 'held' AND x.held_at >= :from AND x.held_at < :to AND x.volunteer_id IS NOT NULL`,
		db.Probe{"from": "2020-01-01T00:00:00.000Z", "to": "2030-01-01T00:00:00.000Z"})

	qSent = db.Q("expense.sent", authz.Entries, `SELECT e.id FROM visible_volunteer v JOIN expense_entry e ON e.volunteer_id = v.id
		WHERE v.id = :id AND e.form_token = :token`, db.Probe{"id": theirs, "token": "t"})
	xNote = db.X("expense.note", authz.Entries, `INSERT INTO expense_entry (id, volunteer_id, month, held_on, kind, what, minutes, km, cents, noted_at, noted_by, form_token)
		SELECT :entry, v.id, CAST(:month AS TEXT), CAST(:on AS TEXT), CAST(:kind AS TEXT), CAST(:what AS TEXT), CAST(:minutes AS BIGINT), CAST(:km AS BIGINT),
			CAST(:cents AS BIGINT), CAST(:now AS TEXT), CAST(:actor AS BIGINT), CAST(:token AS TEXT) FROM visible_volunteer v WHERE v.id = :id`,
		db.Probe{"entry": db.Ours("expense_entry_made"), "id": theirs, "month": "2026-11", "on": "2026-11-01", "kind": "other", "what": "", "minutes": 1, "km": 1,
			"cents": 1, "token": "t2"})
	// What counts in a month that was checked is not touched any more.
	xWithdraw = db.X("expense.withdraw", authz.Entries, `DELETE FROM expense_entry WHERE id = :entry AND volunteer_id = :id AND receipt_by IS NULL AND declined_by IS NULL
		AND volunteer_id IN (SELECT s.id FROM visible_volunteer s)
		AND NOT EXISTS (SELECT 1 FROM expense_month x WHERE x.volunteer_id = expense_entry.volunteer_id AND x.month = expense_entry.month)`,
		db.Probe{"entry": db.Theirs("expense_entry"), "id": theirs})
	xReceipt = db.X("expense.saw_receipt", authz.Care, `UPDATE expense_entry SET receipt_by = :actor WHERE id = :entry AND volunteer_id = :id AND receipt_by IS NULL
		AND volunteer_id IN (SELECT s.id FROM visible_volunteer s)
		AND NOT EXISTS (SELECT 1 FROM expense_month x WHERE x.volunteer_id = expense_entry.volunteer_id AND x.month = expense_entry.month)`,
		db.Probe{"entry": db.Theirs("expense_entry"), "id": theirs})
	xDecline = db.X("expense.decline", authz.Care, `UPDATE expense_entry SET declined_by = :actor, declined_why = :why WHERE id = :entry AND volunteer_id = :id
		AND declined_by IS NULL AND volunteer_id IN (SELECT s.id FROM visible_volunteer s)
		AND NOT EXISTS (SELECT 1 FROM expense_month x WHERE x.volunteer_id = expense_entry.volunteer_id AND x.month = expense_entry.month)`,
		db.Probe{"entry": db.Theirs("expense_entry"), "id": theirs, "why": ""})

	xCheck = db.X("expense.check", authz.Care, `INSERT INTO expense_month (volunteer_id, month, state, minutes, km, km_tenths, km_cents, own_cents, checked_at, checked_by)
		SELECT v.id, CAST(:month AS TEXT), 'checked', CAST(:minutes AS BIGINT), CAST(:km AS BIGINT), CAST(:tenths AS BIGINT), CAST(:km_cents AS BIGINT),
			CAST(:own AS BIGINT), CAST(:now AS TEXT), CAST(:actor AS BIGINT) FROM visible_volunteer v WHERE v.id = :id`,
		db.Probe{"id": theirs, "month": "2026-10", "minutes": 1, "km": 1, "tenths": 230, "km_cents": 23, "own": 0})
	xRide = db.X("expense.settle", authz.Care, `INSERT INTO expense_ride (volunteer_id, month, of_month, minutes, km)
		SELECT v.id, CAST(:month AS TEXT), CAST(:of AS TEXT), CAST(:minutes AS BIGINT), CAST(:km AS BIGINT) FROM visible_volunteer v WHERE v.id = :id`,
		db.Probe{"id": theirs, "month": "2026-10", "of": "2026-10", "minutes": 1, "km": 1})
	xPay = db.X("expense.pay", authz.Care, `UPDATE expense_month SET state = 'paid', paid_on = :today, paid_by = :actor
		WHERE month = :month AND state = 'checked' AND volunteer_id IN (SELECT s.id FROM visible_volunteer s)`, db.Probe{"month": "2026-11"})
)

// owned is an entry with whose it is.
type owned struct {
	volunteer core.VolunteerID
	month     string
	Entry
}

func (o *owned) columns() []any {
	return []any{&o.volunteer, &o.ID, &o.month, &o.On, &o.Kind, &o.What, &o.Minutes, &o.Km, &o.Cents, &o.Receipt, &o.Declined, &o.DeclinedBy}
}

func readEntries(t *db.Tx, q *db.Query, args db.Args) (map[core.VolunteerID][]Entry, error) {
	rows, err := db.All(t, q, args, (*owned).columns)
	out := map[core.VolunteerID][]Entry{}
	for _, o := range rows {
		if o.Month, err = ParseMonth(o.month); err != nil {
			return nil, err
		}
		out[o.volunteer] = append(out[o.volunteer], o.Entry)
	}
	return out, err
}

type kept struct {
	month string
	Sheet
}

func (k *kept) columns() []any {
	return []any{&k.Volunteer, &k.Name, &k.month, &k.State, &k.Minutes, &k.Km, &k.KmTenths, &k.KmCents, &k.OwnCents, &k.CheckedBy, &k.CheckedAt, &k.PaidOn}
}

func readSheets(t *db.Tx, q *db.Query, args db.Args) ([]Sheet, error) {
	rows, err := db.All(t, q, args, (*kept).columns)
	out := make([]Sheet, len(rows))
	for i, k := range rows {
		if k.Month, err = ParseMonth(k.month); err != nil {
			return nil, err
		}
		out[i] = k.Sheet
	}
	return out, err
}

func readSettled(t *db.Tx, id core.VolunteerID) (out []Ride, err error) {
	type row struct {
		id          core.VolunteerID
		of          string
		minutes, km int
	}
	rows, err := db.All(t, qSettled, db.Args{"id": id}, func(r *row) []any { return []any{&r.id, &r.of, &r.minutes, &r.km} })
	for _, r := range rows {
		m, err := ParseMonth(r.of)
		if err != nil {
			return nil, err
		}
		out = append(out, Ride{m, r.minutes, r.km})
	}
	return out, err
}

// readVisits adds the finished visits up by month, since a year before the first that is asked for.
func readVisits(t *db.Tx, id core.VolunteerID, since Month) (out []Ride, err error) {
	type row struct {
		id          core.VolunteerID
		at          core.Instant
		minutes, km int
	}
	rows, err := db.All(t, qVisits, db.Args{"id": id, "from": midnight(since)}, func(r *row) []any { return []any{&r.id, &r.at, &r.minutes, &r.km} })
	for _, r := range rows {
		m := MonthOf(r.at.Date())
		if n := len(out); n == 0 || out[n-1].Of != m {
			out = append(out, Ride{Of: m})
		}
		last := &out[len(out)-1]
		last.Minutes, last.Km = last.Minutes+r.minutes, last.Km+r.km
	}
	return out, err
}

func midnight(m Month) core.Instant {
	return core.At(time.Date(m.first.Year(), m.first.Month(), 1, 0, 0, 0, 0, core.Amsterdam))
}
