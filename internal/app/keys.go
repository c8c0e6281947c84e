package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

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
	if p.Key != "" {
		return "from the environment (MAATJE_KEY)"
	}
	return "in the file " + p.KeyFile
}
