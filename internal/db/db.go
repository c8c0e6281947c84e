// Package db holds every database the product opens: two engines behind one SQL text, a registry of queries that stand on
// the scope, transactions that know their actor, and the log that no one can forget (HOUSE, the first lock). No other
// package imports database/sql.
package db

import (
	"context"
	"fmt"
	"io/fs"
	"sync"
	"time"

	"github.com/ncruces/go-sqlite3/vfs"

	"maatje/internal/core"
	"maatje/internal/db/spare"
	"maatje/internal/journal"
	"maatje/internal/vault"
)

// Config says which database to open and under which key.
type Config struct {
	Addr    string // a file, or a postgres:// address
	Keys    string // where the families' wrapped keys lie: a file or an address of their own
	Master  vault.Master
	Readers int
	Clock   func() core.Instant
	// Reserve is room on the disk that is given to the log when the disk is full; without one nobody can read then.
	Reserve spare.Reserve
	// Disk stands under the file in the place of the operating system's files; tests put one there that fails.
	Disk vfs.VFS
}

// DB is the opened data with its keys. It is safe for concurrent use.
type DB struct {
	engine *engine
	keys   *engine
	vault  *vault.Vault
	clock  func() core.Instant

	mu       sync.RWMutex
	variants map[variantKey]variant

	writer   *writer
	standing *spare.Standing
	logKeys  journal.Keys
	patience time.Duration // how long a transaction waits for its turn
}

const patience = 20 * time.Second

// Open opens or makes the database, brings it to this program's schema, and opens its keys.
func Open(ctx context.Context, c Config) (*DB, error) {
	keys, err := openKeys(ctx, c)
	if err != nil {
		return nil, err
	}
	v, err := openVault(ctx, c, keys)
	if err != nil {
		keys.Close()
		return nil, err
	}
	seed, err := v.LogSeed(ctx)
	if err != nil {
		keys.Close()
		return nil, err
	}
	e, err := openData(ctx, c, v)
	if err != nil {
		keys.Close()
		return nil, err
	}
	d := &DB{engine: e, logKeys: journal.NewKeys(seed), keys: keys, vault: v, clock: c.Clock,
		variants: map[variantKey]variant{}, patience: patience, standing: spare.NewStanding(c.Reserve, c.Clock())}
	d.writer = newWriter(d)
	return d, nil
}

// openData opens the data under the key that the vault keeps for it, and migrates it.
func openData(ctx context.Context, c Config, v *vault.Vault) (*engine, error) {
	key, err := v.FileKey(ctx)
	if err != nil {
		return nil, err
	}
	e, err := openEngine(ctx, c.Addr, Options{FileKey: key, Readers: c.Readers, Disk: c.Disk})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", shown(c.Addr), err)
	}
	migrations, err := fs.Sub(migrationFiles, "migrations")
	if err == nil {
		err = e.migrate(ctx, migrations, "schema_version")
	}
	if err != nil {
		e.Close()
		return nil, fmt.Errorf("%s: %w", shown(c.Addr), err)
	}
	return e, nil
}

// Close waits for the log and closes the database and its keys.
func (d *DB) Close() error {
	d.standing.End()
	d.writer.close()
	err := d.engine.Close()
	if e := d.keys.Close(); err == nil {
		err = e
	}
	return err
}

// Kind says which engine keeps the data.
func (d *DB) Kind() Kind { return d.engine.kind }

// Vault seals what belongs to one family.
func (d *DB) Vault() *vault.Vault { return d.vault }

// Now is the instant by this database's clock.
func (d *DB) Now() core.Instant { return d.clock() }

// variant compiles a query for a scope once.
func (t *Tx) variant(q *Query) variant {
	k := variantKey{q, t.actor.Relations()}
	d := t.db
	d.mu.RLock()
	v, ok := d.variants[k]
	d.mu.RUnlock()
	if !ok {
		v = compile(q, t.actor, d.engine.kind)
		d.mu.Lock()
		d.variants[k] = v
		d.mu.Unlock()
	}
	return v
}
