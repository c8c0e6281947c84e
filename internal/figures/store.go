package figures

import (
	"maatje/internal/authz"
	"maatje/internal/db"
)

const why = "counts only: it returns how many, per code or place, and names no family"

var year = db.Probe{"from": "2026-01-01", "to": "2026-12-31"}

func count(name, text string) *db.Query {
	return db.CrossQ("figures."+name, authz.Figures, why, text, year)
}

// The three bases of a trajectory t (FIG-1).
var bases = []struct{ name, is string }{
	{started, `t.start_on >= :from AND t.start_on <= :to`},
	{running, `t.start_on <= :to AND (t.ended_on IS NULL OR t.ended_on >= :from)`},
	{ended, `t.ended_on >= :from AND t.ended_on <= :to`},
}

// Instants lie in the period from its first moment up to the one after its last; both come in as arguments.
const (
	receivedIn = ` WHERE r.received_at >= :from AND r.received_at < :to`
	heldIn     = ` WHERE v.held_at >= :from AND v.held_at < :to AND v.state = 'held'`
	decidedIn  = ` WHERE i.decided_on >= :from AND i.decided_on <= :to AND i.outcome <> ''`
	notStarted = ` AND i.outcome IN ('no_start', 'other_help')`
)

var (
	qReferrals = map[string]*db.Query{
		dimChannel: count("referrals_by_channel", `SELECT r.channel, COUNT(*) FROM referral r`+receivedIn+` GROUP BY r.channel`),
		dimFacility: count("referrals_by_facility", `SELECT COALESCE(f.name, ''), COUNT(*) FROM referral r LEFT JOIN facility f ON f.id = r.facility_id`+receivedIn+
			` GROUP BY COALESCE(f.name, '')`),
		dimPlace: count("referrals_by_municipality", `SELECT COALESCE(m.name, ''), COUNT(*) FROM referral r LEFT JOIN municipality m ON m.id = r.municipality_id`+receivedIn+
			` GROUP BY COALESCE(m.name, '')`),
		dimCoordinator: count("referrals_by_coordinator", `SELECT COALESCE(a.name, ''), COUNT(*) FROM referral r LEFT JOIN account a ON a.id = r.coordinator_id`+receivedIn+
			` GROUP BY COALESCE(a.name, '')`),
	}

	qIntakes = map[string]*db.Query{
		dimChannel: count("intakes_by_channel", `SELECT COALESCE(r.channel, ''), i.outcome, COUNT(*) FROM intake i LEFT JOIN referral r ON r.id = i.referral_id`+decidedIn+
			` GROUP BY COALESCE(r.channel, ''), i.outcome`),
		dimFacility: count("intakes_by_facility", `SELECT COALESCE(f.name, ''), i.outcome, COUNT(*) FROM intake i LEFT JOIN referral r ON r.id = i.referral_id
			LEFT JOIN facility f ON f.id = r.facility_id`+decidedIn+` GROUP BY COALESCE(f.name, ''), i.outcome`),
		dimPlace: count("intakes_by_municipality", `SELECT COALESCE(m.name, ''), i.outcome, COUNT(*) FROM intake i JOIN dossier d ON d.id = i.dossier_id
			LEFT JOIN municipality m ON m.id = d.municipality_id`+decidedIn+` GROUP BY COALESCE(m.name, ''), i.outcome`),
		dimCoordinator: count("intakes_by_coordinator", `SELECT COALESCE(a.name, ''), i.outcome, COUNT(*) FROM intake i LEFT JOIN account a ON a.id = i.coordinator_id`+decidedIn+
			` GROUP BY COALESCE(a.name, ''), i.outcome`),
	}

	qReasonCount = count("non_starts_by_reason_count", `SELECT CAST(x.n AS TEXT), COUNT(*) FROM (SELECT i.id, COUNT(s.reason) AS n FROM intake i
		LEFT JOIN intake_reason s ON s.intake_id = i.id`+decidedIn+notStarted+` GROUP BY i.id) x GROUP BY x.n`)
	qReasons = count("non_start_reasons", `SELECT s.reason, COUNT(*) FROM intake i JOIN intake_reason s ON s.intake_id = i.id`+decidedIn+notStarted+` GROUP BY s.reason`)

	qVisits = count("visits_by_kind", `SELECT t.kind, SUM(x.n), SUM(x.minutes), SUM(x.km) FROM (SELECT v.trajectory_id, COUNT(*) AS n, SUM(v.minutes) AS minutes, SUM(v.km) AS km
		FROM visit v`+heldIn+` GROUP BY v.trajectory_id) x JOIN trajectory t ON t.id = x.trajectory_id GROUP BY t.kind`)
	qDurations = count("durations", `SELECT t.kind, t.start_on, t.ended_on FROM trajectory t WHERE t.ended_on >= :from AND t.ended_on <= :to AND t.start_on IS NOT NULL`)
	qWaiting   = count("waiting", `SELECT t.kind, COALESCE(SUBSTR(t.waiting_since, 1, 10), i.decided_on), t.start_on FROM trajectory t LEFT JOIN intake i ON i.id = t.intake_id
		WHERE t.start_on >= :from AND t.start_on <= :to AND COALESCE(t.waiting_since, i.decided_on) IS NOT NULL`)
	qFirstVisit = count("first_visit", `SELECT t.kind, t.start_on, (SELECT MIN(v.held_at) FROM visit v WHERE v.trajectory_id = t.id AND v.state = 'held')
		FROM trajectory t WHERE t.start_on >= :from AND t.start_on <= :to`)
	qVolunteers = count("volunteers", `SELECT COUNT(*) FROM (SELECT m.volunteer_id FROM trajectory t JOIN volunteer_match m ON m.trajectory_id = t.id
		WHERE t.start_on <= :to AND (t.ended_on IS NULL OR t.ended_on >= :from) AND m.declined_at IS NULL
			AND m.introduced_on <= :to AND (m.ended_on IS NULL OR m.ended_on >= :from)
		UNION SELECT h.volunteer_id FROM helped h WHERE h.from_on <= :to AND (h.until_on = '' OR h.until_on >= :from)) x`)
)

