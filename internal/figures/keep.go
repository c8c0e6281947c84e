package figures

import (
	"slices"
	"strconv"
	"strings"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// What the figures count of a family stays when the family is erased (PRV-3): as counts, each on its own, that say neither whose
// they were nor which of them belong together. Days stay whole days, because a period may begin and end on any day.

// Keep keeps what the figures count of a dossier, before its rows go.
func Keep(t *db.Tx, id core.DossierID) error {
	k := keeping{t: t, dossier: id}
	for _, step := range []func() error{k.intakes, k.reasons, k.visits, k.trajectories, k.children, k.parents, k.helped, k.unmet} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// KeepReferral keeps what the figures count of a referral, before it goes.
func KeepReferral(t *db.Tx, id core.ID) error {
	r, err := db.One(t, qKeepReferral, db.Args{"referral": id}, func(r *asked) []any {
		return []any{&r.channel, &r.facility, &r.place, &r.coordinator, &r.at}
	})
	if err != nil {
		return err
	}
	k := keeping{t: t}
	if err := k.places(Referrals, r, "", r.at.Date()); err != nil {
		return err
	}
	return k.needs(qKeepReferralNeeds, db.Args{"referral": id})
}

// KeepVolunteer keeps when a volunteer helped families that are erased, before the volunteer goes too.
func KeepVolunteer(t *db.Tx, id core.VolunteerID) error {
	all, err := db.All(t, qKeepHelped, db.Args{"for_volunteer": id}, func(s *days) []any { return []any{&s.from, &s.until} })
	if err != nil || len(all) == 0 {
		return err
	}
	return keeping{t: t}.spans(Volunteers, "", all)
}

type keeping struct {
	t       *db.Tx
	dossier core.DossierID
}

func (k keeping) of() db.Args { return db.Args{"dossier": k.dossier} }

// fact is one line of counts.
type fact struct {
	figure, dim, code string
	place             core.ID
	part              string
	on                core.Date
	minutes, km       int64
}

func (k keeping) count(f fact) error {
	return db.Do(k.t, xKeepCount, db.Args{"figure": f.figure, "dim": f.dim, "code": f.code, "place": f.place.Int64(), "part": f.part,
		"day": f.on, "minutes": f.minutes, "km": f.km})
}

// asked is by which road, where and for whom something came.
type asked struct {
	id                           core.ID
	channel                      string
	facility, place, coordinator core.ID
	outcome                      string
	on                           core.Date
	at                           core.Instant
}

// places counts in the four dimensions of the funnel, each on its own.
func (k keeping) places(figure string, a asked, part string, on core.Date) error {
	for _, f := range []fact{
		{dim: dimChannel, code: a.channel}, {dim: dimFacility, place: a.facility}, {dim: dimPlace, place: a.place}, {dim: dimCoordinator, place: a.coordinator},
	} {
		f.figure, f.part, f.on = figure, part, on
		if err := k.count(f); err != nil {
			return err
		}
	}
	return nil
}

func (k keeping) intakes() error {
	all, err := db.All(k.t, qKeepIntakes, k.of(), func(a *asked) []any {
		return []any{&a.outcome, &a.on, &a.channel, &a.facility, &a.place, &a.coordinator}
	})
	for _, a := range all {
		if err == nil {
			err = k.places(Decided, a, a.outcome, a.on)
		}
	}
	return err
}

func (k keeping) reasons() error {
	all, err := db.All(k.t, qKeepReasons, k.of(), func(a *asked) []any { return []any{&a.id, &a.on, &a.channel} })
	had, on := map[core.ID]int{}, map[core.ID]core.Date{}
	for _, a := range all {
		on[a.id] = a.on
		if a.channel == "" || err != nil {
			continue
		}
		had[a.id]++
		err = k.count(fact{figure: Reasons, code: a.channel, on: a.on})
	}
	for id, day := range on {
		if err == nil {
			err = k.count(fact{figure: ReasonCount, code: strconv.Itoa(had[id]), on: day})
		}
	}
	return err
}

type came struct {
	kind        string
	at          core.Instant
	minutes, km int64
}

func (k keeping) visits() error {
	all, err := db.All(k.t, qKeepVisits, k.of(), func(v *came) []any { return []any{&v.kind, &v.at, &v.minutes, &v.km} })
	for _, v := range all {
		if err == nil {
			err = k.count(fact{figure: Visits, code: v.kind, on: v.at.Date(), minutes: v.minutes, km: v.km})
		}
	}
	return err
}

// days are from a first day to a last one; a last one that is not there has not come.
type days struct{ from, until core.Date }

// ran is one trajectory, or somebody in it.
type ran struct {
	id         core.ID
	kind, sex  string
	person     core.ID
	days       days
	waiting    core.Date
	firstVisit core.Instant
}

func (k keeping) trajectories() error {
	all, err := db.All(k.t, qKeepTrajectories, k.of(), func(r *ran) []any {
		return []any{&r.kind, &r.days.from, &r.days.until, &r.waiting, &r.firstVisit}
	})
	for _, r := range all {
		if err == nil {
			err = k.spans(Trajectories+"/"+dimKind, r.kind, []days{r.days})
		}
		if err == nil {
			err = k.times(r)
		}
	}
	return err
}

// times keeps what the medians are taken of.
func (k keeping) times(r ran) error {
	took := func(figure string, on, from, to core.Date) error {
		return k.count(fact{figure: figure, code: r.kind, part: strconv.Itoa(max(0, from.DaysUntil(to))), on: on})
	}
	if r.days.from.IsZero() {
		return nil
	}
	if !r.days.until.IsZero() {
		if err := took(Duration, r.days.until, r.days.from, r.days.until); err != nil {
			return err
		}
	}
	if !r.waiting.IsZero() {
		if err := took(Waiting, r.days.from, r.waiting, r.days.from); err != nil {
			return err
		}
	}
	if r.firstVisit.IsZero() {
		return nil
	}
	return took(ToFirstVisit, r.days.from, r.days.from, r.firstVisit.Date())
}

func (k keeping) children() error {
	all, err := db.All(k.t, qKeepChildren, k.of(), ranPerson)
	if err != nil {
		return err
	}
	return k.people(Children, all)
}

func (k keeping) parents() error {
	all, err := db.All(k.t, qKeepParents, k.of(), ranPerson)
	if err != nil {
		return err
	}
	if err := k.people(Parents, all); err != nil {
		return err
	}
	type one struct {
		id  core.ID
		sex string
	}
	done := map[one]bool{}
	for _, r := range all { // a trajectory counts once for each sex
		if done[one{r.id, r.sex}] {
			continue
		}
		done[one{r.id, r.sex}] = true
		if err := k.spans(Trajectories+"/"+dimSex, r.sex, []days{r.days}); err != nil {
			return err
		}
	}
	return nil
}

func ranPerson(r *ran) []any {
	return []any{&r.id, &r.person, &r.sex, &r.kind, &r.days.from, &r.days.until}
}

// people keeps, for each person, when they were in a trajectory of each kind, and when they were in any: a period counts
// each of them once.
func (k keeping) people(figure string, all []ran) error {
	type one struct {
		figure, code string
		person       core.ID
	}
	spans := map[one][]days{}
	for _, r := range all {
		for _, o := range []one{{figure + "/" + dimKind, r.kind, r.person}, {figure + "/" + dimSex, r.sex, r.person}} {
			spans[o] = append(spans[o], r.days)
		}
	}
	for o, s := range spans {
		if err := k.spans(o.figure, o.code, s); err != nil {
			return err
		}
	}
	return nil
}

func (k keeping) spans(figure, code string, all []days) error {
	text, first, last := written(all)
	return db.Do(k.t, xKeepSpans, db.Args{"figure": figure, "code": code, "spans": text, "first": first, "last": last})
}

func (k keeping) helped() error {
	all, err := db.All(k.t, qKeepMatches, k.of(), func(m *match) []any {
		return []any{&m.volunteer, &m.started, &m.introduced, &m.ended, &m.left}
	})
	for _, m := range all {
		if err == nil {
			s := m.days()
			err = db.Do(k.t, xKeepHelped, db.Args{"id": db.NewID[core.ID](k.t), "for_volunteer": m.volunteer, "from": s.from, "until": s.until.String()})
		}
	}
	return err
}

// match is when a trajectory ran and when its volunteer was there.
type match struct {
	volunteer                        core.VolunteerID
	started, introduced, ended, left core.Date
}

// days are those on which both were so.
func (m match) days() days {
	out := days{m.started, m.ended}
	if m.introduced.After(m.started) {
		out.from = m.introduced
	}
	if out.until.IsZero() || !m.left.IsZero() && m.left.Before(out.until) {
		out.until = m.left
	}
	return out
}

func (k keeping) unmet() error { return k.needs(qKeepNeeds, k.of()) }

func (k keeping) needs(q *db.Query, args db.Args) error {
	all, err := db.All(k.t, q, args, func(a *asked) []any { return []any{&a.channel, &a.place, &a.on} })
	for _, a := range all {
		if err == nil {
			err = k.count(fact{figure: "unmet_needs", dim: dimPlace, place: a.place, part: a.channel, on: a.on})
		}
	}
	return err
}

// written is how spans are kept: in order, so that two people with the same ones are the same line. first and last are the
// days outside which none of them counts; no last is open.
func written(all []days) (text string, first, last core.Date) {
	parts := make([]string, 0, len(all))
	open := false
	for i, s := range all {
		from, until := s.from, s.until
		if from.IsZero() {
			from = until
		}
		if i == 0 || from.Before(first) {
			first = from
		}
		if until.After(last) {
			last = until
		}
		open = open || until.IsZero()
		parts = append(parts, s.from.String()+"/"+s.until.String())
	}
	if open {
		last = core.Date{}
	}
	slices.Sort(parts)
	return strings.Join(slices.Compact(parts), " "), first, last
}

// countsIn says whether any of the spans counts in the period on the basis (FIG-1).
func countsIn(text, basis string, p Period) bool {
	for one := range strings.SplitSeq(text, " ") {
		from, until, _ := strings.Cut(one, "/")
		began := from != "" && from <= p.To.String()
		switch basis {
		case started:
			if began && from >= p.From.String() {
				return true
			}
		case running:
			if began && (until == "" || until >= p.From.String()) {
				return true
			}
		case ended:
			if until != "" && until >= p.From.String() && until <= p.To.String() {
				return true
			}
		}
	}
	return false
}

const whyKeep = "what the figures count is kept before a family's rows are erased; the program alone does so"

func keep(name, text string, p db.Probe) *db.Query {
	return db.CrossQ("figures.keep_"+name, authz.Erasing, whyKeep, text, p)
}

var (
	ofDossier = db.Probe{"dossier": db.Theirs("dossier")}

	qKeepReferral = keep("referral", `SELECT r.channel, COALESCE(r.facility_id, 0), COALESCE(r.municipality_id, 0), COALESCE(r.coordinator_id, 0), r.received_at
		FROM referral r WHERE r.id = :referral`, db.Probe{"referral": db.Theirs("referral")})
	qKeepReferralNeeds = keep("referral_needs", `SELECT u.kind, COALESCE(u.municipality_id, 0), u.noted_on FROM referral_unmet_need u WHERE u.referral_id = :referral`,
		db.Probe{"referral": db.Theirs("referral")})
	qKeepIntakes = keep("intakes", `SELECT i.outcome, i.decided_on, COALESCE(r.channel, ''), COALESCE(r.facility_id, 0), COALESCE(d.municipality_id, 0), COALESCE(i.coordinator_id, 0)
		FROM dossier d JOIN intake i ON i.dossier_id = d.id LEFT JOIN referral r ON r.id = i.referral_id
		WHERE d.id = :dossier AND i.outcome <> '' AND i.decided_on IS NOT NULL`, ofDossier)
	qKeepReasons = keep("reasons", `SELECT i.id, i.decided_on, COALESCE(s.reason, '') FROM intake i LEFT JOIN intake_reason s ON s.intake_id = i.id
		WHERE i.dossier_id = :dossier AND i.decided_on IS NOT NULL`+notStarted, ofDossier)
	qKeepVisits = keep("visits", `SELECT t.kind, v.held_at, v.minutes, v.km FROM visit v JOIN trajectory t ON t.id = v.trajectory_id
		WHERE v.dossier_id = :dossier AND v.state = 'held' AND v.held_at IS NOT NULL`, ofDossier)
	qKeepTrajectories = keep("trajectories", `SELECT t.kind, t.start_on, t.ended_on, COALESCE(SUBSTR(t.waiting_since, 1, 10), i.decided_on),
			(SELECT MIN(v.held_at) FROM visit v WHERE v.trajectory_id = t.id AND v.state = 'held')
		FROM trajectory t LEFT JOIN intake i ON i.id = t.intake_id WHERE t.dossier_id = :dossier AND (t.start_on IS NOT NULL OR t.ended_on IS NOT NULL)`, ofDossier)
	qKeepChildren = keep("children", `SELECT t.id, p.id, p.sex, t.kind, t.start_on, t.ended_on FROM trajectory t`+supported+`
		WHERE t.dossier_id = :dossier AND (t.start_on IS NOT NULL OR t.ended_on IS NOT NULL)`, ofDossier)
	qKeepParents = keep("parents", `SELECT DISTINCT t.id, p.id, p.sex, t.kind, t.start_on, t.ended_on FROM trajectory t`+detained+`
		WHERE t.dossier_id = :dossier AND (t.start_on IS NOT NULL OR t.ended_on IS NOT NULL)`, ofDossier)
	qKeepMatches = keep("matches", `SELECT m.volunteer_id, t.start_on, m.introduced_on, t.ended_on, m.ended_on FROM trajectory t JOIN volunteer_match m ON m.trajectory_id = t.id
		WHERE t.dossier_id = :dossier AND m.declined_at IS NULL AND t.start_on IS NOT NULL AND m.introduced_on IS NOT NULL`, ofDossier)
	qKeepHelped = keep("helped", `SELECT h.from_on, h.until_on FROM helped h WHERE h.volunteer_id = :for_volunteer`, db.Probe{"for_volunteer": db.Theirs("volunteer")})
	qKeepNeeds  = keep("needs", `SELECT u.kind, COALESCE(u.municipality_id, 0), u.noted_on FROM unmet_need u WHERE u.dossier_id = :dossier`, ofDossier)

	xKeepCount = db.X("figures.keep_count", authz.Erasing, `INSERT INTO fact_count (figure, dim, code, place, part, day, n, minutes, km)
		VALUES (:figure, :dim, :code, :place, :part, :day, 1, :minutes, :km)
		ON CONFLICT (figure, dim, day, code, place, part) DO UPDATE SET n = fact_count.n + 1, minutes = fact_count.minutes + excluded.minutes, km = fact_count.km + excluded.km`,
		db.Probe{"figure": "", "dim": "", "code": "", "place": 0, "part": "", "day": "2026-01-01", "minutes": 0, "km": 0}).Quiet("counts of nobody")
	xKeepSpans = db.X("figures.keep_spans", authz.Erasing, `INSERT INTO fact_spans (figure, code, spans, first_on, last_on, n)
		VALUES (:figure, :code, :spans, COALESCE(CAST(:first AS TEXT), ''), COALESCE(CAST(:last AS TEXT), ''), 1) ON CONFLICT (figure, code, spans) DO UPDATE SET n = fact_spans.n + 1`,
		db.Probe{"figure": "", "code": "", "spans": "", "first": "", "last": ""}).Quiet("counts of nobody")
	xKeepHelped = db.CrossX("figures.keep_when_helped", authz.Erasing, whyKeep, `INSERT INTO helped (id, volunteer_id, from_on, until_on) VALUES (:id, :for_volunteer, :from, :until)`,
		db.Probe{"id": db.Ours("helped_made"), "for_volunteer": db.Theirs("volunteer"), "from": "2026-01-01", "until": ""}).Quiet("when somebody helped stood in the erased file already")
)
