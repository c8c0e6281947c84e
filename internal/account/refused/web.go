package refused

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/web"
)

var qSeen = db.Q("refused.seen", authz.Accounts,
	`SELECT r.since, r.kind, COALESCE(a.name, ''), COALESCE(b.name, ''), r.address, r.route, r.times
	FROM refusal r LEFT JOIN account a ON a.id = r.actor LEFT JOIN account b ON b.id = r.about
	ORDER BY r.since DESC, r.times DESC, r.last_at DESC LIMIT :limit`, db.Probe{"limit": 10})

const shown = 200

// Refusal is one line of what was refused.
type Refusal struct {
	Since          core.Instant
	Kind           Kind
	By, At         string // who was refused, or at whose door
	Address, Route string
	Times          int
}

func (r *Refusal) dest() []any {
	return []any{&r.Since, (*string)(&r.Kind), &r.By, &r.At, &r.Address, &r.Route, &r.Times}
}

// Routes mounts the page.
func (k *Keeper) Routes(m *web.Router) {
	m.Handle("GET /accounts/refused", authz.RightTo("log.see"), k.show)
}

// Seen lists what was refused, the latest hour first.
func (k *Keeper) Seen(q *web.Request) (all []Refusal, err error) {
	if err := k.Flush(q.Context()); err != nil {
		return nil, err
	}
	err = k.db.Read(q.Context(), q.Actor, func(t *db.Tx) error {
		all, err = db.All(t, qSeen, db.Args{"limit": shown}, (*Refusal).dest)
		return err
	})
	return all, err
}

func (k *Keeper) show(q *web.Request) error {
	all, err := k.Seen(q)
	if err != nil {
		return err
	}
	return q.Show(page(q.Frame(q.Lang.RefusedTitle()), all))
}
