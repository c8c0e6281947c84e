package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/spare"
	"maatje/internal/vault"
)

// Place says where the data, its key store and the key above them are. What is empty takes its default beside the data.
type Place struct {
	DB      string // a file, or a postgres:// address
	KeyFile string // where the master key lies
	Key     string // the master key itself, if it comes from the environment
	Keys    string // the families' keys: a file or an address of their own
	// Credentials is the folder in which systemd puts what LoadCredential names, if it started us.
	Credentials string
	// Passphrase opens a key file that is under one; without it Ask reads it.
	Passphrase string
	Ask        io.Reader
	// MustExist refuses to make anything: a command that only reads has nothing to tell of a new database.
	MustExist bool
}

// withDefaults puts the key files beside the data; beside a server's address there is no place, so they are here.
func (p Place) withDefaults() Place {
	beside := p.beside()
	if given := filepath.Join(p.Credentials, credential); p.KeyFile == "" && p.Credentials != "" && exists(given) {
		p.KeyFile = given
	}
	if p.KeyFile == "" {
		p.KeyFile = beside + ".key"
	}
	if p.Keys == "" {
		p.Keys = beside + ".keys"
	}
	return p
}

// credential is the name of the key among systemd's credentials.
const credential = "maatje.key"

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func (p Place) beside() string {
	if db.IsServer(p.DB) {
		return "./maatje"
	}
	return p.DB
}

// found is what a look at the place saw.
type found struct{ data, keys, key bool }

// Open opens the data at the place. The first time it makes the key, the key store and the database. Anything that
// exists without what it needs is refused, and nothing is made beside it: a fresh key next to an old file would hide
// that the real one is missing.
func Open(ctx context.Context, p Place) (*db.DB, error) {
	return openWith(ctx, p, nil)
}

// openWith opens the place with a reserve, which is made when all is open: beside what does not open nothing is made.
func openWith(ctx context.Context, p Place, room spare.Reserve) (*db.DB, error) {
	p = p.withDefaults()
	master, err := p.master(ctx)
	if err != nil {
		return nil, err
	}
	d, err := db.Open(ctx, db.Config{Addr: p.DB, Keys: p.Keys, Master: master, Clock: Clock, Reserve: room})
	if errors.Is(err, db.ErrKey) && exists(p.nextKey()) {
		return nil, errors.New("a rotation of the master key was cut off: run `maatje keys rotate` once more. Nothing is lost")
	}
	return d, err
}

// Clock is the one place where the program asks what time it is.
func Clock() core.Instant { return core.At(time.Now()) }

func (p Place) master(ctx context.Context) (vault.Master, error) {
	m, has, err := p.readKey()
	if err != nil {
		return m, err
	}
	f := found{key: has}
	if f.data, err = db.Holds(ctx, p.DB); err != nil {
		return m, err
	}
	if f.keys, err = db.Holds(ctx, p.Keys); err != nil {
		return m, err
	}
	if err := p.mayOpen(f); err != nil {
		return m, err
	}
	if has {
		return m, nil
	}
	m = vault.NewMaster()
	return m, vault.WriteMaster(p.KeyFile, m)
}

func (p Place) readKey() (m vault.Master, has bool, err error) {
	if p.Key != "" {
		m, err = vault.ParseMaster(p.Key)
		if err != nil {
			return m, false, fmt.Errorf("MAATJE_KEY: %w", err)
		}
		return m, true, nil
	}
	if p.sealed() {
		m, err = p.unseal()
		return m, err == nil, err
	}
	m, err = vault.ReadMaster(p.KeyFile)
	if errors.Is(err, vault.ErrNoKey) || errors.Is(err, fs.ErrNotExist) {
		return m, false, nil
	}
	return m, err == nil, err
}

func (p Place) unseal() (vault.Master, error) {
	return vault.UnsealMaster(p.KeyFile, p.asked())
}

// asked is the passphrase, from the environment or as it is typed.
func (p Place) asked() string {
	if p.Passphrase != "" || p.Ask == nil {
		return p.Passphrase
	}
	fmt.Fprintln(os.Stderr, "Type the passphrase of the master key:")
	line := bufio.NewScanner(p.Ask)
	line.Scan()
	return line.Text()
}

// mayOpen says what is missing, in a sentence that says what to do.
func (p Place) mayOpen(f found) error {
	switch {
	case f.data && !f.key:
		return fmt.Errorf("the database %s is there, but its key %s is not: put the key back, or name it with --key-file. "+
			"Without it nobody can read the data. Nothing was made or changed", db.Shown(p.DB), p.KeyFile)
	case f.keys && !f.key:
		return fmt.Errorf("the key store %s is there, but the key %s that opens it is not: put the key back, or name it with --key-file. "+
			"Nothing was made or changed", db.Shown(p.Keys), p.KeyFile)
	case f.data && !f.keys:
		return fmt.Errorf("the database %s is there, but its key store %s is not: put it back from its backup, or name it with --keys. "+
			"Nothing was made or changed", db.Shown(p.DB), db.Shown(p.Keys))
	case p.MustExist && !f.data:
		return fmt.Errorf("there is no database at %s yet: name it with --db, or make it with `maatje serve` or `maatje import`", db.Shown(p.DB))
	}
	return nil
}
