package app

import (
	"context"
	"errors"
	"fmt"
	"io"

	"maatje/internal/db"
	"maatje/internal/privacy"
)

// Books are the files outside the database in which the log's checkpoints are kept.
type Books struct {
	Path string   // empty: the database's name with .checkpoints
	Copy string   // a second place, or none
	Also []string // those of other nodes, to verify against
}

func (b Books) of(p Place) []string {
	if b.Path == "" {
		b.Path = p.beside() + ".checkpoints"
	}
	out := []string{b.Path}
	if b.Copy != "" {
		out = append(out, b.Copy)
	}
	return append(out, b.Also...)
}

// errNotWhole ends the command with an error after the report has said everything.
var errNotWhole = errors.New("the log is NOT whole")

// Verify walks the log and says what is wrong with it, if anything. It may run beside a running program. With a reason it
// accepts that an older copy of the database was put back.
func Verify(ctx context.Context, p Place, b Books, restored string, out io.Writer) error {
	p.MustExist = true
	d, err := Open(ctx, p)
	if err != nil {
		return err
	}
	defer d.Close()
	k := privacy.NewKeeper(d, b.of(p)...)
	if restored != "" {
		if err := k.TakeUp(ctx, restored, Clock()); err != nil {
			return err
		}
	}
	r, err := k.Verify(ctx)
	if err != nil {
		return err
	}
	say(out, d, r)
	if !r.OK() {
		return errNotWhole
	}
	return nil
}

func say(out io.Writer, d *db.DB, r privacy.Report) {
	fmt.Fprintf(out, "%d entries follow each other.\n", r.Head.Seq)
	for _, b := range r.Books {
		switch n := len(b.All); n {
		case 0:
			fmt.Fprintf(out, "%s: no checkpoints. Nothing outside the database says how long the log was.\n", b.Path)
		default:
			last := b.All[n-1]
			fmt.Fprintf(out, "%s: %d checkpoints, the last of %s at entry %d.\n", b.Path, n, last.At, last.Seq)
		}
		if b.Torn {
			fmt.Fprintf(out, "%s: its last line was never finished, as after a power cut; it does not count.\n", b.Path)
		}
		for _, c := range b.All {
			if c.Note != "" {
				fmt.Fprintf(out, "%s: on %s an older copy of the database was put back; what was written after entry %d is lost: %s\n", b.Path, c.At, c.Since, c.Note)
			}
		}
	}
	fmt.Fprintf(out, "Checkpoints are signed with the key %x.\n", d.LogKeys().Public())
	if r.Log != nil {
		fmt.Fprintf(out, "\nThe first bad %v\n", r.Log)
	}
	for _, f := range r.Faults {
		fmt.Fprintf(out, "\nThe first bad checkpoint: %v\n", f)
	}
}
