package db

import (
	"database/sql"
	"errors"
	"sync"

	"maatje/internal/authz"
)

// ground is on what somebody reaches a row, for the log: through which relation, and for whom when they stand in.
type ground struct {
	rule     string
	behalfOf int64
}

type groundKey struct {
	scope   authz.Scope
	dossier int64
}

// groundOf finds the bond that there is with a dossier, when several are possible. A volunteer who coordinates elsewhere and a
// leader who coordinates too have more than one, and only one of them is an emergency. Of what is no dossier the log says
// which are possible.
func (t *Tx) groundOf(q *Query, dossier int64) (ground, error) {
	scope := q.scope(t.actor)
	bonds := scope.Bonds()
	if dossier == 0 || q.cross != "" || q.section.Root() != authz.DossierRoot || len(bonds) == 0 || len(bonds) == 1 && bonds[0].Absent() == "" {
		return ground{rule: scope.Via()}, nil
	}
	key := groundKey{scope, dossier}
	if g, ok := t.grounds[key]; ok {
		return g, nil
	}
	g, err := t.firstBond(bonds, dossier)
	if err == nil {
		if t.grounds == nil {
			t.grounds = map[groundKey]ground{}
		}
		t.grounds[key] = g
	}
	return g, err
}

// firstBond asks for one bond after the other; the row was found, so the last one needs no asking.
func (t *Tx) firstBond(bonds []authz.Scope, dossier int64) (ground, error) {
	last := bonds[len(bonds)-1]
	for _, b := range bonds[:len(bonds)-1] {
		found, err := t.ask(bondText(b), dossier)
		if err != nil {
			return ground{}, err
		}
		if found != 0 {
			last = b
			break
		}
	}
	g := ground{rule: last.Via()}
	if last.Absent() == "" {
		return g, nil
	}
	var err error
	g.behalfOf, err = t.ask(last.Absent(), dossier)
	return g, err
}

func bondText(b authz.Scope) string { return "SELECT x.id FROM " + b.SQL() + " x WHERE x.id = :row" }

// bondTexts keeps each text numbered.
var bondTexts sync.Map

func (t *Tx) ask(text string, dossier int64) (id int64, err error) {
	type one struct {
		kind Kind
		text string
	}
	kept, ok := bondTexts.Load(one{t.db.engine.kind, text})
	if !ok {
		kept, _ = bondTexts.LoadOrStore(one{t.db.engine.kind, text}, number(text, t.db.engine.kind))
	}
	v, _ := kept.(variant)
	values := make([]any, len(v.params))
	for i, name := range v.params {
		if values[i] = any(dossier); name != "row" {
			values[i] = t.filled(name)
		}
	}
	err = t.sql.QueryRowContext(t.ctx, v.sql, values...).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return id, err
}
