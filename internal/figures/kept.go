package figures

import (
	"strconv"

	"maatje/internal/authz"
	"maatje/internal/db"
)

// What was kept of families that are erased counts with what is there, in every figure.

func kept(name, text string) *db.Query {
	return db.Q("figures.kept_"+name, authz.Figures, text, keptProbe)
}

var keptProbe = db.Probe{"figure": "", "from": "2026-01-01", "to": "2026-12-31"}

const keptIn = ` WHERE f.figure = :figure AND f.day >= :from AND f.day <= :to`

var (
	qKept = map[string]*db.Query{
		dimChannel: kept("by_channel", `SELECT f.code, f.part, SUM(f.n) FROM fact_count f`+keptIn+` AND f.dim = 'channel' GROUP BY f.code, f.part`),
		dimFacility: kept("by_facility", `SELECT COALESCE(p.name, ''), f.part, SUM(f.n) FROM fact_count f LEFT JOIN facility p ON p.id = f.place`+keptIn+
			` AND f.dim = 'facility' GROUP BY COALESCE(p.name, ''), f.part`),
		dimPlace: kept("by_municipality", `SELECT COALESCE(p.name, ''), f.part, SUM(f.n) FROM fact_count f LEFT JOIN municipality p ON p.id = f.place`+keptIn+
			` AND f.dim = 'municipality' GROUP BY COALESCE(p.name, ''), f.part`),
		dimCoordinator: kept("by_coordinator", `SELECT COALESCE(p.name, ''), f.part, SUM(f.n) FROM fact_count f LEFT JOIN account p ON p.id = f.place`+keptIn+
			` AND f.dim = 'coordinator' GROUP BY COALESCE(p.name, ''), f.part`),
	}
	qKeptCodes = kept("codes", `SELECT f.code, f.part, SUM(f.n), SUM(f.minutes), SUM(f.km) FROM fact_count f`+keptIn+` AND f.dim = '' GROUP BY f.code, f.part`)
	qKeptSpans = db.Q("figures.kept_spans", authz.Figures, `SELECT f.figure, f.code, f.spans, f.n FROM fact_spans f
		WHERE f.first_on <= :to AND (f.last_on >= :from OR f.last_on = '')`, db.Probe{"from": "2026-01-01", "to": "2026-12-31"})
)

// keptArgs are the period's days.
func (c counting) keptArgs(figure string) db.Args {
	return db.Args{"figure": figure, "from": c.p.From, "to": c.p.To}
}

// keptGroups are the counts of a figure of the funnel in one dimension.
func (c counting) keptGroups(figure, dim string) ([]group, error) {
	return db.All(c.t, qKept[dim], c.keptArgs(figure), func(g *group) []any { return []any{&g.code, &g.outcome, &g.n} })
}

// keptCode is a count under a code; part is a number of days for what a median is taken of.
type keptCode struct {
	code, part     string
	n, minutes, km float64
}

func (c counting) keptCodes(figure string) ([]keptCode, error) {
	return db.All(c.t, qKeptCodes, c.keptArgs(figure), func(k *keptCode) []any { return []any{&k.code, &k.part, &k.n, &k.minutes, &k.km} })
}

// keptDays adds the times of erased trajectories, by kind.
func (c counting) keptDays(figure string, into map[string][]int) error {
	all, err := c.keptCodes(figure)
	for _, k := range all {
		took, wrong := strconv.Atoi(k.part)
		if wrong != nil {
			return wrong
		}
		for range int(k.n) {
			into[k.code] = append(into[k.code], took)
		}
	}
	return err
}

// keptSpans is how many had the same spans of days.
type keptSpans struct {
	figure, code, spans string
	n                   float64
}

func (c counting) readSpans() ([]keptSpans, error) {
	return db.All(c.t, qKeptSpans, c.days(), func(s *keptSpans) []any { return []any{&s.figure, &s.code, &s.spans, &s.n} })
}

// addSpans adds those of a figure that count on the basis.
func addSpans(all []keptSpans, figure, basis string, p Period, into map[string]float64) {
	for _, s := range all {
		if s.figure == figure && countsIn(s.spans, basis, p) {
			into[known(s.code)] += s.n
		}
	}
}
