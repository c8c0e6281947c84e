package importer

import (
	"cmp"
	"strings"

	"maatje/internal/core"
	"maatje/internal/db"
)

// someone is a person of a family as the database has them.
type someone struct {
	id            core.PersonID
	key, name     string
	child, parent bool
	birth         core.Date
}

func (s *someone) columns() []any {
	return []any{&s.id, &s.key, &s.name, &s.child, &s.parent, &s.birth}
}

// people finds those of a family who came in, by key.
func people(t *db.Tx, of core.DossierID) (map[string]someone, error) {
	all, err := db.All(t, qPeople, db.Args{"dossier": of}, (*someone).columns)
	out := make(map[string]someone, len(all))
	for _, s := range all {
		out[s.key] = s
	}
	return out, err
}

// member is a person as a record tells of them.
type member struct {
	key, name, sex, relation string
	birth                    core.Date
	child, parent, caregiver bool
	detention                *parent
}

// members are the people of a record; a parent who is also the caregiver is one person.
func (f *family) members() []member {
	var out []member
	at := map[string]int{}
	for _, k := range f.Children {
		out = append(out, member{key: k.Key, name: k.Name, sex: k.Sex, birth: k.birth, child: true})
	}
	for i, p := range f.Parents {
		at[p.Key] = len(out)
		out = append(out, member{key: p.Key, name: p.Name, sex: p.Sex, parent: true, detention: &f.Parents[i]})
	}
	for _, k := range f.Caregivers {
		if i, ok := at[k.Key]; ok {
			out[i].caregiver, out[i].relation = true, k.Relation
			continue
		}
		out = append(out, member{key: k.Key, name: k.Name, relation: k.Relation, caregiver: true})
	}
	return out
}

// title names a family by its children, or by whoever is in it.
func title(all []member) string {
	var children, others []string
	for _, m := range all {
		if m.child {
			children = append(children, m.name)
		} else {
			others = append(others, m.name)
		}
	}
	if len(children) == 0 {
		children = others
	}
	return cmp.Or(strings.Join(children[:min(len(children), 4)], ", "), "?")
}

func (r *run) keepFamily(t *db.Tx, key string, f *family, id core.DossierID, exists bool) error {
	all := f.members()
	if !exists {
		if err := t.NewOwner(id.Int64()); err != nil {
			return err
		}
	}
	name := title(all)
	args := db.Args{"dossier": id, "name": name, "fold": db.Fold(name), "municipality": r.places.municipality(f.Municipality), "key": key}
	if err := either(t, exists, xFamily, xAddFamily, args, nil); err != nil {
		return err
	}
	have, err := people(t, id)
	if err != nil {
		return err
	}
	ids := make([]core.PersonID, len(all))
	for i, m := range all {
		if ids[i], err = keepPerson(t, id, m, have[m.key]); err != nil {
			return err
		}
		if m.detention != nil && m.detention.isDetained() {
			if err := r.keepDetention(t, id, ids[i], m.detention); err != nil {
				return err
			}
		}
	}
	return keepParentage(t, id, all, ids)
}

func keepPerson(t *db.Tx, of core.DossierID, m member, had someone) (core.PersonID, error) {
	id, exists := had.id, !had.id.IsZero()
	if !exists {
		id = db.NewID[core.PersonID](t)
	}
	args := db.Args{"row": id, "dossier": of, "name": m.name, "fold": db.Fold(m.name), "birth": m.birth, "sex": m.sex, "child": m.child,
		"parent": m.parent, "caregiver": m.caregiver, "relation": m.relation, "key": m.key}
	if err := either(t, exists, xPerson, xAddPerson, args, nil); err != nil || exists && had.name == m.name {
		return id, err
	}
	if _, err := db.Exec(t, xForgetWords, db.Args{"row": id}); err != nil {
		return id, err
	}
	for _, word := range db.Words(m.name) {
		if _, err := db.Exec(t, xWord, db.Args{"word": word, "row": id, "dossier": of}); err != nil {
			return id, err
		}
	}
	return id, nil
}

func keepParentage(t *db.Tx, of core.DossierID, all []member, ids []core.PersonID) error {
	for i, p := range all {
		for j, k := range all {
			if !p.parent || !k.child {
				continue
			}
			if _, err := db.Exec(t, xParentage, db.Args{"dossier": of, "parent": ids[i], "child": ids[j]}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *run) keepDetention(t *db.Tx, of core.DossierID, who core.PersonID, p *parent) error {
	at, exists, err := db.Maybe(t, qDetention, db.Args{"parent": who}, (*row).columns)
	if err != nil {
		return err
	}
	if !exists {
		at.id = db.NewID[core.ID](t).Int64()
	}
	args := db.Args{"row": at.id, "dossier": of, "parent": who, "from": p.from, "expected": p.expectedUntil, "released": p.released}
	if err := either(t, exists, xDetention, xAddDetention, args, nil); err != nil || p.Facility == "" {
		return err
	}
	stay := db.Args{"row": at.id, "dossier": of, "facility": r.places.facility(p.Facility), "from": p.from, "until": p.released}
	if n, err := db.Exec(t, xPlacement, stay); err != nil || n > 0 {
		return err
	}
	return db.Do(t, xAddPlacement, with(stay, db.Args{"id": db.NewID[core.ID](t)}))
}
