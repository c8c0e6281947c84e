package demo

import (
	"context"
	"fmt"
	"strings"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/importer"
)

// Fill writes the invented programme and says who can be signed in as: who works there, the history that they share, and
// the words in it.
func Fill(ctx context.Context, d *db.DB) ([]Person, error) {
	people, err := staff(ctx, d)
	if err != nil {
		return nil, err
	}
	_, failed, err := importer.Text(ctx, d, history(d.Now().Date()))
	if err == nil && len(failed) > 0 {
		err = fmt.Errorf("the invented history has mistakes: %v", failed)
	}
	if err != nil {
		return nil, err
	}
	err = d.Write(ctx, system, func(t *db.Tx) error { return (&places{t: t}).dress(people) })
	return people, err
}

var system = authz.System("demo.fill")

func staff(ctx context.Context, d *db.DB) (people []Person, err error) {
	err = d.Write(ctx, system, func(t *db.Tx) error {
		p := &places{t: t, municipalities: map[string]core.ID{}, facilities: map[string]core.ID{}}
		people = nil
		for _, c := range cast {
			person, err := p.employ(c)
			if err != nil {
				return err
			}
			people = append(people, person)
		}
		return nil
	})
	return people, err
}

// places makes each municipality and facility once.
type places struct {
	t                          *db.Tx
	municipalities, facilities map[string]core.ID
}

func (p *places) municipality(name string) (core.ID, error) {
	if id, ok := p.municipalities[name]; ok || name == "" {
		return id, nil
	}
	id := db.NewID[core.ID](p.t)
	p.municipalities[name] = id
	return id, db.Do(p.t, xMunicipality, db.Args{"id": id, "name": name, "fold": db.Fold(name)})
}

func (p *places) facility(name string) (core.ID, error) {
	if id, ok := p.facilities[name]; ok || name == "" {
		return id, nil
	}
	id := db.NewID[core.ID](p.t)
	p.facilities[name] = id
	return id, db.Do(p.t, xFacility, db.Args{"id": id, "name": name, "fold": db.Fold(name), "town": strings.TrimPrefix(name, "PI "),
		"kind": "prison", "holds": ""})
}

func (p *places) employ(c member) (Person, error) {
	person := Person{Account: db.NewID[core.AccountID](p.t), Name: c.name, Roles: c.roles,
		Where: strings.Join(append(append([]string{}, c.municipalities...), c.facilities...), ", ")}
	email := strings.ReplaceAll(db.Fold(c.name), " ", ".") + "@voorbeeld.invalid"
	if err := db.Do(p.t, xAccount, db.Args{"id": person.Account, "email": email, "name": c.name, "seen": p.t.Now().Add(-c.away)}); err != nil {
		return person, err
	}
	for _, code := range c.roles.Codes() {
		if err := db.Do(p.t, xRole, db.Args{"account": person.Account, "role": code}); err != nil {
			return person, err
		}
	}
	for _, m := range c.municipalities {
		id, err := p.municipality(m)
		if err != nil {
			return person, err
		}
		if err := db.Do(p.t, xWorksIn, db.Args{"account": person.Account, "municipality": id}); err != nil {
			return person, err
		}
	}
	for _, f := range c.facilities {
		id, err := p.facility(f)
		if err != nil {
			return person, err
		}
		if err := db.Do(p.t, xWorksAt, db.Args{"account": person.Account, "facility": id}); err != nil {
			return person, err
		}
	}
	if c.home != "" {
		person.Where = c.home
	}
	return person, nil
}
