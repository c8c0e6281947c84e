package importer

import (
	"context"

	"maatje/internal/core"
	"maatje/internal/db"
)

// places are what records name by name: municipalities, facilities and coordinators. An unknown one is made; a
// coordinator gets an account with which nobody can sign in.
type places struct {
	db                         *db.DB
	municipalities, facilities map[string]core.ID
	coordinators               map[string]core.AccountID
}

func newPlaces(d *db.DB) *places { return &places{db: d} }

// names are the names in a batch that may have to be made, by folded name.
type names struct{ municipalities, facilities, coordinators map[string]string }

func (n names) of(rec record) {
	switch d := rec.data.(type) {
	case *family:
		n.add(n.municipalities, d.Municipality)
		for _, p := range d.Parents {
			n.add(n.facilities, p.Facility)
		}
	case *referral:
		n.add(n.municipalities, d.Municipality)
		n.add(n.facilities, d.Facility)
	case *intake:
		n.add(n.coordinators, d.Coordinator)
	case *trajectory:
		n.add(n.coordinators, d.Coordinator)
	}
}

func (names) add(to map[string]string, name string) {
	fold := db.Fold(name)
	if _, ok := to[fold]; !ok && fold != "" {
		to[fold] = name // as the first line spells it
	}
}

// know makes sure that every name in the batch has its row. It has a transaction of its own, so that what is remembered
// here is in the database.
func (p *places) know(ctx context.Context, batch []record) error {
	n := names{map[string]string{}, map[string]string{}, map[string]string{}}
	for _, rec := range batch {
		n.of(rec)
	}
	if p.municipalities != nil && known(p.municipalities, n.municipalities) && known(p.facilities, n.facilities) && known(p.coordinators, n.coordinators) {
		return nil
	}
	err := p.db.Write(ctx, system, func(t *db.Tx) error {
		if err := p.load(t); err != nil {
			return err
		}
		if err := add(t, p.municipalities, n.municipalities, xAddMunicipality); err != nil {
			return err
		}
		if err := add(t, p.facilities, n.facilities, xAddFacility); err != nil {
			return err
		}
		return p.addCoordinators(t, n.coordinators)
	})
	if err != nil {
		p.municipalities = nil // what was remembered was not kept
	}
	return err
}

func known[T any](have map[string]T, want map[string]string) bool {
	for fold := range want {
		if _, ok := have[fold]; !ok {
			return false
		}
	}
	return true
}

type named struct {
	id   int64
	name string
}

func (n *named) columns() []any { return []any{&n.id, &n.name} }

func (p *places) load(t *db.Tx) error {
	municipalities, err := db.All(t, qMunicipalities, db.Args{}, (*named).columns)
	if err != nil {
		return err
	}
	facilities, err := db.All(t, qFacilities, db.Args{}, (*named).columns)
	if err != nil {
		return err
	}
	coordinators, err := db.All(t, qCoordinators, db.Args{}, (*named).columns)
	if err != nil {
		return err
	}
	p.municipalities, p.facilities, p.coordinators = byFold[core.ID](municipalities), byFold[core.ID](facilities), byFold[core.AccountID](coordinators)
	return nil
}

func byFold[T ~int64](all []named) map[string]T {
	out := make(map[string]T, len(all))
	for _, n := range all {
		out[db.Fold(n.name)] = T(n.id)
	}
	return out
}

func add(t *db.Tx, have map[string]core.ID, want map[string]string, x *db.Query) error {
	for fold, name := range want {
		if _, ok := have[fold]; ok {
			continue
		}
		id := db.NewID[core.ID](t)
		if err := db.Do(t, x, db.Args{"id": id, "name": name, "fold": fold}); err != nil {
			return err
		}
		have[fold] = id
	}
	return nil
}

func (p *places) addCoordinators(t *db.Tx, want map[string]string) error {
	for fold, name := range want {
		if _, ok := p.coordinators[fold]; ok {
			continue
		}
		id := db.NewID[core.AccountID](t)
		if err := db.Do(t, xAddAccount, db.Args{"id": id, "email": id.String() + "@import.invalid", "name": name}); err != nil {
			return err
		}
		if err := db.Do(t, xAddRole, db.Args{"account": id}); err != nil {
			return err
		}
		p.coordinators[fold] = id
	}
	return nil
}

func (p *places) municipality(name string) core.ID       { return p.municipalities[db.Fold(name)] }
func (p *places) facility(name string) core.ID           { return p.facilities[db.Fold(name)] }
func (p *places) coordinator(name string) core.AccountID { return p.coordinators[db.Fold(name)] }
