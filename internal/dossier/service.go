package dossier

import (
	"context"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/task"
)

// Service is the file of a family for screens: every method is one transaction.
type Service struct {
	db      *db.DB
	release ReleaseWatcher
}

// ReleaseWatcher is told, in the same transaction, that a detention ends earlier than was known (TRA-8). old is zero when no
// end was known.
type ReleaseWatcher interface {
	ReleaseMoved(t *db.Tx, dossier core.DossierID, detention core.ID, parent core.PersonID, old, now core.Date) error
}

// NewService makes the service. watcher may be nil where nothing follows from a release.
func NewService(d *db.DB, watcher ReleaseWatcher) *Service { return &Service{db: d, release: watcher} }

// File reads the whole file of a family.
func (s *Service) File(ctx context.Context, a authz.Actor, id core.DossierID) (f File, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		f, err = Load(t, id)
		return err
	})
	return f, err
}

// ChangeDetention changes a detention as the screen showed it; an end that came closer is told to the watcher (TRA-8).
func (s *Service) ChangeDetention(ctx context.Context, a authz.Actor, id core.DossierID, d Detention) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error { return s.changeDetention(t, id, d) })
}

func (s *Service) changeDetention(t *db.Tx, id core.DossierID, d Detention) error {
	old, err := changeDetention(t, id, d)
	if err != nil {
		return err
	}
	if err := closeReleased(t, d); err != nil {
		return err
	}
	if s.release == nil || !movedEarlier(old, d) {
		return nil
	}
	return s.release.ReleaseMoved(t, id, d.ID, d.Parent, old.End(), d.End())
}

// closeReleased closes what waited for the release.
func closeReleased(t *db.Tx, d Detention) error {
	if d.ReleasedOn.IsZero() {
		return nil
	}
	if err := task.Done(t, findKey(d.ID)); err != nil {
		return err
	}
	return task.Done(t, releaseKey(d.ID))
}

// Confirm says that somebody still stays where the file says, as of today.
func (s *Service) Confirm(ctx context.Context, a authz.Actor, id core.DossierID, placement core.ID) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		p, err := placementIn(t, id, placement)
		if err != nil {
			return err
		}
		if err := task.Done(t, confirmKey(p)); err != nil {
			return err
		}
		return db.Do(t, qConfirm, db.Args{"dossier": id, "id": placement})
	})
}

// Gone says that somebody does not stay there any more and nobody knows where they are (C20): the placement ends today, and
// finding the parent becomes a task.
func (s *Service) Gone(ctx context.Context, a authz.Actor, id core.DossierID, placement core.ID) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		p, err := placementIn(t, id, placement)
		if err != nil {
			return err
		}
		if err := db.Do(t, qLeft, db.Args{"dossier": id, "id": placement, "on": t.Today()}); err != nil {
			return err
		}
		if err := task.Done(t, confirmKey(p)); err != nil {
			return err
		}
		return askToFind(t, id, p.Detention)
	})
}

func askToFind(t *db.Tx, id core.DossierID, detention core.ID) error {
	d, err := Cover(t, id)
	if err != nil {
		return err
	}
	who := d.inside()
	if who.IsZero() {
		return nil
	}
	return task.Open(t, task.Task{Key: findKey(detention), Account: who, Kind: taskFind, Urgency: task.Normal,
		Due: endOf(t.Today().AddWorkdays(1)), Dossier: id, Subject: detention})
}

// inside is who looks after things inside: the inside coordinator, or the outside one where there is none.
func (d Dossier) inside() core.AccountID {
	if !d.InsideCoordinator.IsZero() {
		return d.InsideCoordinator
	}
	return d.Coordinator
}

// outside is who looks after the family at home.
func (d Dossier) outside() core.AccountID {
	if !d.Coordinator.IsZero() {
		return d.Coordinator
	}
	return d.InsideCoordinator
}

func placementIn(t *db.Tx, id core.DossierID, placement core.ID) (Placement, error) {
	all, err := Placements(t, id)
	if err != nil {
		return Placement{}, err
	}
	for _, p := range all {
		if p.ID == placement && p.Until.IsZero() {
			return p, nil
		}
	}
	return Placement{}, core.NotFound()
}

// ChangeCover changes the cover as the screen showed it. Whoever takes it out of the own reach is refused.
func ChangeCover(t *db.Tx, d Dossier) error {
	old, err := Cover(t, d.ID)
	if err != nil {
		return err
	}
	if old.Version != d.Version {
		return core.Conflict("dossier_changed_meanwhile")
	}
	if d.Name == "" {
		return core.Invalid("name", "dossier_name_missing")
	}
	err = db.Do(t, qChangeCover, db.Args{"dossier": d.ID, "name": d.Name, "fold": db.Fold(d.Name), "municipality": d.Municipality,
		"coordinator": d.Coordinator, "inside": d.InsideCoordinator, "weight": orElse(d.Weight, "normal"), "version": d.Version})
	if err != nil {
		return err
	}
	if _, err := Cover(t, d.ID); core.IsKind(err, core.KindNotFound) {
		return core.Invalid("municipality", "dossier_out_of_reach")
	}
	return moveTasks(t, old, d)
}

// moveTasks gives what waits for a coordinator to the one who takes the family over.
func moveTasks(t *db.Tx, old, d Dossier) error {
	for _, change := range []struct{ from, to core.AccountID }{{old.Coordinator, d.Coordinator}, {old.InsideCoordinator, d.InsideCoordinator}} {
		if change.from == change.to || change.from.IsZero() || change.to.IsZero() {
			continue
		}
		if _, err := db.Exec(t, qMoveTasks, db.Args{"dossier": d.ID, "from": change.from, "to": change.to}); err != nil {
			return err
		}
	}
	return nil
}
