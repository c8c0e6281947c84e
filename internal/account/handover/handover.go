// Package handover gives what waits for a coordinator to another one when their access ends. It promises that nobody ends
// access while families, intakes or tasks wait for them, and that who takes over can reach every one of those families.
package handover

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// Held is how much waits for a coordinator.
type Held struct{ Outside, Inside, Tasks int }

// Somebody is who gives or who takes.
type Somebody struct {
	ID    core.AccountID
	Name  string
	Roles authz.Role
	Away  bool // cannot sign in
}

const overWhy = "whoever ends somebody's access hands over what waits for them, and sees numbers and no family"

var (
	heldProbe = db.Probe{"id": db.Theirs("account")}
	overProbe = db.Probe{"id": db.Theirs("account"), "to": db.Theirs("account")}

	qHeld = db.CrossQ("account.held", authz.Accounts, overWhy, `SELECT
		(SELECT COUNT(*) FROM dossier d WHERE d.coordinator_id = :id AND d.state <> 'closed'),
		(SELECT COUNT(*) FROM dossier d WHERE d.inside_coordinator_id = :id AND d.state <> 'closed'),
		(SELECT COUNT(*) FROM task k WHERE k.account_id = :id AND k.done_at IS NULL)`, heldProbe)
	qBeyond = db.CrossQ("account.beyond", authz.Accounts, overWhy, `SELECT
		(SELECT COUNT(*) FROM dossier d WHERE d.coordinator_id = :id AND d.state <> 'closed' AND NOT EXISTS
			(SELECT 1 FROM account_municipality am WHERE am.account_id = :to AND am.municipality_id = d.municipality_id)) +
		(SELECT COUNT(*) FROM dossier d WHERE d.inside_coordinator_id = :id AND d.state <> 'closed' AND NOT EXISTS
			(SELECT 1 FROM placement p JOIN account_facility af ON af.facility_id = p.facility_id AND af.account_id = :to WHERE p.dossier_id = d.id))`, overProbe)

	// over is everything that goes from one to the other.
	over = []*db.Query{
		db.CrossX("account.hand_over_dossiers", authz.Accounts, overWhy,
			`UPDATE dossier SET coordinator_id = :to, version = version + 1 WHERE coordinator_id = :id AND state <> 'closed'`, overProbe),
		db.CrossX("account.hand_over_inside", authz.Accounts, overWhy,
			`UPDATE dossier SET inside_coordinator_id = :to, version = version + 1 WHERE inside_coordinator_id = :id AND state <> 'closed'`, overProbe),
		db.CrossX("account.hand_over_intakes", authz.Accounts, overWhy,
			`UPDATE intake SET coordinator_id = :to WHERE coordinator_id = :id AND decided_on IS NULL`, overProbe),
		db.CrossX("account.hand_over_trajectories", authz.Accounts, overWhy,
			`UPDATE trajectory SET coordinator_id = :to, version = version + 1 WHERE coordinator_id = :id AND state <> 'ended'`, overProbe),
		db.CrossX("account.hand_over_referrals", authz.Accounts, overWhy,
			`UPDATE referral SET coordinator_id = :to, version = version + 1 WHERE coordinator_id = :id AND answered_at IS NULL`, overProbe),
		db.CrossX("account.hand_over_tasks", authz.Accounts, overWhy,
			`UPDATE task SET account_id = :to WHERE account_id = :id AND done_at IS NULL`, overProbe),
	}
)

// Of counts what waits for a coordinator. A volunteer's own tasks are nobody else's: they end with the match.
func Of(t *db.Tx, p Somebody) (h Held, err error) {
	h, err = db.One(t, qHeld, db.Args{"id": p.ID}, func(h *Held) []any { return []any{&h.Outside, &h.Inside, &h.Tasks} })
	if !p.Roles.Has(authz.OutsideCoordinator) && !p.Roles.Has(authz.InsideCoordinator) {
		h.Tasks = 0
	}
	return h, err
}

// Give gives everything that waits for a coordinator to another one, in the transaction that ends the access. Nobody is
// asked for when nothing waits.
func Give(t *db.Tx, p Somebody, to core.AccountID, find func(core.AccountID) (Somebody, error)) error {
	h, err := Of(t, p)
	if err != nil || h == (Held{}) {
		return err
	}
	if to.IsZero() || to == p.ID {
		return core.Invalid("to", "account_hand_over", p.Name, h.Outside+h.Inside, h.Tasks)
	}
	receiver, err := find(to)
	if err != nil {
		return err
	}
	beyond, err := db.Count(t, qBeyond, db.Args{"id": p.ID, "to": to})
	if err != nil {
		return err
	}
	if err := mayReceive(h, receiver, beyond); err != nil {
		return err
	}
	for _, q := range over {
		if _, err := db.Exec(t, q, db.Args{"id": p.ID, "to": to}); err != nil {
			return err
		}
	}
	return nil
}

// mayReceive says whether somebody can take over what waits for a coordinator: with access of their own, in the same roles,
// and with every family in their own area, or they would not find it (METHOD ch. 9).
func mayReceive(h Held, to Somebody, beyond int) error {
	switch {
	case to.Away:
		return core.Invalid("to", "account_hand_over_away", to.Name)
	case h.Outside > 0 && !to.Roles.Has(authz.OutsideCoordinator), h.Inside > 0 && !to.Roles.Has(authz.InsideCoordinator),
		!to.Roles.Has(authz.OutsideCoordinator) && !to.Roles.Has(authz.InsideCoordinator):
		return core.Invalid("to", "account_hand_over_role", to.Name)
	case beyond > 0:
		return core.Invalid("to", "account_hand_over_beyond", to.Name, beyond)
	}
	return nil
}
