package app

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"maatje/internal/backup"
	"maatje/internal/db"
	"maatje/internal/vault"
)

func newMaster() vault.Master { return vault.NewMaster() }

func (p Place) writeKey(m vault.Master) error { return vault.WriteMaster(p.KeyFile, m) }

// KeyState prints what there is of keys, and nothing of the keys themselves.
func KeyState(ctx context.Context, p Place, out io.Writer) error {
	p.MustExist = true
	d, err := Open(ctx, p)
	if err != nil {
		return err
	}
	defer d.Close()
	p = p.withDefaults()
	families, err := d.Owners(ctx)
	if err != nil {
		return err
	}
	notes, err := d.KeyNotes(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "master key       %s\n", p.custody())
	fmt.Fprintf(out, "                 in use since %s\n", orNever(notes["rotated"], "the first start"))
	fmt.Fprintf(out, "key store        %s, %d families' keys\n", db.Shown(p.Keys), families)
	fmt.Fprintf(out, "recovery sheets  %s\n", orNever(notes["split"], "never printed: run `maatje keys split`"))
	return nil
}

func orNever(at, never string) string {
	if at == "" {
		return never
	}
	return at
}

// SplitKeys prints the recovery key as three sheets.
func SplitKeys(ctx context.Context, p Place, out io.Writer) error {
	p.MustExist = true
	d, err := Open(ctx, p)
	if err != nil {
		return err
	}
	defer d.Close()
	secret, err := d.Vault().RecoveryKey(ctx)
	if err != nil {
		return err
	}
	if err := printSheets(secret, out); err != nil {
		return err
	}
	return d.NoteKeys(ctx, "split", Clock().String())
}

// Recovered says what two sheets are to bring back.
type Recovered struct {
	Sheets io.Reader
	Out    string // a file for the recovery key
	From   string // a backup of the keys, to take the master key from
}

// RecoverKeys makes the recovery key of two sheets, and with it puts a lost master key back in its place.
func RecoverKeys(ctx context.Context, p Place, r Recovered, out io.Writer) error {
	if (r.Out == "") == (r.From == "") {
		return errors.New("say what to bring back: --out FILE for the recovery key, or --from FILE to take a lost master key from a backup of the keys")
	}
	secret, err := askSheets(r.Sheets, out)
	if err != nil {
		return err
	}
	if r.Out != "" {
		if err := writeRecovery(r.Out, secret); err != nil {
			return err
		}
		fmt.Fprintf(out, "The recovery key is in %s. Remove it when you have used it.\n", r.Out)
		return nil
	}
	return p.recoverMaster(ctx, secret, r.From, out)
}

func (p Place) recoverMaster(ctx context.Context, secret []byte, from string, out io.Writer) error {
	p = p.withDefaults()
	if _, err := os.Lstat(p.KeyFile); err == nil {
		return fmt.Errorf("%s is there already: move it away first. Nothing was changed", p.KeyFile)
	}
	r, err := backup.NewRecovery(secret)
	if err != nil {
		return err
	}
	bundle, err := r.Keys(from)
	if err != nil {
		return err
	}
	m, err := vault.ParseMaster(bundle.Master)
	if err != nil {
		return err
	}
	d, err := db.Open(ctx, db.Config{Addr: p.DB, Keys: p.Keys, Master: m, Clock: Clock})
	if err != nil {
		return fmt.Errorf("the master key in this backup does not open what is here; was it rotated since? %w", err)
	}
	if err := errors.Join(d.Close(), p.writeKey(m)); err != nil {
		return err
	}
	fmt.Fprintf(out, "The master key is back in %s, and it opens the data.\n", p.KeyFile)
	return nil
}

// custody says where the master key comes from.
func (p Place) custody() string {
	switch {
	case p.Key != "":
		return "from the environment (MAATJE_KEY)"
	case p.fromSystemd():
		return "from systemd's credentials"
	case p.sealed():
		return "in the file " + p.KeyFile + ", under a passphrase"
	}
	return "in the file " + p.KeyFile
}

