package figures

import (
	"context"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// Service counts.
type Service struct{ db *db.DB }

// NewService makes the service.
func NewService(d *db.DB) *Service { return &Service{d} }

// Of counts a period on one snapshot of the data.
func (s *Service) Of(ctx context.Context, a authz.Actor, p Period) ([]Cell, error) {
	if !a.May(authz.Figures, authz.Read) {
		return nil, core.NotFound()
	}
	if p.From.IsZero() || p.To.Before(p.From) {
		return nil, core.Invalid("to", "figures_period", p.From)
	}
	var out sheet
	err := s.db.Read(ctx, a, func(t *db.Tx) error {
		out = sheet{}
		c := counting{t, p, &out}
		for _, step := range []func() error{c.referrals, c.intakes, c.nonStarts, c.perBasis, c.volunteers, c.visits, c.times} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	return together(out.cells), err
}

// counting is one period being counted.
type counting struct {
	t   *db.Tx
	p   Period
	out *sheet
}

func (c counting) days() db.Args { return db.Args{"from": c.p.From, "to": c.p.To} }

// moments are the period for instants: up to the first moment after it.
func (c counting) moments() db.Args {
	return db.Args{"from": midnight(c.p.From), "to": midnight(c.p.To.AddDays(1))}
}

func midnight(d core.Date) core.Instant {
	return core.At(time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, core.Amsterdam))
}

type group struct {
	code, outcome string
	n             float64
}

// grouped reads code and number; what has no code is unknown.
func (c counting) grouped(q *db.Query, args db.Args) (map[string]float64, error) {
	rows, err := db.All(c.t, q, args, func(g *group) []any { return []any{&g.code, &g.n} })
	out := map[string]float64{}
	for _, g := range rows {
		out[known(g.code)] += g.n
	}
	return out, err
}

// withKept is grouped, with what was kept of erased families.
func (c counting) withKept(q *db.Query, figure string) (map[string]float64, error) {
	out, err := c.grouped(q, c.days())
	if err != nil {
		return nil, err
	}
	gone, err := c.keptCodes(figure)
	for _, k := range gone {
		out[known(k.code)] += k.n
	}
	return out, err
}

func known(code string) string {
	if code == "" {
		return unknown
	}
	return code
}

func (c counting) referrals() error {
	var whole Cell
	for i, dim := range []string{dimChannel, dimFacility, dimPlace, dimCoordinator} {
		n, err := c.grouped(qReferrals[dim], c.moments())
		if err != nil {
			return err
		}
		gone, err := c.keptGroups(Referrals, dim)
		if err != nil {
			return err
		}
		for _, g := range gone {
			n[known(g.code)] += g.n
		}
		if i == 0 {
			whole = c.out.total(Referrals, unitReferral, received, sum(n))
		}
		c.out.parts(whole, dim, n)
	}
	return nil
}

// intakes counts decisions. To keep an intake open is no decision to start or not, and counts beside them.
func (c counting) intakes() error {
	for i, dim := range []string{dimChannel, dimFacility, dimPlace, dimCoordinator} {
		rows, err := db.All(c.t, qIntakes[dim], c.days(), func(g *group) []any { return []any{&g.code, &g.outcome, &g.n} })
		if err != nil {
			return err
		}
		gone, err := c.keptGroups(Decided, dim)
		if err != nil {
			return err
		}
		rows = append(rows, gone...)
		start, not, open := map[string]float64{}, map[string]float64{}, map[string]float64{}
		for _, g := range rows {
			switch g.outcome {
			case "start":
				start[known(g.code)] += g.n
			case "keep_open":
				open[known(g.code)] += g.n
			default:
				not[known(g.code)] += g.n
			}
		}
		if i == 0 {
			c.decisions(map[string]string{}, sum(start), sum(not))
			c.out.put(KeptOpen, unitIntake, decided, sum(open), map[string]string{})
		}
		all := map[string]float64{}
		for code, n := range start {
			all[code] += n
		}
		for code, n := range not {
			all[code] += n
		}
		for _, code := range byValue(all) {
			c.decisions(map[string]string{dim: code}, start[code], not[code])
		}
	}
	return nil
}

// decisions adds decided, started and not started of one part, the last two with their share of the first.
func (c counting) decisions(by map[string]string, start, not float64) {
	all := Cell{Figure: Decided, Unit: unitIntake, Basis: decided, By: by, Value: start + not}
	c.out.cells = append(c.out.cells, all)
	c.out.share(Cell{Figure: Started, Unit: unitIntake, Basis: decided, By: by, Value: start}, all)
	c.out.share(Cell{Figure: NotStarted, Unit: unitIntake, Basis: decided, By: by, Value: not}, all)
}

// nonStarts is FIG-2's second half: how many had one, two or three reasons, and how often each reason was named.
func (c counting) nonStarts() error {
	not, _ := Find(c.out.cells, NotStarted, decided)
	counts, err := c.withKept(qReasonCount, ReasonCount)
	if err != nil {
		return err
	}
	for _, n := range []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"} {
		if v, ok := counts[n]; ok || n == "1" || n == "2" || n == "3" {
			c.out.share(Cell{Figure: ReasonCount, Unit: unitIntake, Basis: decided, By: map[string]string{dimReasonCount: n}, Value: v}, not)
		}
	}
	reasons, err := c.withKept(qReasons, Reasons)
	for _, code := range byValue(reasons) {
		c.out.share(Cell{Figure: Reasons, Unit: unitMention, Basis: decided, By: map[string]string{dimReason: code}, Value: reasons[code]}, not)
	}
	return err
}

// perBasis is FIG-3: trajectories, children and detained parents, on each basis.
func (c counting) perBasis() error {
	gone, err := c.readSpans()
	if err != nil {
		return err
	}
	for _, q := range qBases {
		for _, f := range []struct {
			figure, unit string
			byKind       *db.Query
			bySex        *db.Query
			totalOf      *db.Query // of which the parts are the whole: nobody is in two of them
		}{
			{Trajectories, unitTrajectory, q.kinds, q.sexes, q.kinds},
			{Children, unitChild, q.childKinds, q.childSexes, q.childSexes},
			{Parents, unitParent, q.parentKinds, q.parentSexes, q.parentSexes},
		} {
			kinds, err := c.grouped(f.byKind, c.days())
			if err != nil {
				return err
			}
			sexes, err := c.grouped(f.bySex, c.days())
			if err != nil {
				return err
			}
			addSpans(gone, f.figure+"/"+dimKind, q.name, c.p, kinds)
			addSpans(gone, f.figure+"/"+dimSex, q.name, c.p, sexes)
			total := sum(kinds)
			if f.totalOf == f.bySex {
				total = sum(sexes)
			}
			whole := c.out.total(f.figure, f.unit, q.name, total)
			c.out.parts(whole, dimKind, kinds)
			c.out.parts(whole, dimSex, sexes)
		}
	}
	return nil
}

func (c counting) volunteers() error {
	n, err := db.Count(c.t, qVolunteers, c.days())
	if err != nil {
		return err
	}
	gone, err := c.readSpans()
	erased := map[string]float64{}
	addSpans(gone, Volunteers, running, c.p, erased)
	c.out.total(Volunteers, unitVolunteer, running, float64(n)+sum(erased))
	return err
}

type visited struct {
	kind              string
	n, minutes, drove float64
}

func (c counting) visits() error {
	rows, err := db.All(c.t, qVisits, c.moments(), func(v *visited) []any { return []any{&v.kind, &v.n, &v.minutes, &v.drove} })
	if err != nil {
		return err
	}
	n, hours, km := map[string]float64{}, map[string]float64{}, map[string]float64{}
	for _, v := range rows {
		n[v.kind], hours[v.kind], km[v.kind] = v.n, v.minutes, v.drove
	}
	gone, err := c.keptCodes(Visits)
	if err != nil {
		return err
	}
	for _, k := range gone {
		n[k.code], hours[k.code], km[k.code] = n[k.code]+k.n, hours[k.code]+k.minutes, km[k.code]+k.km
	}
	for _, f := range []struct {
		figure, unit string
		n            map[string]float64
		per          float64
	}{{Visits, unitVisit, n, 1}, {Hours, unitHour, hours, 60}, {Km, unitKm, km, 1}} {
		whole := c.out.total(f.figure, f.unit, held, tenth(sum(f.n)/f.per))
		for code := range f.n {
			f.n[code] = tenth(f.n[code] / f.per)
		}
		c.out.parts(whole, dimKind, f.n)
	}
	return nil
}

type span struct {
	kind     string
	from, to core.Date
	at       core.Instant
}

// times are the medians: how long it took, how long families waited, how soon somebody came.
func (c counting) times() error {
	for _, f := range []struct {
		figure, basis string
		q             *db.Query
		columns       func(*span) []any
	}{
		{Duration, ended, qDurations, func(s *span) []any { return []any{&s.kind, &s.from, &s.to} }},
		{Waiting, started, qWaiting, func(s *span) []any { return []any{&s.kind, &s.from, &s.to} }},
		{ToFirstVisit, started, qFirstVisit, func(s *span) []any { return []any{&s.kind, &s.from, &s.at} }},
	} {
		rows, err := db.All(c.t, f.q, c.days(), f.columns)
		if err != nil {
			return err
		}
		days := map[string][]int{}
		for _, r := range rows {
			if !r.at.IsZero() {
				r.to = r.at.Date()
			}
			if !r.to.IsZero() {
				days[r.kind] = append(days[r.kind], max(0, r.from.DaysUntil(r.to)))
			}
		}
		if err := c.keptDays(f.figure, days); err != nil {
			return err
		}
		c.out.medians(f.figure, f.basis, days)
	}
	return nil
}
