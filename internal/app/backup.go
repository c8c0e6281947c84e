package app

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"maatje/internal/account"
	"maatje/internal/authz"
	"maatje/internal/backup"
	"maatje/internal/db"
	"maatje/internal/db/copied"
	"maatje/internal/job"
	"maatje/internal/retention"
)

// Backups say where backups go, how long they stay there, and who else can open them.
type Backups struct {
	Data, Keys string // folders; keys beside the data when it is empty
	Keep       time.Duration
	Others     []string
}

func (b Backups) keys() string {
	if b.Keys == "" {
		return b.Data
	}
	return b.Keys
}

// daily is the job that makes them, if there is a place for them. That place must exist: a folder made on the same disk
// because another one was not there keeps nothing.
func (b Backups) daily(d *db.DB) ([]job.Job, error) {
	if b.Data == "" {
		return nil, nil
	}
	for _, folder := range []string{b.Data, b.keys()} {
		if info, err := os.Stat(folder); err != nil || !info.IsDir() {
			return nil, fmt.Errorf("backups go to %s, and that is no folder: make it, or name another with --backup", folder)
		}
	}
	s := backup.Schedule{Data: b.Data, Keys: b.keys(), Keep: b.Keep, Others: b.Others}
	return []job.Job{s.Job(d)}, nil
}

// Backup makes one backup, beside a running program or without it. A folder gets two files named after the moment.
func Backup(ctx context.Context, p Place, to Backups, out io.Writer) error {
	p.MustExist = true
	d, err := Open(ctx, p)
	if err != nil {
		return err
	}
	defer d.Close()
	m, err := backup.Make(ctx, d, authz.System("backup.command"), to.files(), to.Others)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "Backup made and read back: %d tables, %d rows.\n  data %s\n  keys %s\n", len(m.Sums), m.Rows(), m.Data, m.Keys)
	return sayUnsplit(ctx, d, out)
}

// files are named by us in a folder that exists, and by the person otherwise.
func (b Backups) files() backup.Files {
	if info, err := os.Stat(b.Data); err == nil && info.IsDir() {
		return backup.Named(b.Data, b.keys(), Clock())
	}
	keys := b.Keys
	if info, err := os.Stat(keys); keys == "" || err == nil && info.IsDir() {
		keys = filepath.Join(keys, b.Data+".keys")
	}
	return backup.Files{Data: b.Data, Keys: keys}
}

// sayUnsplit warns as long as nobody has printed the sheets: then these backups open on this machine alone.
func sayUnsplit(ctx context.Context, d *db.DB, out io.Writer) error {
	notes, err := d.KeyNotes(ctx)
	if err == nil && notes["split"] == "" {
		fmt.Fprintln(out, "\nNobody has printed the recovery sheets yet. Without two of them nobody opens this backup on another machine:\n"+
			"run `maatje keys split` and keep the three sheets in three places.")
	}
	return err
}

// Restored says where a backup comes from and how it is opened.
type Restored struct {
	Data, Keys string
	Recovery   string    // the file that `maatje keys recover` made
	Sheets     io.Reader // otherwise: two sheets, typed
}

// Restore fills an empty place from a backup. What is there already is never touched.
func Restore(ctx context.Context, p Place, from Restored, out io.Writer) error {
	p = p.withDefaults()
	if err := p.mustBeEmpty(ctx); err != nil {
		return err
	}
	if from.Keys == "" {
		from.Keys = backup.KeysBeside(from.Data)
	}
	if from.Keys == "" {
		return fmt.Errorf("there is no backup of the keys beside %s: name it with --keys-from. Without it the families' words stay closed", from.Data)
	}
	r, err := from.recovery(out)
	if err != nil {
		return err
	}
	sums, err := p.fill(ctx, r, backup.Files{Data: from.Data, Keys: from.Keys})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "Restored %d tables and read them back; each is as it was when the backup was made.\n"+
		"  data %s\n  keys %s\n  key  %s (new: keep a copy apart)\n"+
		"Sessions, invitations and mails that were open then are ended: everybody signs in again, and whoever was invited is invited anew.\n", len(sums), db.Shown(p.DB), db.Shown(p.Keys), p.KeyFile)
	return nil
}

func (p Place) mustBeEmpty(ctx context.Context) error {
	for _, addr := range []string{p.DB, p.Keys} {
		if !db.IsServer(addr) {
			for _, end := range []string{"", "-wal"} {
				if _, err := os.Lstat(addr + end); err == nil {
					return fmt.Errorf("%s is there already: a backup goes into an empty place only. Move it away, or name another place with --db. "+
						"Nothing was made or changed", addr+end)
				}
			}
			continue
		}
		there, err := db.Holds(ctx, addr)
		if err != nil {
			return err
		}
		if there {
			return fmt.Errorf("there is data at %s already: a backup goes into an empty place only. Nothing was made or changed", db.Shown(addr))
		}
	}
	return nil
}

// fill restores into the place and writes its key last, when all is there.
func (p Place) fill(ctx context.Context, r backup.Recovery, from backup.Files) (copied.Sums, error) {
	m, has, err := p.readKey()
	if err != nil {
		return nil, err
	}
	if !has {
		m = newMaster()
	}
	sums, err := r.Restore(ctx, from, db.Config{Addr: p.DB, Keys: p.Keys, Master: m, Clock: Clock}, p.afterRestore()...)
	if err == nil && !has {
		err = p.writeKey(m)
	}
	return sums, err
}

// afterRestore is what happens to a restored place, in this order, before it gets its name.
func (p Place) afterRestore() []backup.Step {
	return []backup.Step{
		{Name: "what was erased since", Run: p.eraseAgain},
		{Name: "the log", Run: func(ctx context.Context, d *db.DB, a authz.Actor) error { return d.NoteRestored(ctx, a) }},
		{Name: "the doors", Run: account.EndOpened},
	}
}

// erased is the file of tombstones beside the data.
func (p Place) erased() string { return p.beside() + ".erased" }

// eraseAgain takes out of a place what was erased before, and came back with an older copy (PRV-3).
func (p Place) eraseAgain(ctx context.Context, d *db.DB, a authz.Actor) error {
	_, err := retention.NewService(d, p.erased()).Replay(ctx, a)
	return err
}

func (f Restored) recovery(out io.Writer) (r backup.Recovery, err error) {
	secret, err := readRecovery(f.Recovery)
	if f.Recovery == "" {
		secret, err = askSheets(f.Sheets, out)
	}
	if err != nil {
		return r, err
	}
	return backup.NewRecovery(secret)
}
