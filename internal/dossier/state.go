package dossier

import (
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/task"
)

// Await says that the family is to start and waits for a volunteer since the day (INT-10).
func Await(t *db.Tx, id core.DossierID, since core.Date) error { return move(t, id, Waiting, since) }

// Begin says that support runs.
func Begin(t *db.Tx, id core.DossierID, on core.Date) error { return move(t, id, Running, on) }

// Follow says that the family is in aftercare.
func Follow(t *db.Tx, id core.DossierID, on core.Date) error { return move(t, id, Aftercare, on) }

// Close says that nothing runs and nothing is waited for. Families can come back: see Reopen.
func Close(t *db.Tx, id core.DossierID, on core.Date) error { return move(t, id, Closed, on) }

// Reopen brings a closed or waiting file back to its intake: a second detention, or a family that comes back.
func Reopen(t *db.Tx, id core.DossierID, on core.Date) error { return move(t, id, Intake, on) }

func move(t *db.Tx, id core.DossierID, to State, on core.Date) error {
	d, err := Cover(t, id)
	if err != nil {
		return err
	}
	if err := mayFollow(d.State, to); err != nil || d.State == to {
		return err
	}
	if err := moveOn(t, id, to, on); err != nil || to != Closed {
		return err
	}
	return task.DoneFor(t, id)
}

func moveOn(t *db.Tx, id core.DossierID, to State, on core.Date) error {
	args := db.Args{"dossier": id, "state": string(to), "since": on, "closed": nil}
	if to == Closed {
		args["closed"] = on
	}
	return db.Do(t, qMove, args)
}
