package retention

import (
	"maps"
	"math"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// The queries on a subject are the same for a dossier, a referral and a volunteer, but for the names.
type queries struct {
	root    authz.Root
	section authz.Section
	// all gives every subject whose clock may end before a day, in parts; mine gives those for a page; one gives one.
	all, mine, one *db.Query
	// told gives what was announced.
	told *db.Query

	announce, withdraw *db.Query
	holds              *db.Query
	hold, lift         *db.Query
	wish               *db.Query
	ask, confirm, drop *db.Query
}

// heads are what a life is made of: see (*row).dest.
var heads = map[authz.Root]string{
	authz.DossierRoot: `SELECT x.id, x.name, x.closed_on,
			(SELECT MAX(t.ended_on) FROM trajectory t WHERE t.dossier_id = x.id),
			(SELECT MAX(a.until_date) FROM aftercare a WHERE a.dossier_id = x.id),
			(SELECT MAX(g.answered_at) FROM signal g WHERE g.dossier_id = x.id),
			(SELECT MAX(v.held_at) FROM visit v WHERE v.dossier_id = x.id),
			(x.state <> 'closed' OR EXISTS (SELECT 1 FROM trajectory t WHERE t.dossier_id = x.id AND t.ended_on IS NULL)
				OR EXISTS (SELECT 1 FROM signal g WHERE g.dossier_id = x.id AND g.answered_at IS NULL)
				OR EXISTS (SELECT 1 FROM data_request q WHERE q.dossier_id = x.id AND q.ended_on IS NULL AND q.kind <> 'erasure')),
			CASE WHEN EXISTS (SELECT 1 FROM trajectory t WHERE t.dossier_id = x.id AND t.start_on IS NOT NULL) THEN 'closed_dossier' ELSE 'not_started' END,
			COALESCE(x.coordinator_id, x.inside_coordinator_id), x.municipality_id, CAST(NULL AS BIGINT), ''`,
	authz.ReferralRoot: `SELECT x.id, x.code, SUBSTR(x.answered_at, 1, 10), CAST(NULL AS TEXT), CAST(NULL AS TEXT), x.answered_at, CAST(NULL AS TEXT),
			x.state <> 'declined', 'declined_referral', x.coordinator_id, x.municipality_id, x.facility_id, ''`,
	authz.VolunteerRoot: `SELECT x.id, x.name, x.status_since, CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS TEXT),
			(x.status NOT IN ('left', 'rejected') OR EXISTS (SELECT 1 FROM visible_dossier d JOIN volunteer_match m ON m.dossier_id = d.id
				WHERE m.volunteer_id = x.id AND m.ended_on IS NULL AND m.declined_at IS NULL)),
			CASE WHEN x.status = 'rejected' THEN 'rejected_volunteer' ELSE 'left_volunteer' END, CAST(NULL AS BIGINT), x.municipality_id, x.facility_id, x.email`,
}

// over says which of them have ended, so that not everybody's row is read.
var over = map[authz.Root]string{
	authz.DossierRoot:   ` WHERE x.state = 'closed' AND x.closed_on <= :before`,
	authz.ReferralRoot:  ` WHERE x.state = 'declined' AND x.dossier_id IS NULL AND x.answered_at <= :before`,
	authz.VolunteerRoot: ` WHERE x.status IN ('left', 'rejected') AND x.name_fold <> '' AND x.status_since <= :before`,
}

// sections are those in which the rows of a root are read here.
var sections = map[authz.Root]authz.Section{
	authz.DossierRoot: authz.Keeping, authz.ReferralRoot: authz.Referrals, authz.VolunteerRoot: authz.Care,
}

var roots = []authz.Root{authz.DossierRoot, authz.ReferralRoot, authz.VolunteerRoot}

var of = func() map[authz.Root]queries {
	out := map[authz.Root]queries{}
	for _, r := range roots {
		out[r] = queriesOf(r)
	}
	return out
}()

const byPart = ` AND x.id > :after AND x.id <= :upto ORDER BY x.id LIMIT :limit`

func queriesOf(r authz.Root) queries {
	n, s, who := r.Name(), sections[r], param(r)
	name := func(what string) string { return "retention." + what + "_" + n }
	theirs := db.Theirs(n)
	part := func(p db.Probe) db.Probe {
		p["after"], p["upto"], p["limit"] = 0, int64(math.MaxInt64), 10
		return p
	}
	with := func(p db.Probe) db.Probe {
		p[who] = theirs
		return p
	}
	head := heads[r] + `,
			EXISTS (SELECT 1 FROM ` + n + `_hold h WHERE h.` + n + `_id = x.id AND h.lifted_on IS NULL AND h.until_on IS NULL),
			(SELECT MAX(h.until_on) FROM ` + n + `_hold h WHERE h.` + n + `_id = x.id AND h.lifted_on IS NULL),
			e.announced_on, e.due_on, w.asked_on, w.asked_by, w.confirmed_on
		FROM visible_` + n + ` x LEFT JOIN ` + n + `_erasure e ON e.` + n + `_id = x.id LEFT JOIN ` + n + `_wish w ON w.` + n + `_id = x.id`
	within := ` AND ` + n + `_id IN (SELECT s.id FROM visible_` + n + ` s)`
	as := func(param string) string { // PostgreSQL takes an untyped parameter of a SELECT for text
		if r == authz.VolunteerRoot {
			return `CAST(:` + param + ` AS TEXT)`
		}
		return `:` + param
	}
	return queries{
		root: r, section: s,
		all:  db.Q(name("ended"), s, head+over[r]+byPart, part(db.Probe{"before": "2027-01-01"})),
		mine: db.Q(name("ended_here"), s, head+over[r]+` ORDER BY x.id LIMIT :limit`, db.Probe{"before": "2027-01-01", "limit": 10}),
		told: db.Q(name("announced"), s, head+` WHERE (e.announced_on IS NOT NULL OR w.confirmed_on IS NOT NULL)`+byPart, part(db.Probe{})),
		one:  db.Q(name("life_of"), s, head+` WHERE x.id = :`+who, with(db.Probe{})),
		announce: db.X(name("announce"), s, `INSERT INTO `+n+`_erasure (`+n+`_id, announced_on, due_on)
			SELECT x.id, CAST(:today AS TEXT), CAST(:due AS TEXT) FROM visible_`+n+` x WHERE x.id = :`+who+`
			ON CONFLICT (`+n+`_id) DO UPDATE SET due_on = excluded.due_on WHERE `+n+`_erasure.`+n+`_id IN (SELECT s.id FROM visible_`+n+` s)`,
			with(db.Probe{"due": "2027-01-01"})),
		withdraw: db.X(name("withdraw"), s, `DELETE FROM `+n+`_erasure WHERE `+n+`_id = :`+who+within, with(db.Probe{})),
		holds: db.Q(name("holds_of"), s, `SELECT h.id, h.why, h.placed_on, COALESCE(a.name, ''), h.until_on, h.lifted_on, COALESCE(b.name, ''), h.lifted_why
			FROM visible_`+n+` x JOIN `+n+`_hold h ON h.`+n+`_id = x.id LEFT JOIN account a ON a.id = h.placed_by LEFT JOIN account b ON b.id = h.lifted_by
			WHERE x.id = :`+who+` ORDER BY h.placed_on DESC, h.id DESC`, with(db.Probe{})),
		hold: db.X(name("hold"), s, `INSERT INTO `+n+`_hold (id, `+n+`_id, why, placed_on, placed_by, until_on)
			SELECT :id, x.id, `+as("why")+`, CAST(:today AS TEXT), CAST(:by AS BIGINT), CAST(:until AS TEXT) FROM visible_`+n+` x WHERE x.id = :`+who,
			with(db.Probe{"id": db.Ours(n + "_hold_made"), "why": []byte("x"), "by": int64(db.Ours("account")), "until": nil})),
		lift: db.X(name("lift"), s, `UPDATE `+n+`_hold SET lifted_on = :today, lifted_by = :by, lifted_why = :why
			WHERE id = :id AND `+n+`_id = :`+who+` AND lifted_on IS NULL`+within, with(db.Probe{"id": db.Theirs(n + "_hold"), "by": int64(db.Ours("account")), "why": []byte("x")})),
		wish: db.Q(name("wish_of"), s, `SELECT w.why, w.asked_on, w.asked_by, COALESCE(a.name, ''), w.confirmed_on, COALESCE(b.name, '')
			FROM visible_`+n+` x JOIN `+n+`_wish w ON w.`+n+`_id = x.id LEFT JOIN account a ON a.id = w.asked_by LEFT JOIN account b ON b.id = w.confirmed_by
			WHERE x.id = :`+who, with(db.Probe{})),
		ask: db.X(name("ask"), s, `INSERT INTO `+n+`_wish (`+n+`_id, why, asked_on, asked_by)
			SELECT x.id, `+as("why")+`, CAST(:today AS TEXT), CAST(:by AS BIGINT) FROM visible_`+n+` x WHERE x.id = :`+who,
			with(db.Probe{"why": []byte("x"), "by": int64(db.Ours("account"))})),
		confirm: db.X(name("confirm"), s, `UPDATE `+n+`_wish SET confirmed_on = :today, confirmed_by = :by WHERE `+n+`_id = :`+who+` AND confirmed_on IS NULL AND asked_by <> :by`+within,
			with(db.Probe{"by": int64(db.Ours("account"))})),
		drop: db.X(name("drop_wish"), s, `DELETE FROM `+n+`_wish WHERE `+n+`_id = :`+who+within, with(db.Probe{})),
	}
}

// row is a life with what its pages and its announcement need.
type row struct {
	Life
	label                        string
	ended, trajectory, aftercare core.Date
	signal, visit                core.Instant
	coordinator, place, facility core.ID
	email                        string
	askedOn, confirmedOn         core.Date
	askedBy                      core.AccountID
}

func (r *row) dest() []any {
	return []any{&r.ID, &r.label, &r.ended, &r.trajectory, &r.aftercare, &r.signal, &r.visit, &r.Runs, &r.Kind, &r.coordinator, &r.place, &r.facility, &r.email,
		&r.Held, &r.HeldUntil, &r.Announced, &r.For, &r.askedOn, &r.askedBy, &r.confirmedOn}
}

// life puts together when the last thing ended.
func (r row) life(root authz.Root) row {
	r.Root = root
	if !r.ended.IsZero() {
		r.Ended = latest(r.ended, r.trajectory, r.aftercare, r.signal.Date(), r.visit.Date())
	}
	r.Confirmed = !r.confirmedOn.IsZero()
	return r
}

// lives reads rows of a query of the root.
func lives(t *db.Tx, root authz.Root, q *db.Query, args db.Args) ([]row, error) {
	all, err := db.All(t, q, args, (*row).dest)
	for i := range all {
		all[i] = all[i].life(root)
	}
	return all, err
}

// arg names the subject as its queries do. The log needs to know a dossier for one.
func (s Subject) arg() any {
	if s.Root == authz.DossierRoot {
		return core.DossierID(s.ID)
	}
	return s.ID
}

// param is what queries call the subject. :volunteer is the actor's own.
func param(r authz.Root) string {
	if r == authz.VolunteerRoot {
		return "whose"
	}
	return r.Name()
}

func (s Subject) args(more db.Args) db.Args {
	out := db.Args{param(s.Root): s.arg()}
	maps.Copy(out, more)
	return out
}

func load(t *db.Tx, s Subject) (row, error) {
	r, err := db.One(t, of[s.Root].one, s.args(nil), (*row).dest)
	return r.life(s.Root), err
}
