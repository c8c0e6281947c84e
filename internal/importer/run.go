package importer

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

const (
	batchSize     = 250  // records in one transaction
	progressEvery = 2000 // lines
	longLine      = "the line is longer than a megabyte; only its beginning is here"
)

// run is one import on its way.
type run struct {
	db       *db.DB
	source   *source
	progress func(Progress)
	places   *places

	kinds   []byte                      // of each line: its pass, or what to leave alone
	first   map[[16]byte]firstSeen      // where each key stood first, with what
	failed  map[int]string              // line: why
	touched map[core.DossierID]struct{} // families whose state is to be settled
	ignored map[string]bool
	counts  map[string]*Count
	report  Report
	done    int
}

type firstSeen struct {
	line int
	hash string
}

const leave = 0xff // a line that has had its turn

func newRun(d *db.DB, s *source, progress func(Progress)) *run {
	return &run{db: d, source: s, progress: progress, places: newPlaces(d), first: map[[16]byte]firstSeen{}, failed: map[int]string{},
		touched: map[core.DossierID]struct{}{}, ignored: map[string]bool{}, counts: map[string]*Count{}}
}

var system = authz.System("import")

// all looks at every line, brings in pass after pass, and settles where each family stands.
func (r *run) all(ctx context.Context) error {
	if err := r.look(); err != nil {
		return err
	}
	for i := range passes {
		if err := r.pass(ctx, byte(i)); err != nil {
			return err
		}
	}
	if err := r.settle(ctx); err != nil {
		return err
	}
	r.progress(Progress{Done: r.report.Lines, Total: r.report.Lines, Failed: len(r.failed)})
	r.tell()
	return nil
}

// look reads every line once and judges what can be judged of it alone.
func (r *run) look() error {
	return r.source.lines(func(n int, line []byte, long bool) error {
		for len(r.kinds) < n {
			r.kinds = append(r.kinds, leave)
		}
		r.report.Lines++
		if long {
			r.failed[n] = longLine
			return nil
		}
		p := parseLine(line, r.db.Now())
		for _, f := range p.ignored {
			if len(r.ignored) < 50 {
				r.ignored[p.kind+"."+strings.Trim(f, `"`)] = true
			}
		}
		if len(p.wrong) > 0 {
			r.failed[n] = strings.Join(p.wrong, "; ")
			return nil
		}
		r.place(n, p)
		return nil
	})
}

// place gives a line its pass. A key that stood before is no mistake when it says the same.
func (r *run) place(n int, p parsed) {
	id := keyHash(p.kind, p.key)
	before, twice := r.first[id]
	switch {
	case !twice:
		r.first[id] = firstSeen{n, p.hash}
		r.kinds[n-1] = byte(slices.IndexFunc(passes, func(kinds []string) bool { return slices.Contains(kinds, p.kind) }))
	case before.hash != p.hash:
		r.failed[n] = fmt.Sprintf("key: %s %.40q stands on line %d already, and says something else there", p.kind, p.key, before.line)
	default:
		r.count(p.kind).Same++
	}
}

func keyHash(kind, key string) [16]byte {
	sum := sha256.Sum256([]byte(kind + "\x00" + key))
	return [16]byte(sum[:16])
}

// pass brings in the lines of one pass, a batch at a time.
func (r *run) pass(ctx context.Context, pass byte) error {
	var batch []record
	err := r.source.lines(func(n int, line []byte, _ bool) error {
		if n > len(r.kinds) || r.kinds[n-1] != pass {
			return nil
		}
		p := parseLine(line, r.db.Now())
		p.line = n
		batch = append(batch, p.record)
		if len(batch) < batchSize {
			return nil
		}
		defer func() { batch = batch[:0] }()
		return r.bring(ctx, batch)
	})
	if err != nil {
		return err
	}
	return r.bring(ctx, batch)
}

// result is what became of a record.
type result struct {
	what    string // added, changed, same; or empty when it failed
	reason  string
	dossier core.DossierID
}

// bring stores a batch in one transaction. What cannot be stored is found before anything of it is written; if the
// database itself refuses something, each record gets a transaction of its own, so that only the guilty one stays out.
func (r *run) bring(ctx context.Context, batch []record) error {
	if len(batch) == 0 {
		return nil
	}
	if err := r.places.know(ctx, batch); err != nil {
		return err
	}
	results, err := r.store(ctx, batch)
	switch {
	case err == nil:
		r.note(batch, results)
		return nil
	case ctx.Err() != nil || core.IsKind(err, core.KindBusy):
		return fmt.Errorf("stopped after line %d; what came in stays, and the same file can be imported again: %w", batch[0].line, err)
	case len(batch) == 1:
		r.note(batch, []result{{reason: "it could not be kept: " + err.Error()}})
		return nil
	}
	for i := range batch {
		if err := r.bring(ctx, batch[i:i+1]); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) store(ctx context.Context, batch []record) (results []result, err error) {
	err = r.db.Write(ctx, system, func(t *db.Tx) error {
		results = results[:0] // it may run again
		for _, rec := range batch {
			res, err := r.one(t, rec)
			if refused, ok := errors.AsType[*refusal](err); ok {
				res, err = result{reason: refused.why}, nil
			}
			if err != nil {
				return err
			}
			results = append(results, res)
		}
		return nil
	})
	return results, err
}

func (r *run) note(batch []record, results []result) {
	for i, res := range results {
		c := r.count(batch[i].kind)
		switch res.what {
		case "added":
			c.Added++
		case "changed":
			c.Changed++
		case "same":
			c.Same++
		default:
			r.failed[batch[i].line] = res.reason
		}
		if !res.dossier.IsZero() {
			r.touched[res.dossier] = struct{}{}
		}
	}
	before := r.done / progressEvery
	if r.done += len(batch); r.done/progressEvery != before {
		r.progress(Progress{Done: r.done, Total: r.report.Lines, Failed: len(r.failed)})
	}
}

func (r *run) count(kind string) *Count {
	if r.counts[kind] == nil {
		r.counts[kind] = &Count{Kind: kind}
	}
	return r.counts[kind]
}

// tell fills the report.
func (r *run) tell() {
	for _, kinds := range passes {
		for _, k := range kinds {
			if c := r.counts[k]; c != nil {
				r.report.Counts = append(r.report.Counts, *c)
			}
		}
	}
	r.report.Failed = len(r.failed)
	r.report.Ignored = slices.Sorted(maps.Keys(r.ignored))
}

func (r *run) failures() []Failure {
	var out []Failure
	for _, n := range slices.Sorted(maps.Keys(r.failed)) {
		out = append(out, Failure{n, r.failed[n]})
	}
	return out
}

// refusal is a record that refers to something that is not there.
type refusal struct{ why string }

func (r *refusal) Error() string { return r.why }

func refuse(format string, values ...any) error { return &refusal{fmt.Sprintf(format, values...)} }
