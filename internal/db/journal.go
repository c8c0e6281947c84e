package db

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/journal"
)

// trail collects what a transaction touched. Queries leave it by themselves; nobody has to remember.
type trail struct{ marks []mark }

type mark struct {
	query   *Query
	action  string
	dossier int64
	row     int64
	ground  ground
}

// looked notes that somebody's rows were read. What found nothing read nothing; but that somebody searched, printed or
// exported is noted also when nothing was found, and then nothing of anybody stands in the entry.
func (t *Tx) looked(q *Query, args Args, found bool) error {
	use := string(t.actor.Origin().Use)
	if !q.leavesEntry(use != "") || !found && use == "" {
		return nil
	}
	if !found {
		t.trail.add(mark{query: q, action: use, ground: ground{rule: q.scope(t.actor).Via()}})
		return nil
	}
	m, err := t.mark(q, "read", args)
	if use != "" {
		m.action = use
	} else if m.dossier == 0 && m.row == 0 {
		m.action = "list"
	}
	t.trail.add(m)
	return err
}

// leavesEntry says whether reading it is on record: always what is somebody's, and what leaves the house also when it is
// counts, accounts or the register of breaches.
func (q *Query) leavesEntry(used bool) bool {
	switch root := q.section.Root(); {
	case q.quiet != "" || root == authz.TaskRoot:
		return false
	case root == authz.NoRoot:
		return used && slices.Contains([]authz.Section{authz.Figures, authz.Accounts, authz.OwnAccount, authz.Breaches}, q.section)
	}
	return true
}

func (t *trail) add(m mark) {
	if !slices.Contains(t.marks, m) {
		t.marks = append(t.marks, m)
	}
}

func (t *Tx) mark(q *Query, action string, args Args) (m mark, err error) {
	m = mark{query: q, action: action, dossier: idArg(args, "dossier"), row: idArg(args, "id")}
	if root := q.section.Root(); m.row == 0 && root != authz.NoRoot && root != authz.DossierRoot {
		m.row = idArg(args, root.Name())
	}
	if m.dossier == 0 && q.subject.lookup != "" {
		row := idArg(args, q.subject.param)
		if m.row == 0 {
			m.row = row
		}
		if m.dossier, err = t.dossierOf(q.subject.lookup, row); err != nil {
			return m, err
		}
	}
	m.ground, err = t.groundOf(q, m.dossier)
	return m, err
}

// dossierOf finds whose row it is, so that a page about one visit stands in the log of its family.
func (t *Tx) dossierOf(lookup string, row int64) (dossier int64, err error) {
	err = t.sql.QueryRowContext(t.ctx, number(lookup, t.db.engine.kind).sql, row).Scan(&dossier)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return dossier, err
}

func idArg(args Args, name string) int64 {
	if v, ok := args[name].(interface{ Int64() int64 }); ok {
		return v.Int64()
	}
	return 0
}

// reads are the entries of what was read, for a transaction whose changes are gone.
func (t *trail) reads(tx *Tx, ended error) []journal.Record {
	t.marks = slices.DeleteFunc(t.marks, func(m mark) bool { return m.action == "change" })
	return t.entries(tx, ended)
}

// entries turns the trail into log entries. Several reads of one dossier become one entry that names the sections.
func (t *trail) entries(tx *Tx, ended error) []journal.Record {
	var out []journal.Record
	at := map[mark]int{}
	for _, m := range t.marks {
		what := m.query.name
		key := m
		if m.action != "change" {
			what = m.query.section.String()
			key = mark{action: m.action, dossier: m.dossier, row: m.row}
			if m.dossier != 0 {
				key.row = 0
			}
			if i, ok := at[key]; ok {
				out[i].What = joinOnce(out[i].What, what)
				continue
			}
		}
		at[key] = len(out)
		out = append(out, tx.entry(m, key.row, what, outcome(ended)))
	}
	return out
}

