package volunteer

import (
	"maps"
	"strings"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

var theirs = db.Theirs("volunteer")

const profileColumns = `v.id, v.account_id, v.name, v.email, v.phone, v.municipality_id, COALESCE(m.name, ''), v.facility_id, COALESCE(f.name, ''),
	v.status, v.status_since, v.capacity, v.complex_wanted, v.complex_confirmed, v.languages, v.days, v.car, v.wishes, v.version,
	v.speaks, v.youngest, v.oldest, v.postcode, v.travel_minutes`

const profilePlaces = ` LEFT JOIN municipality m ON m.id = v.municipality_id LEFT JOIN facility f ON f.id = v.facility_id `

// whyCount lets a volunteer's capacity count families in areas of other coordinators too. It gives a number, no family.
const whyCount = "capacity counts every family of a volunteer, also in areas of other coordinators; it gives a number only"

const countFamilies = `SELECT m.volunteer_id, COUNT(DISTINCT m.dossier_id) FROM volunteer_match m
	WHERE m.ended_on IS NULL AND m.declined_at IS NULL AND m.dossier_id <> COALESCE(CAST(:except AS BIGINT), 0)`

// pair is a query about one volunteer and about every one of them.
type pair struct{ one, all *db.Query }

func ofOneAndAll(name string, s authz.Section, head, order string) pair {
	return pair{
		one: db.Q(name, s, head+` WHERE v.id = :id `+order, db.Probe{"id": theirs}),
		all: db.Q(name+"_all", s, head+` `+order, db.Probe{}),
	}
}

var (
	qProfile = db.Q("volunteer.profile", authz.Profile, `SELECT `+profileColumns+`
		FROM visible_volunteer v`+profilePlaces+`WHERE v.id = :id`, db.Probe{"id": theirs})

	qProfiles = db.Q("volunteer.profiles", authz.Profile, `SELECT `+profileColumns+`
		FROM visible_volunteer v`+profilePlaces+`
		WHERE v.name_fold <> '' AND (:status = '' OR v.status = :status) AND (:name = '' OR v.name_fold LIKE :like)
			AND (:kind = '' OR EXISTS (SELECT 1 FROM volunteer_kind k WHERE k.volunteer_id = v.id AND k.kind = :kind))
		ORDER BY v.name_fold, v.id LIMIT :limit`,
		db.Probe{"status": "", "name": "", "like": "%", "kind": "", "limit": 50})

	qOwn = db.Q("volunteer.own", authz.Profile, `SELECT v.id FROM visible_volunteer v WHERE v.account_id = :actor`, db.Probe{})

	kinds = ofOneAndAll("volunteer.kinds", authz.Profile, `SELECT k.volunteer_id, k.kind
		FROM visible_volunteer v JOIN volunteer_kind k ON k.volunteer_id = v.id`, `ORDER BY k.kind`)

	courses = ofOneAndAll("volunteer.courses", authz.Care, `SELECT c.volunteer_id, c.course, c.completed_on, COALESCE(x.name, ''), COALESCE(x.months, 0)
		FROM visible_volunteer v JOIN volunteer_course c ON c.volunteer_id = v.id LEFT JOIN course x ON x.code = c.course`, `ORDER BY c.completed_on, c.course`)
	qOffered = db.Q("volunteer.courses_offered", authz.Directory, `SELECT c.code, c.name FROM course c WHERE c.published ORDER BY c.position, c.id`, db.Probe{})

	certificates = ofOneAndAll("volunteer.certificates", authz.Care, `
		SELECT c.volunteer_id, c.id, c.profile, c.number, c.issued_on, c.renew_before, c.seen_on, COALESCE(a.name, '')
		FROM visible_volunteer v JOIN certificate c ON c.volunteer_id = v.id LEFT JOIN account a ON a.id = c.seen_by`,
		`ORDER BY c.renew_before, c.id`)

	families = pair{
		one: db.CrossQ("volunteer.families", authz.Care, whyCount, countFamilies+` AND m.volunteer_id = :id GROUP BY m.volunteer_id`,
			db.Probe{"id": theirs, "except": db.Ours("dossier")}),
		all: db.CrossQ("volunteer.families_all", authz.Care, whyCount, countFamilies+` GROUP BY m.volunteer_id`,
			db.Probe{"except": db.Ours("dossier")}),
	}

	qHistory = db.Q("volunteer.history", authz.Care, `SELECT s.status, s.at, COALESCE(a.name, ''), s.why, s.until_on, s.without_talk
		FROM visible_volunteer v JOIN volunteer_status s ON s.volunteer_id = v.id LEFT JOIN account a ON a.id = s.account_id
		WHERE v.id = :id ORDER BY s.at DESC, s.id DESC`, db.Probe{"id": theirs})

	qRuns = db.Q("volunteer.runs", authz.Matching, `SELECT x.id, d.name, x.kind, m.state FROM visible_dossier d
		JOIN volunteer_match m ON m.dossier_id = d.id JOIN trajectory x ON x.id = m.trajectory_id AND x.dossier_id = d.id
		WHERE m.volunteer_id = :id AND m.ended_on IS NULL AND m.declined_at IS NULL ORDER BY d.name_fold, x.id`, db.Probe{"id": theirs})

	qMunicipalities = db.Q("volunteer.municipalities", authz.Directory, `SELECT m.id, m.name FROM municipality m ORDER BY m.name_fold`, db.Probe{})
	qFacilities     = db.Q("volunteer.facilities", authz.Directory, `SELECT f.id, f.name FROM facility f ORDER BY f.name_fold`, db.Probe{})

	qAccountOf = db.CrossQ("volunteer.account_of", authz.Care, "an account belongs to at most one volunteer of the whole programme", `
		SELECT a.id FROM account a JOIN account_role r ON r.account_id = a.id
		WHERE a.email_fold = :email AND r.role = 'volunteer' AND a.ended_at IS NULL
			AND NOT EXISTS (SELECT 1 FROM volunteer o WHERE o.account_id = a.id)`, db.Probe{"email": "nobody@example.org"})
)

var (
	xInsert = db.CrossX("volunteer.insert", authz.Care, "a new volunteer is in nobody's area before the row is there; who adds one reads it back through the scope", `
		INSERT INTO volunteer (id, name, name_fold, email, phone, municipality_id, facility_id, status, status_since, capacity, complex_wanted,
			complex_confirmed, languages, days, car, wishes, speaks, youngest, oldest, postcode, travel_minutes)
		VALUES (:id, :name, :fold, :email, :phone, :municipality, :facility, :status, :since, :capacity, :complex, :confirmed, :languages, :days, :car, :wishes,
			:speaks, :youngest, :oldest, :postcode, :travel)`,
		db.Probe{
			"id": db.Ours("volunteer_made"), "name": "n", "fold": "n", "email": "", "phone": "", "municipality": core.ID(0), "facility": core.ID(0),
			"status": "applied", "since": core.MustDate("2026-01-01"), "capacity": 1, "complex": false, "confirmed": false, "languages": "",
			"days": "", "car": false, "wishes": "", "speaks": "", "youngest": 0, "oldest": 0, "postcode": "", "travel": 0,
		})

	xChange = db.X("volunteer.change", authz.Care, `UPDATE volunteer SET name = :name, name_fold = :fold, email = :email, municipality_id = :municipality,
		facility_id = :facility, capacity = :capacity, complex_confirmed = :confirmed, version = version + 1
		WHERE id = :id AND version = :version AND id IN (SELECT s.id FROM visible_volunteer s)`,
		db.Probe{
			"id": theirs, "version": 1, "name": "n", "fold": "n", "email": "", "municipality": core.ID(0), "facility": core.ID(0), "capacity": 1,
			"confirmed": false,
		})

	xWishes = db.X("volunteer.wish", authz.Profile, `UPDATE volunteer SET phone = :phone, complex_wanted = :complex, languages = :languages, days = :days,
		car = :car, wishes = :wishes, speaks = :speaks, youngest = :youngest, oldest = :oldest, postcode = :postcode, travel_minutes = :travel,
		version = version + 1 WHERE id = :id AND version = :version AND id IN (SELECT s.id FROM visible_volunteer s)`,
		db.Probe{
			"id": theirs, "version": 1, "phone": "", "complex": false, "languages": "", "days": "", "car": false, "wishes": "", "speaks": "", "youngest": 0,
			"oldest": 0, "postcode": "", "travel": 0,
		})

	xForgetKinds = db.X("volunteer.forget_kinds", authz.Profile, `DELETE FROM volunteer_kind WHERE volunteer_id = :id
		AND volunteer_id IN (SELECT s.id FROM visible_volunteer s)`, db.Probe{"id": theirs})
	xAddKind = db.X("volunteer.add_kind", authz.Profile, `INSERT INTO volunteer_kind (volunteer_id, kind)
		SELECT v.id, CAST(:kind AS TEXT) FROM visible_volunteer v WHERE v.id = :id`, db.Probe{"id": theirs, "kind": "transport"})

	xMove = db.X("volunteer.move", authz.Care, `UPDATE volunteer SET status = :to, status_since = :today, version = version + 1
		WHERE id = :id AND status = :was AND id IN (SELECT s.id FROM visible_volunteer s)`, db.Probe{"id": theirs, "was": "active", "to": "left"})
	xHistory = db.X("volunteer.remember", authz.Care, `INSERT INTO volunteer_status (id, volunteer_id, status, at, account_id, why, until_on, without_talk)
		SELECT :line, v.id, CAST(:status AS TEXT), CAST(:now AS TEXT), CAST(:by AS BIGINT), CAST(:why AS TEXT), CAST(:until AS TEXT), CAST(:without AS TEXT)
		FROM visible_volunteer v WHERE v.id = :id`,
		db.Probe{"line": db.Ours("volunteer_status_made"), "id": theirs, "status": "left", "by": int64(0), "why": "", "until": core.Date{}, "without": ""})

	xCertificate = db.X("volunteer.see_certificate", authz.Care, `
		INSERT INTO certificate (id, volunteer_id, profile, number, issued_on, renew_before, seen_by, seen_on)
		SELECT :certificate, v.id, CAST(:profile AS TEXT), CAST(:number AS TEXT), CAST(:issued AS TEXT), CAST(:renew AS TEXT), CAST(:by AS BIGINT), CAST(:seen AS TEXT)
		FROM visible_volunteer v WHERE v.id = :id`,
		db.Probe{
			"certificate": db.Ours("certificate_made"), "id": theirs, "profile": "", "number": "1", "issued": core.Date{}, "by": core.AccountID(0),
			"renew": core.MustDate("2030-01-01"), "seen": core.Date{},
		})

	xCourse = db.X("volunteer.complete_course", authz.Care, `INSERT INTO volunteer_course (volunteer_id, course, completed_on)
		SELECT v.id, CAST(:course AS TEXT), CAST(:on AS TEXT) FROM visible_volunteer v WHERE v.id = :id
		ON CONFLICT (volunteer_id, course) DO UPDATE SET completed_on = excluded.completed_on
		WHERE volunteer_course.volunteer_id IN (SELECT s.id FROM visible_volunteer s)`,
		db.Probe{"id": theirs, "course": "general", "on": core.MustDate("2026-01-01")})

	xLink = db.X("volunteer.link", authz.Care, `UPDATE volunteer SET account_id = :account, version = version + 1
		WHERE id = :id AND account_id IS NULL AND id IN (SELECT s.id FROM visible_volunteer s)`, db.Probe{"id": theirs, "account": db.Theirs("account")})
)

// args are the wishes as the table holds them; the kinds are rows of their own.
func (w Wishes) args(more db.Args) db.Args {
	out := db.Args{
		"phone": w.Phone, "complex": w.Complex, "languages": w.Languages, "days": list(w.Days), "car": w.Car, "wishes": w.Words, "speaks": list(w.Speaks),
		"youngest": w.Youngest, "oldest": w.Oldest, "postcode": w.Postcode, "travel": w.Travel,
	}
	maps.Copy(out, more)
	return out
}

// list writes codes as one text column keeps them.
func list(codes []string) string { return strings.Join(codes, ",") }

func codesOf(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}

func readProfile(t *db.Tx, q *db.Query, args db.Args) ([]Profile, error) {
	type row struct {
		Profile
		days, speaks string
	}
	rows, err := db.All(t, q, args, func(v *row) []any {
		return []any{
			&v.ID, &v.Account, &v.Name, &v.Email, &v.Wishes.Phone, &v.Municipality, &v.MunicipalityName, &v.Facility, &v.FacilityName,
			&v.Status, &v.StatusSince, &v.Capacity, &v.Wishes.Complex, &v.ComplexConfirmed, &v.Wishes.Languages, &v.days, &v.Wishes.Car, &v.Wishes.Words, &v.Version,
			&v.speaks, &v.Wishes.Youngest, &v.Wishes.Oldest, &v.Wishes.Postcode, &v.Wishes.Travel,
		}
	})
	out := make([]Profile, len(rows))
	for i, r := range rows {
		out[i] = r.Profile
		out[i].Wishes.Days, out[i].Wishes.Speaks = codesOf(r.days), codesOf(r.speaks)
	}
	return out, err
}

// line is a row of another table about a volunteer.
type line struct {
	id    core.VolunteerID
	code  string
	on    core.Date
	name  string
	c     Certificate
	count int
}

func lines(t *db.Tx, p pair, id core.VolunteerID, args db.Args, dest func(*line) []any) ([]line, error) {
	if id.IsZero() {
		return db.All(t, p.all, args, dest)
	}
	args["id"] = id
	return db.All(t, p.one, args, dest)
}

// complete adds to the profiles what other tables say: of one volunteer, or of every one of them if id is none. Families
// leaves out the family that is asked for, so that a second trajectory there takes no second place.
func complete(t *db.Tx, profiles []Profile, id core.VolunteerID, except core.DossierID) error {
	at := map[core.VolunteerID]*Profile{}
	for i := range profiles {
		at[profiles[i].ID] = &profiles[i]
	}
	for _, part := range []struct {
		pair pair
		args db.Args
		dest func(*line) []any
		add  func(*Profile, line)
	}{
		{kinds, db.Args{}, func(l *line) []any { return []any{&l.id, &l.code} },
			func(p *Profile, l line) { p.Wishes.Kinds = append(p.Wishes.Kinds, l.code) }},
		{courses, db.Args{}, func(l *line) []any { return []any{&l.id, &l.code, &l.on, &l.name, &l.count} },
			func(p *Profile, l line) { p.Courses = append(p.Courses, Course{l.code, l.on, l.name, l.count}) }},
		{certificates, db.Args{}, certificateColumns,
			func(p *Profile, l line) { p.Certificate = l.c }}, // the last counts longest
		{families, db.Args{"except": except}, func(l *line) []any { return []any{&l.id, &l.count} },
			func(p *Profile, l line) { p.Families = l.count }},
	} {
		found, err := lines(t, part.pair, id, part.args, part.dest)
		if err != nil {
			return err
		}
		for _, l := range found {
			if p := at[l.id]; p != nil {
				part.add(p, l)
			}
		}
	}
	return nil
}

func certificateColumns(l *line) []any {
	return []any{&l.id, &l.c.ID, &l.c.Profile, &l.c.Number, &l.c.IssuedOn, &l.c.RenewBefore, &l.c.SeenOn, &l.c.SeenBy}
}
