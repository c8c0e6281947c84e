package retention

import (
	"context"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/setting"
	"maatje/internal/vault"
)

// Service keeps the clocks, shows them, and erases.
type Service struct {
	db     *db.DB
	beside []string
}

// NewService makes the service. Tombstones are also written to the files beside, which no older copy of the data takes away.
func NewService(d *db.DB, beside ...string) *Service { return &Service{d, beside} }

// Beside names the files outside the database in which tombstones are kept as well.
func (s *Service) Beside(files ...string) { s.beside = files }

// settled are the organisation's terms.
func settled(t *db.Tx) (Terms, error) {
	v, err := setting.Load(t)
	return Terms{RejectedDays: v.KeepRejectedDays, LeftMonths: v.KeepLeftMonths, NotStartedMonths: v.KeepNotStartedMonths,
		ClosedMonths: v.KeepClosedMonths, NoticeDays: v.EraseNoticeDays}, err
}

// why seals a reason for its place; a volunteer has no key.
func why(t *db.Tx, s Subject, table, column string, id core.ID, words string) (any, error) {
	if s.Root == authz.VolunteerRoot {
		return words, nil
	}
	return t.Seal(place(s, table, column, id), words)
}

func openWhy(t *db.Tx, s Subject, table, column string, id core.ID, sealed []byte) (string, error) {
	if s.Root == authz.VolunteerRoot {
		return string(sealed), nil
	}
	return t.Open(place(s, table, column, id), sealed)
}

// Hold keeps somebody's data from being erased, up to and with a day or until it is lifted (PRV-3). What was announced is taken back
// at the next run of the job.
func (s *Service) Hold(ctx context.Context, a authz.Actor, who Subject, words string, until core.Date) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		if _, err := load(t, who); err != nil {
			return err
		}
		if err := MayHold(words, until, t.Today()); err != nil {
			return err
		}
		id := db.NewID[core.ID](t)
		sealed, err := why(t, who, who.Root.Name()+"_hold", "why", id, words)
		if err != nil {
			return err
		}
		return db.Do(t, of[who.Root].hold, who.args(db.Args{"id": id, "why": sealed, "by": t.Actor().Account(), "until": until}))
	})
}

// Lift ends a hold, with the reason.
func (s *Service) Lift(ctx context.Context, a authz.Actor, who Subject, hold core.ID, words string) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		if _, err := load(t, who); err != nil {
			return err
		}
		if words == "" {
			return core.Invalid("lifted_why", "retention_why")
		}
		sealed, err := why(t, who, who.Root.Name()+"_hold", "lifted_why", hold, words)
		if err != nil {
			return err
		}
		return db.Do(t, of[who.Root].lift, who.args(db.Args{"id": hold, "why": sealed, "by": t.Actor().Account()}))
	})
}

// Ask records that somebody whom the data are about wants them erased before their time (PRV-4). Somebody else confirms.
func (s *Service) Ask(ctx context.Context, a authz.Actor, who Subject, words string) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		l, err := load(t, who)
		if err != nil {
			return err
		}
		if err := MayAsk(l.Life, words, t.Today()); err != nil {
			return err
		}
		if !l.askedOn.IsZero() {
			return core.Conflict("retention_asked")
		}
		sealed, err := why(t, who, who.Root.Name()+"_wish", "why", who.ID, words)
		if err != nil {
			return err
		}
		if err := db.Do(t, of[who.Root].ask, who.args(db.Args{"why": sealed, "by": t.Actor().Account()})); err != nil {
			return err
		}
		return askSecond(t, l)
	})
}

// Confirm is the second pair of eyes: the next run of the job erases (PRV-4).
func (s *Service) Confirm(ctx context.Context, a authz.Actor, who Subject, saw Wish) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		l, err := load(t, who)
		if err != nil {
			return err
		}
		if err := l.stillIs(saw); err != nil {
			return err
		}
		if err := MayConfirm(l.Life, l.askedBy, t.Actor().Account(), t.Today()); err != nil {
			return err
		}
		if err := seconded(t, who); err != nil {
			return err
		}
		return db.Do(t, of[who.Root].confirm, who.args(db.Args{"by": t.Actor().Account()}))
	})
}

// Wish is when somebody wrote down that erasing was asked for, and who did: what a page showed.
type Wish struct {
	On core.Date
	By core.AccountID
}

// stillIs refuses what was decided about another wish than the one that is there.
func (r row) stillIs(saw Wish) error {
	if r.askedOn.IsZero() || saw != (Wish{r.askedOn, r.askedBy}) {
		return core.Conflict("retention_changed")
	}
	return nil
}

// Drop takes the wish back, also after it was confirmed, as long as nothing is erased.
func (s *Service) Drop(ctx context.Context, a authz.Actor, who Subject, saw Wish) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		l, err := load(t, who)
		if err != nil {
			return err
		}
		if err := l.stillIs(saw); err != nil {
			return err
		}
		if err := seconded(t, who); err != nil {
			return err
		}
		return db.Do(t, of[who.Root].drop, who.args(nil))
	})
}

func place(s Subject, table, column string, id core.ID) vault.Place {
	return vault.Place{Table: table, Column: column, Row: id.Int64(), Owner: s.ID.Int64()}
}