// perBasis are the counts that are taken once for each basis.
type perBasis struct {
	name                     string
	kinds, sexes             *db.Query // trajectories: by kind; by sex of the detained parent
	childKinds, childSexes   *db.Query
	parentKinds, parentSexes *db.Query
}

// detained joins the parents a trajectory is about: the detained ones it names, or those of the family if it names none.
const detained = ` JOIN detention x ON x.dossier_id = t.dossier_id JOIN person p ON p.id = x.parent_id
	AND (EXISTS (SELECT 1 FROM trajectory_person n WHERE n.trajectory_id = t.id AND n.person_id = p.id)
		OR NOT EXISTS (SELECT 1 FROM detention y JOIN trajectory_person n ON n.person_id = y.parent_id WHERE y.dossier_id = t.dossier_id AND n.trajectory_id = t.id))`

const supported = ` JOIN trajectory_person n ON n.trajectory_id = t.id JOIN person p ON p.id = n.person_id AND p.is_child`

var qBases = func() []perBasis {
	var out []perBasis
	for _, b := range bases {
		where := ` FROM trajectory t WHERE ` + b.is
		with := func(join string) string { return ` FROM trajectory t` + join + ` WHERE ` + b.is }
		out = append(out, perBasis{
			name:        b.name,
			kinds:       count("trajectories_"+b.name+"_by_kind", `SELECT t.kind, COUNT(*)`+where+` GROUP BY t.kind`),
			sexes:       count("trajectories_"+b.name+"_by_sex", `SELECT p.sex, COUNT(DISTINCT t.id)`+with(detained)+` GROUP BY p.sex`),
			childKinds:  count("children_"+b.name+"_by_kind", `SELECT t.kind, COUNT(DISTINCT p.id)`+with(supported)+` GROUP BY t.kind`),
			childSexes:  count("children_"+b.name+"_by_sex", `SELECT p.sex, COUNT(DISTINCT p.id)`+with(supported)+` GROUP BY p.sex`),
			parentKinds: count("parents_"+b.name+"_by_kind", `SELECT t.kind, COUNT(DISTINCT p.id)`+with(detained)+` GROUP BY t.kind`),
			parentSexes: count("parents_"+b.name+"_by_sex", `SELECT p.sex, COUNT(DISTINCT p.id)`+with(detained)+` GROUP BY p.sex`),
		})
	}
	return out
}()
