package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/vault"
)

// Tx is one transaction of one actor. Everything that was read or changed through it stands in the log before its result
// is known to anybody.
type Tx struct {
	ctx      context.Context
	db       *DB
	sql      *sql.Tx
	actor    authz.Actor
	now      core.Instant
	writable bool
	trail    trail
	owners   map[int64]*vault.Owner
	grounds  map[groundKey]ground
}

func (t *Tx) Context() context.Context { return t.ctx }
func (t *Tx) Actor() authz.Actor       { return t.actor }

// Now is the instant at which the transaction began; it does not move while it runs.
func (t *Tx) Now() core.Instant { return t.now }

// Today is the day in the Netherlands.
func (t *Tx) Today() core.Date { return t.now.Date() }

// NewID makes an identifier for a new row.
func NewID[T ~int64](t *Tx) T { return core.NewID[T](t.now) }

// Under adds a row under the identifier that a screen gave it, so that a double tap is one row. Where that identifier is of a row that
// the actor does not reach, the new one gets another: an answer never tells that there is such a row.
func Under[T ~int64](t *Tx, id T, add func(T) (int64, error)) (T, int64, error) {
	n, err := add(id)
	if err != nil || n > 0 {
		return id, n, err
	}
	id = NewID[T](t)
	n, err = add(id)
	return id, n, err
}

var errNoActor = errors.New("db: no actor, no transaction")

// Read runs f on one snapshot of the data. If what f read cannot be logged, nothing is answered.
func (d *DB) Read(ctx context.Context, a authz.Actor, f func(*Tx) error) error {
	if a.IsZero() {
		return errNoActor
	}
	s, release, err := d.begin(ctx, d.engine.read, d.readOptions())
	if err != nil {
		return err
	}
	defer release()
	t := &Tx{ctx: within(ctx), db: d, sql: s, actor: a, now: d.clock()}
	err = f(t)
	release() // a reader changes nothing; give the snapshot back before waiting for the log
	return d.logged(ctx, t, err)
}

// logged writes down what was read by a transaction that leaves no change, also when it came to nothing: what a refusal
// says was read too.
func (d *DB) logged(ctx context.Context, t *Tx, err error) error {
	if failed := d.writer.write(ctx, t.trail.reads(t, err)); failed != nil {
		return errors.Join(failed, err)
	}
	return err
}

// Write runs f in a transaction that sees and changes the data as if it were alone; on PostgreSQL it runs again when two
// collide, so f does nothing outside the transaction. The log entries commit with the change.
//
// A transaction never stands inside another one: on SQLite, where one connection writes, it would wait for itself. With
// the context of the outer one it is refused at once, with another context it gives up after a while.
func (d *DB) Write(ctx context.Context, a authz.Actor, f func(*Tx) error) error {
	if a.IsZero() {
		return errNoActor
	}
	if err := d.refused(ctx); err != nil {
		return err
	}
	again := func() error { return d.writeAgain(ctx, a, f) }
	if ctx.Value(spareKey{}) != nil {
		return translate(d.spared(again))
	}
	return d.filled(again())
}

func (d *DB) writeAgain(ctx context.Context, a authz.Actor, f func(*Tx) error) error {
	for try := 1; ; try++ {
		err := d.writeOnce(ctx, a, f)
		if err == nil || try == 10 || !collided(err) {
			return err
		}
	}
}

func (d *DB) writeOnce(ctx context.Context, a authz.Actor, f func(*Tx) error) error {
	s, release, err := d.begin(ctx, d.engine.write, d.writeOptions())
	if err != nil {
		return err
	}
	defer release()
	t := &Tx{ctx: within(ctx), db: d, sql: s, actor: a, now: d.clock(), writable: true}
	if err := f(t); err != nil {
		release()
		if collided(err) { // it runs again
			return err
		}
		return d.logged(ctx, t, err)
	}
	if err := d.record(t, t.trail.entries(t, nil)); err != nil {
		return core.Busy("log_unavailable", err) // no log, no answer
	}
	return s.Commit()
}

var errNested = errors.New("db: a transaction inside a transaction would wait for itself")

type insideKey struct{}

// within marks the context of what runs inside a transaction.
func within(ctx context.Context) context.Context { return context.WithValue(ctx, insideKey{}, true) }

// begin waits its turn for a connection, but not for ever. release may be called twice, and rolls back what is not
// committed.
func (d *DB) begin(ctx context.Context, pool *sql.DB, how *sql.TxOptions) (s *sql.Tx, release func(), err error) {
	if ctx.Value(insideKey{}) != nil {
		return nil, nil, errNested
	}
	turn, cancel := context.WithTimeout(ctx, d.patience)
	defer cancel()
	conn, err := pool.Conn(turn)
	if err != nil {
		if ctx.Err() == nil && turn.Err() != nil {
			err = core.Busy("busy", err)
		}
		return nil, nil, err
	}
	if s, err = conn.BeginTx(ctx, how); err != nil {
		return nil, nil, errors.Join(err, conn.Close())
	}
	return s, func() { _, _ = s.Rollback(), conn.Close() }, nil
}