// RotateKeys makes a new master key and wraps every key under it. The new one lies beside the old one until all is done, so
// that a cut in the middle leaves both. A key that comes from elsewhere is written to a new file, to, and taken to where the old
// one came from by who runs this.
func RotateKeys(ctx context.Context, p Place, to string, out io.Writer) error {
	p = p.withDefaults()
	p.MustExist = true
	elsewhere := p.Key != "" || p.fromSystemd()
	if elsewhere != (to != "") {
		return fmt.Errorf("the master key comes %s: give --out FILE if, and only if, it does not lie in a file of ours. Nothing was changed", p.custody())
	}
	if p.sealed() {
		p.Passphrase = p.asked()
	}
	next := cmp.Or(to, p.nextKey())
	done, err := p.finishRotation(ctx, next, elsewhere)
	if err == nil && !done {
		err = p.rotate(ctx, next, elsewhere)
	}
	if err != nil {
		return err
	}
	return sayRotated(out, p, to)
}

func (p Place) rotate(ctx context.Context, path string, elsewhere bool) error {
	old, err := p.master(ctx)
	if err != nil {
		return err
	}
	next := newMaster()
	c := db.Config{Addr: p.DB, Keys: p.Keys, Master: old, Clock: Clock}
	if err := db.Rotate(ctx, c, next, func() error { return p.writeNext(path, next) }); err != nil {
		return err
	}
	c.Master = next
	d, err := db.Open(ctx, c)
	if err != nil {
		return err
	}
	if err := errors.Join(d.NoteKeys(ctx, "rotated", Clock().String()), d.Close()); err != nil || elsewhere {
		return err
	}
	return os.Rename(path, p.KeyFile)
}

// writeNext lays the new key ready, under the passphrase if the old one is.
func (p Place) writeNext(path string, next vault.Master) error {
	if !p.sealed() {
		return vault.WriteMaster(path, next)
	}
	text, err := vault.SealMaster(next, p.Passphrase)
	if err != nil {
		return err
	}
	return writeSecret(path, text+"\n")
}

func (p Place) nextKey() string { return p.KeyFile + ".next" }

func sayRotated(out io.Writer, p Place, to string) error {
	where, then := p.KeyFile, ""
	if to != "" {
		where, then = to, "Before the next start, put it where the old one came from ("+p.custody()+"), and remove the file.\n"
	}
	_, err := fmt.Fprintf(out, "There is a new master key in %s; the old one opens nothing any more. The recovery sheets stay as they are.\n%s"+
		"Make a backup now: older backups of the keys hold the old one.\n", where, then)
	return err
}

// finishRotation ends one that was cut off: of the two keys that lie there, the one that opens the key store counts.
func (p Place) finishRotation(ctx context.Context, path string, elsewhere bool) (done bool, err error) {
	next, err := p.readNext(path)
	if errors.Is(err, vault.ErrNoKey) || errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	d, err := db.Open(ctx, db.Config{Addr: p.DB, Keys: p.Keys, Master: next, Clock: Clock})
	if errors.Is(err, db.ErrKey) {
		return false, os.Remove(path)
	}
	if err != nil {
		return false, err
	}
	if err := d.Close(); err != nil || elsewhere {
		return true, err
	}
	return true, os.Rename(path, p.KeyFile)
}

func (p Place) readNext(path string) (vault.Master, error) {
	if vault.IsSealed(path) {
		return vault.UnsealMaster(path, p.Passphrase)
	}
	return vault.ReadMaster(path)
}

// SealKey puts the master key under a passphrase, which is asked for at every start from then on.
func SealKey(ctx context.Context, p Place, in io.Reader, out io.Writer) error {
	p = p.withDefaults()
	p.MustExist = true
	if p.Key != "" || p.sealed() {
		return errors.New("there is no plain key file here to put under a passphrase. Nothing was changed")
	}
	m, err := p.master(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "Type the passphrase, of at least four words or 16 characters:")
	words := bufio.NewScanner(in)
	words.Scan()
	sealed, err := vault.SealMaster(m, words.Text())
	if err != nil {
		return err
	}
	if err := writeSecret(p.nextKey(), sealed+"\n"); err != nil {
		return err
	}
	if err := os.Rename(p.nextKey(), p.KeyFile); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s opens with the passphrase now: give it in MAATJE_PASSPHRASE, or type it at the start.\n", p.KeyFile)
	return nil
}

func (p Place) fromSystemd() bool {
	return p.Credentials != "" && p.KeyFile == filepath.Join(p.Credentials, credential)
}

// sealed says that the key file is under a passphrase.
func (p Place) sealed() bool { return vault.IsSealed(p.KeyFile) }