func (t *Tx) entry(m mark, row int64, what, outcome string) journal.Record {
	a := t.actor
	if m.query.refusal {
		m.action, outcome = "try", "refused"
	}
	return journal.Record{
		At: t.now.String(), Account: a.Account().Int64(), Actor: a.Label(), Action: m.action, What: what,
		BehalfOf: m.ground.behalfOf, Dossier: m.dossier, Row: row, Route: a.Origin().Route, Address: strings.ToValidUTF8(a.Origin().Address, "?"),
		Device: a.Origin().Device, Rule: m.ground.rule, Outcome: outcome,
	}
}

// outcome says how a transaction ended: what it was about is in the log even when a rule said no.
func outcome(err error) string {
	if err == nil {
		return "done"
	}
	if f, ok := core.AsFail(err); ok && f.Kind != core.KindBusy {
		return "refused"
	}
	return "failed"
}

func joinOnce(list, word string) string {
	if slices.Contains(splitList(list), word) {
		return list
	}
	return list + ", " + word
}

// writer commits the entries of readers together: the disk is asked once for all who wait (group commit).
type writer struct {
	db     *DB
	queue  chan waiting
	done   chan struct{}
	mu     sync.RWMutex // held for reading while something is put into the queue
	closed bool
}

type waiting struct {
	entries []journal.Record
	result  chan error
}

const (
	journalBatch   = 512
	journalTimeout = 15 * time.Second
)

func newWriter(d *DB) *writer {
	j := &writer{db: d, queue: make(chan waiting, journalBatch), done: make(chan struct{})}
	go j.run()
	return j
}

// write returns when the entries are on disk, or says that they are not: no log, no answer.
func (j *writer) write(ctx context.Context, entries []journal.Record) error {
	if len(entries) == 0 {
		return nil
	}
	w := waiting{entries, make(chan error, 1)}
	if err := j.enqueue(ctx, w); err != nil {
		return err
	}
	select {
	case err := <-w.result:
		if err != nil {
			return core.Busy("log_unavailable", err)
		}
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (j *writer) enqueue(ctx context.Context, w waiting) error {
	j.mu.RLock()
	defer j.mu.RUnlock()
	if j.closed {
		return core.Busy("log_unavailable", errors.New("the database is closed"))
	}
	select {
	case j.queue <- w:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (j *writer) run() {
	defer close(j.done)
	for first := range j.queue {
		batch := []waiting{first}
		for more := true; more && len(batch) < journalBatch; {
			select {
			case w, ok := <-j.queue:
				if more = ok; ok {
					batch = append(batch, w)
				}
			default:
				more = false
			}
		}
		j.answer(batch)
	}
}

// answer commits the batch at once. An entry that cannot be written fails its own reader and not those who wait with it.
func (j *writer) answer(batch []waiting) {
	err := j.db.spared(func() error { return j.commit(batch) })
	for i, w := range batch {
		if err != nil && len(batch) > 1 {
			w.result <- j.commit(batch[i : i+1])
		} else {
			w.result <- err
		}
	}
}

func (j *writer) commit(batch []waiting) error {
	ctx, cancel := context.WithTimeout(context.Background(), journalTimeout)
	defer cancel()
	s, err := j.db.engine.write.BeginTx(ctx, &sql.TxOptions{})
	if err != nil {
		return err
	}
	defer func() { _ = s.Rollback() }()
	t := &Tx{ctx: ctx, db: j.db, sql: s, writable: true}
	var all []journal.Record
	for _, w := range batch {
		all = append(all, w.entries...)
	}
	if err := j.db.record(t, all); err != nil {
		return err
	}
	return s.Commit()
}

// close waits until what was read is written down.
func (j *writer) close() {
	j.mu.Lock()
	if !j.closed {
		j.closed = true
		close(j.queue)
	}
	j.mu.Unlock()
	<-j.done
}
