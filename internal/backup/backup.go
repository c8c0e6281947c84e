// Package backup brings what the programme holds to another place and back. A backup is two files: the data, and the keys.
// Each is encrypted, signed, and read back before it counts. The keys' file is kept for 30 days at most, so that what was
// erased is erased in every older backup of the data as well (PRV-2).
package backup

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"

	"maatje/internal/authz"
	"maatje/internal/db"
	"maatje/internal/db/copied"
	"maatje/internal/vault"
)

// Made says what a backup holds and where it lies.
type Made struct {
	Data, Keys string
	Sums       copied.Sums
}

// Rows is how many rows there are in all tables together.
func (m Made) Rows() (n int64) {
	for _, s := range m.Sums {
		n += s.Rows
	}
	return n
}

// Make writes a backup: the data, and after them the keys, so that no family is in the data whose key is not in the keys.
// Both are opened again and compared with what was read.
func Make(ctx context.Context, d *db.DB, a authz.Actor, to Files, others []string) (Made, error) {
	m := Made{Data: to.Data, Keys: to.Keys}
	secret, err := d.Vault().RecoveryKey(ctx)
	if err != nil {
		return m, err
	}
	r, err := NewRecovery(secret)
	if err != nil {
		return m, err
	}
	if err := r.addTo(others); err != nil {
		return m, err
	}
	err = r.write(to.Data, dataFile, func(w io.Writer) error {
		m.Sums, err = d.Copy(ctx, a, w)
		return err
	})
	if err != nil {
		return m, fmt.Errorf("backup of the data: %w", err)
	}
	if err := r.verifyData(to.Data, m.Sums); err != nil {
		return m, errors.Join(fmt.Errorf("backup of the data, read back: %w", err), os.Remove(to.Data))
	}
	if err := r.makeKeys(ctx, d, to.Keys); err != nil {
		return m, errors.Join(fmt.Errorf("backup of the keys: %w", err), os.Remove(to.Data)) // of no use without its keys
	}
	return m, nil
}

func (r Recovery) makeKeys(ctx context.Context, d *db.DB, path string) error {
	bundle, err := d.ExportKeys(ctx)
	if err != nil {
		return err
	}
	if err := r.write(path, keysFile, func(w io.Writer) error { return json.NewEncoder(w).Encode(bundle) }); err != nil {
		return err
	}
	again, err := r.Keys(path)
	if err == nil && len(again.Keys) != len(bundle.Keys) {
		err = errors.New("it does not read back as it was written")
	}
	if err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

func (r Recovery) verifyData(path string, want copied.Sums) error {
	got, err := r.Sums(path)
	if err == nil && !maps.Equal(got, want) {
		err = errors.New("it does not hold what was read")
	}
	return err
}

// Sums reads a backup of the data to its end and says what it holds.
func (r Recovery) Sums(path string) (sums copied.Sums, err error) {
	err = r.read(path, dataFile, func(from io.Reader) error {
		sums, err = copied.Check(from)
		return err
	})
	return sums, err
}

// Keys reads a backup of the keys.
func (r Recovery) Keys(path string) (b vault.Bundle, err error) {
	err = r.read(path, keysFile, func(from io.Reader) error { return json.NewDecoder(from).Decode(&b) })
	return b, err
}
