package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"github.com/ncruces/go-sqlite3"

	"maatje/internal/vault"
)

// ErrInUse says that a program has the key store open: it holds the old master key, and would wrap new keys under it.
var ErrInUse = errors.New("the program is running: stop it first, it takes a moment. A running program keeps wrapping new families' keys " +
	"under the old key. Nothing was changed")

// Rotate wraps every key under another master key and encrypts nothing else again. before runs when all is ready and nothing
// has changed yet, with everybody else kept out.
func Rotate(ctx context.Context, c Config, next vault.Master, before func() error) error {
	e, err := openKeys(ctx, c)
	if err != nil {
		return err
	}
	_, err = openVault(ctx, c, e)
	if e.kind == Postgres {
		if err == nil {
			err = e.rewrap(ctx, c, next, before)
		}
		return errors.Join(err, e.Close())
	}
	if err = errors.Join(err, e.Close()); err != nil {
		return err
	}
	return replaceKeys(ctx, c, next, before)
}

// othersConnected counts the programs beside this one. They hold connections as long as they run; ours is closed but for one.
const othersConnected = `SELECT COUNT(*) FROM pg_stat_activity
	WHERE datname = current_database() AND application_name = 'maatje' AND pid <> pg_backend_pid()`

// rewrap changes the rows in one transaction.
func (e *engine) rewrap(ctx context.Context, c Config, next vault.Master, before func() error) error {
	if err := e.head.Close(); err != nil {
		return err
	}
	e.head = nil
	keep(e.write, 1)
	s, err := e.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = s.Rollback() }()
	if _, err := s.ExecContext(ctx, `LOCK TABLE owner_key IN ACCESS EXCLUSIVE MODE`); err != nil {
		return err
	}
	var others int
	if err := s.QueryRowContext(ctx, othersConnected).Scan(&others); err != nil {
		return err
	}
	if others > 0 {
		return ErrInUse
	}
	return e.rewrapIn(ctx, s, c, next, before)
}

func (e *engine) rewrapIn(ctx context.Context, s *sql.Tx, c Config, next vault.Master, before func() error) error {
	all, err := allKeys(ctx, s)
	if err != nil {
		return err
	}
	wrapped, err := vault.Rewrap(c.Master, next, all)
	if err == nil {
		err = before()
	}
	for _, w := range wrapped {
		if err == nil {
			_, err = s.ExecContext(ctx, number(`UPDATE owner_key SET wrapped = :wrapped WHERE owner = :owner`, e.kind).sql, w.Key, w.Owner)
		}
	}
	if err != nil {
		return err
	}
	return s.Commit()
}

// replaceKeys writes a new key store beside the old one, under the new key, and gives it the old one's name. The old one is
// held alone all the while, and emptied: a program that waits for it must not go on with it.
func replaceKeys(ctx context.Context, c Config, next vault.Master, before func() error) (err error) {
	old, err := openEngine(ctx, c.Keys, Options{FileKey: c.Master.StoreKey(), Readers: 1})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, old.Close()) }()
	if err := old.read.Close(); err != nil { // one connection, alone
		return err
	}
	if err := holdAlone(ctx, old); err != nil {
		return err
	}
	draft := c
	draft.Keys, draft.Master = c.Keys+".rotating", next
	if err := os.Remove(draft.Keys); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := makeKeys(ctx, c.Master, draft, old); err != nil {
		return err
	}
	if err := before(); err != nil {
		return errors.Join(err, os.Remove(draft.Keys))
	}
	if err := os.Rename(draft.Keys, c.Keys); err != nil {
		return err
	}
	_, err = old.write.ExecContext(ctx, `DELETE FROM owner_key`)
	return errors.Join(err, commitAlone(ctx, old))
}

func holdAlone(ctx context.Context, e *engine) error {
	if _, err := e.write.ExecContext(ctx, `PRAGMA busy_timeout = 500`); err != nil {
		return err
	}
	var mode string
	err := e.write.QueryRowContext(ctx, `PRAGMA journal_mode = DELETE`).Scan(&mode)
	if err == nil && mode != "delete" {
		err = sqlite3.BUSY
	}
	if err == nil { // no journal on the disk: it would have the name of the new store's
		err = e.write.QueryRowContext(ctx, `PRAGMA journal_mode = MEMORY`).Scan(&mode)
	}
	if err == nil {
		_, err = e.write.ExecContext(ctx, `BEGIN EXCLUSIVE`)
	}
	if errors.Is(err, sqlite3.BUSY) {
		return ErrInUse
	}
	return err
}

func commitAlone(ctx context.Context, e *engine) error {
	_, err := e.write.ExecContext(ctx, `COMMIT`)
	return err
}

// makeKeys fills a new key store from an old one, and opens every key in it.
func makeKeys(ctx context.Context, from vault.Master, into Config, old *engine) error {
	all, err := allKeys(ctx, old.write)
	if err != nil {
		return err
	}
	wrapped, err := vault.Rewrap(from, into.Master, all)
	if err != nil {
		return err
	}
	notes, err := keyNotes(ctx, old.write)
	if err != nil {
		return err
	}
	e, err := openKeys(ctx, into)
	if err != nil {
		return err
	}
	err = keyStore{e}.PutAll(ctx, wrapped)
	for what, at := range notes {
		err = errors.Join(err, keyStore{e}.note(ctx, what, at))
	}
	if err == nil {
		err = sameKeys(ctx, into, e, len(all))
	}
	return errors.Join(err, e.Close())
}

func sameKeys(ctx context.Context, c Config, e *engine, want int) error {
	v, err := openVault(ctx, c, e)
	if err != nil {
		return err
	}
	again, err := v.Export(ctx)
	if err == nil && len(again.Keys) != want {
		err = fmt.Errorf("the new key store has %d keys, the old one %d", len(again.Keys), want)
	}
	return err
}
