package retention

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// A tombstone is kept in the data, in the transaction that erased; beside the keys, with every backup of them; and in a file beside
// the checkpoints. So whichever older copy is put back, one that is newer tells what was erased since.

var (
	qUnswept = db.Q("retention.unswept", authz.Erasing, `SELECT b.id, b.kind, b.at, b.reason FROM tombstone b WHERE b.swept_at IS NULL ORDER BY b.id LIMIT :limit`, db.Probe{"limit": 10})
	xSwept   = db.X("retention.swept", authz.Erasing, `UPDATE tombstone SET swept_at = :now WHERE id = :id AND swept_at IS NULL`, db.Probe{"id": db.Theirs("tombstone")}).
			Quiet("that it was erased is on record")
	qTombstones = db.Q("retention.tombstones", authz.Erasing, `SELECT b.id, b.kind, b.at, b.reason FROM tombstone b ORDER BY b.id`, db.Probe{})
)

func stoneDest(b *db.Tombstone) []any { return []any{&b.ID, &b.Kind, &b.At, &b.Reason} }

const atOnce = 500

// Bury erases the keys of what was erased and writes its tombstones outside the data. A crash between the two heals here: the
// tombstone comes first, and everything after it may be done twice.
func (s *Service) Bury(ctx context.Context, a authz.Actor) error {
	for {
		var all []db.Tombstone
		err := s.db.Read(ctx, a, func(t *db.Tx) (err error) {
			all, err = db.All(t, qUnswept, db.Args{"limit": atOnce}, stoneDest)
			return err
		})
		if err != nil || len(all) == 0 {
			return err
		}
		if err := s.bury(ctx, a, all); err != nil {
			return err
		}
	}
}

func (s *Service) bury(ctx context.Context, a authz.Actor, all []db.Tombstone) error {
	if err := s.db.BuryKeys(ctx, all); err != nil {
		return err
	}
	for _, path := range s.beside {
		if err := addStones(path, all); err != nil {
			return err
		}
	}
	if err := s.db.Settle(ctx); err != nil {
		return err
	}
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		for _, b := range all {
			if _, err := db.Exec(t, xSwept, db.Args{"id": core.ID(b.ID)}); err != nil {
				return err
			}
		}
		return nil
	})
}

// addStones appends those that the file does not have yet.
func addStones(path string, all []db.Tombstone) error {
	there, err := ReadStones(path)
	if err != nil {
		return err
	}
	known := map[int64]bool{}
	for _, b := range there {
		known[b.ID] = true
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	err = endLine(path, f)
	out := json.NewEncoder(f)
	for _, b := range all {
		if err == nil && !known[b.ID] {
			err = out.Encode(b)
		}
	}
	return errors.Join(err, f.Sync(), f.Close())
}

// endLine ends a line that was never finished, or what comes behind it would be lost with it.
func endLine(path string, f *os.File) error {
	there, err := os.ReadFile(path)
	if err == nil && len(there) > 0 && there[len(there)-1] != '\n' {
		_, err = f.WriteString("\n")
	}
	return err
}

// ReadStones reads a file of tombstones; none there is none. A last line that was never finished does not count: its writing is
// tried again.
func ReadStones(path string) ([]db.Tombstone, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []db.Tombstone
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var b db.Tombstone
		if json.Unmarshal(lines.Bytes(), &b) == nil {
			out = append(out, b)
		}
	}
	return out, lines.Err()
}

// Replay erases again what was erased before and came back with an older copy of the data (PRV-3). It is done before anybody can
// sign in: at every start, and at the end of every restore.
func (s *Service) Replay(ctx context.Context, a authz.Actor) (again int, err error) {
	known, err := s.db.Buried(ctx)
	if err != nil {
		return 0, err
	}
	for _, path := range s.beside {
		more, err := ReadStones(path)
		if err != nil {
			return 0, err
		}
		known = append(known, more...)
	}
	here := map[int64]bool{}
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		all, err := db.All(t, qTombstones, nil, stoneDest)
		for _, b := range all {
			here[b.ID] = true
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	for _, b := range known {
		if here[b.ID] {
			continue
		}
		here[b.ID] = true
		back, err := s.eraseAgain(ctx, a, b)
		if err != nil {
			return again, err
		}
		if back {
			again++
		}
	}
	return again, s.Bury(ctx, a)
}

// rootOf says of which root a kind's rows are.
func rootOf(k Kind) authz.Root {
	switch k {
	case RejectedVolunteer, LeftVolunteer:
		return authz.VolunteerRoot
	case DeclinedReferral:
		return authz.ReferralRoot
	case NotStarted, ClosedDossier:
	}
	return authz.DossierRoot
}

func (s *Service) eraseAgain(ctx context.Context, a authz.Actor, b db.Tombstone) (back bool, err error) {
	at, err := core.ParseInstant(b.At)
	if err != nil {
		return false, err
	}
	c := Cleared{Subject{rootOf(Kind(b.Kind)), core.ID(b.ID)}, Kind(b.Kind), Reason(b.Reason)}
	err = s.db.Write(ctx, a, func(t *db.Tx) error {
		_, err := load(t, c.subject)
		if back = err == nil; back {
			return erase(t, c, at)
		}
		if !core.IsKind(err, core.KindNotFound) {
			return err
		}
		return c.bury(t, at)
	})
	return back, err
}