func (d *DB) readOptions() *sql.TxOptions {
	if d.engine.kind == Postgres {
		return &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	}
	return &sql.TxOptions{ReadOnly: true}
}

func (d *DB) writeOptions() *sql.TxOptions {
	if d.engine.kind == Postgres {
		return &sql.TxOptions{Isolation: sql.LevelSerializable}
	}
	return nil
}

// All reads every row. dest gives the addresses that a row's columns go to.
func All[T any](t *Tx, q *Query, args Args, dest func(*T) []any) ([]T, error) {
	rows, err := t.query(q, args)
	if rows == nil || err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		var v T
		if err := rows.Scan(dest(&v)...); err != nil {
			return nil, fmt.Errorf("db: query %s: %w", q.name, err)
		}
		out = append(out, v)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("db: query %s: %w", q.name, err)
	}
	if err := rows.Close(); err != nil {
		return out, err
	}
	return out, t.looked(q, args, len(out) > 0)
}

// Maybe reads the first row, if there is one.
func Maybe[T any](t *Tx, q *Query, args Args, dest func(*T) []any) (v T, found bool, err error) {
	all, err := All(t, q, args, dest)
	if err != nil || len(all) == 0 {
		return v, false, err
	}
	return all[0], true, nil
}

// One reads the first row; none is not found.
func One[T any](t *Tx, q *Query, args Args, dest func(*T) []any) (T, error) {
	v, found, err := Maybe(t, q, args, dest)
	if err == nil && !found {
		err = core.NotFound()
	}
	return v, err
}

// Count reads the one number that the query gives.
func Count(t *Tx, q *Query, args Args) (int, error) {
	n, _, err := Maybe(t, q, args, func(n *int) []any { return []any{n} })
	return n, err
}

// Exec changes rows and says how many.
func Exec(t *Tx, q *Query, args Args) (int64, error) {
	if !q.write || !t.writable {
		return 0, fmt.Errorf("db: %s is no change, or this transaction only reads", q.name)
	}
	if q.scope(t.actor).IsEmpty() {
		return 0, core.NotFound()
	}
	v := t.variant(q)
	values, err := t.values(q, v, args)
	if err != nil {
		return 0, err
	}
	m, err := t.mark(q, "change", args) // before the row is gone
	if err != nil {
		return 0, err
	}
	result, err := t.exec(v.sql, values)
	if err != nil {
		return 0, fmt.Errorf("db: query %s: %w", q.name, err)
	}
	n, err := result.RowsAffected()
	if n > 0 && q.quiet == "" {
		t.trail.add(m)
	}
	return n, err
}

// Do changes rows; reaching none is not found.
func Do(t *Tx, q *Query, args Args) error {
	n, err := Exec(t, q, args)
	if err == nil && n == 0 {
		return core.NotFound()
	}
	return err
}

func (t *Tx) query(q *Query, args Args) (*sql.Rows, error) {
	if q.write {
		return nil, fmt.Errorf("db: %s is a change; use Exec or Do", q.name)
	}
	if q.scope(t.actor).IsEmpty() {
		return nil, nil
	}
	v := t.variant(q)
	values, err := t.values(q, v, args)
	if err != nil {
		return nil, err
	}
	rows, err := t.rows(v.sql, values)
	if err != nil {
		return nil, fmt.Errorf("db: query %s: %w", q.name, err)
	}
	return rows, nil
}

// rows and exec leave it to the engine to keep statements prepared.
func (t *Tx) rows(text string, values []any) (*sql.Rows, error) {
	return t.sql.QueryContext(t.ctx, text, values...)
}

func (t *Tx) exec(text string, values []any) (sql.Result, error) {
	return t.sql.ExecContext(t.ctx, text, values...)
}

// Seal seals text for its place under the owner's key. No text is no ciphertext.
func (t *Tx) Seal(p vault.Place, text string) ([]byte, error) {
	if text == "" {
		return nil, nil
	}
	o, err := t.owner(p.Owner)
	if err != nil {
		return nil, err
	}
	return o.Seal(p, text)
}

// Open opens what was sealed for this place.
func (t *Tx) Open(p vault.Place, sealed []byte) (string, error) {
	if len(sealed) == 0 {
		return "", nil
	}
	o, err := t.owner(p.Owner)
	if err != nil {
		return "", err
	}
	return o.Open(p, sealed)
}

func (t *Tx) owner(id int64) (*vault.Owner, error) {
	if o := t.owners[id]; o != nil {
		return o, nil
	}
	o, err := t.db.vault.Owner(t.ctx, id)
	if err != nil {
		return nil, err
	}
	if t.owners == nil {
		t.owners = map[int64]*vault.Owner{}
	}
	t.owners[id] = o
	return o, nil
}

// Secrets seals what belongs to no family.
func (t *Tx) Secrets() *vault.Owner { return t.db.vault.Secrets() }

// NewOwner makes the sealing key of a new dossier or referral.
func (t *Tx) NewOwner(id int64) error { return t.db.vault.NewOwner(t.ctx, id) }

// NewOwners makes the sealing keys of many new dossiers at once.
func (t *Tx) NewOwners(ids []int64) error { return t.db.vault.NewOwners(t.ctx, ids) }
