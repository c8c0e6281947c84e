package db

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"

	"maatje/internal/vault"
)

//go:embed keymigrations/*.sql
var keyMigrationFiles embed.FS

// openKeys opens the store of the families' wrapped keys, which is a database of its own so that it has backups of its own.
func openKeys(ctx context.Context, c Config) (*engine, error) {
	e, err := openEngine(ctx, c.Keys, Options{FileKey: c.Master.StoreKey(), Readers: 2})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", shown(c.Keys), err)
	}
	files, err := fs.Sub(keyMigrationFiles, "keymigrations")
	if err == nil {
		err = e.migrate(ctx, files, "key_schema_version")
	}
	if err != nil {
		e.Close()
		return nil, fmt.Errorf("%s: %w", shown(c.Keys), err)
	}
	return e, nil
}

// openVault opens the families' keys with the key above them.
func openVault(ctx context.Context, c Config, keys *engine) (*vault.Vault, error) {
	v, err := vault.New(ctx, c.Master, keyStore{keys})
	if errors.Is(err, vault.ErrSealed) {
		return nil, fmt.Errorf("%s: %w", shown(c.Keys), ErrKey)
	}
	return v, err
}

// keyStore is the vault's Store in a database. Its texts have no actor: keys are asked for by transactions that
// already found the row through the scope.
type keyStore struct{ *engine }

func (k keyStore) text(s string) string { return number(s, k.kind).sql }

func (k keyStore) Get(ctx context.Context, owner int64) (vault.Wrapped, error) {
	w := vault.Wrapped{Owner: owner}
	err := k.read.QueryRowContext(ctx, k.text(`SELECT version, wrapped FROM owner_key WHERE owner = :owner`), owner).Scan(&w.Version, &w.Key)
	if errors.Is(err, sql.ErrNoRows) {
		return w, vault.ErrErased
	}
	return w, err
}

func (k keyStore) All(ctx context.Context) (all []vault.Wrapped, err error) {
	return allKeys(ctx, k.read)
}

type querier interface {
	QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error)
}

func allKeys(ctx context.Context, q querier) (all []vault.Wrapped, err error) {
	rows, err := q.QueryContext(ctx, `SELECT owner, version, wrapped FROM owner_key ORDER BY owner`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var w vault.Wrapped
		if err := rows.Scan(&w.Owner, &w.Version, &w.Key); err != nil {
			return nil, err
		}
		all = append(all, w)
	}
	return all, rows.Err()
}

const putKey = `INSERT INTO owner_key (owner, version, wrapped) VALUES (:owner, :version, :wrapped) ON CONFLICT (owner) DO NOTHING`

func (k keyStore) Put(ctx context.Context, w vault.Wrapped) (vault.Wrapped, error) {
	if _, err := k.write.ExecContext(ctx, k.text(putKey), w.Owner, w.Version, w.Key); err != nil {
		return vault.Wrapped{}, err
	}
	return k.Get(ctx, w.Owner)
}

func (k keyStore) PutAll(ctx context.Context, all []vault.Wrapped) error {
	s, err := k.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = s.Rollback() }()
	for _, w := range all {
		if _, err := s.ExecContext(ctx, k.text(putKey), w.Owner, w.Version, w.Key); err != nil {
			return err
		}
	}
	return s.Commit()
}

func (k keyStore) Erase(ctx context.Context, owner int64) error {
	_, err := k.write.ExecContext(ctx, k.text(`DELETE FROM owner_key WHERE owner = :owner`), owner)
	return err
}

// shown is an address as it may be printed: without its password.
func shown(addr string) string {
	if u, err := url.Parse(addr); err == nil && u.User != nil {
		return u.Redacted()
	}
	return addr
}
