package dossier

import (
	"slices"
	"strings"

	"maatje/internal/core"
	"maatje/internal/db"
)

// Cover reads what stands on the cover of the file; a file the actor may not see is not found.
func Cover(t *db.Tx, id core.DossierID) (Dossier, error) {
	return db.One(t, qCover, db.Args{"dossier": id}, coverOf)
}

// People lists everybody in the file, in the order in which they were added.
func People(t *db.Tx, id core.DossierID) ([]Person, error) {
	return db.All(t, qPeople, db.Args{"dossier": id}, personOf)
}

// Ties lists who is a parent of whom.
func Ties(t *db.Tx, id core.DossierID) ([]Tie, error) {
	return db.All(t, qTies, db.Args{"dossier": id}, tieOf)
}

// AddPerson adds somebody to the file, and to the names under which it is found.
func AddPerson(t *db.Tx, id core.DossierID, p Person) (core.PersonID, error) {
	p = p.tidy()
	if err := checkPerson(p, t.Today()); err != nil {
		return 0, err
	}
	p.ID = db.NewID[core.PersonID](t)
	if err := db.Do(t, qAddPerson, p.args(id)); err != nil {
		return 0, err
	}
	return p.ID, writeWords(t, id, p)
}

// ChangePerson changes somebody as the screen showed them (p.Version); changed meanwhile is a conflict. Birth and death must
// still go with everything that is recorded about them.
func ChangePerson(t *db.Tx, id core.DossierID, p Person) error {
	p = p.tidy()
	old, err := personIn(t, id, p.ID)
	if err != nil {
		return err
	}
	if old.Version != p.Version {
		return core.Conflict("dossier_changed_meanwhile")
	}
	if err := checkChanged(t, id, p); err != nil {
		return err
	}
	args := p.args(id)
	delete(args, "import_key")
	args["version"] = p.Version
	if err := db.Do(t, qChangePerson, args); err != nil {
		return err
	}
	return rewriteWords(t, id, p)
}

// checkChanged holds a changed person against what is recorded with a date.
func checkChanged(t *db.Tx, id core.DossierID, p Person) error {
	if err := checkPerson(p, t.Today()); err != nil {
		return err
	}
	file, err := Load(t, id)
	if err != nil {
		return err
	}
	return checkRecorded(p, file)
}

// RecordParents makes exactly these people the parents of the child.
func RecordParents(t *db.Tx, id core.DossierID, child core.PersonID, parents []core.PersonID) error {
	people, err := People(t, id)
	if err != nil {
		return err
	}
	ties, err := Ties(t, id)
	if err != nil {
		return err
	}
	for _, tie := range ties {
		if tie.Child == child && !slices.Contains(parents, tie.Parent) {
			if err := db.Do(t, qDropTie, db.Args{"dossier": id, "parent": tie.Parent, "child": child}); err != nil {
				return err
			}
		}
	}
	for _, parent := range parents {
		if slices.ContainsFunc(ties, func(o Tie) bool { return o.Child == child && o.Parent == parent }) {
			continue
		}
		if err := addTie(t, id, people, parent, child); err != nil {
			return err
		}
	}
	return nil
}

func addTie(t *db.Tx, id core.DossierID, people []Person, parent, child core.PersonID) error {
	p, okParent := byID(people, parent)
	c, okChild := byID(people, child)
	if !okParent || !okChild {
		return core.NotFound()
	}
	if err := checkTie(p, c); err != nil {
		return err
	}
	return db.Do(t, qAddTie, db.Args{"dossier": id, "parent": parent, "child": child, "kind": "birth"})
}

func byID(people []Person, id core.PersonID) (Person, bool) {
	i := slices.IndexFunc(people, func(p Person) bool { return p.ID == id })
	if i < 0 {
		return Person{}, false
	}
	return people[i], true
}

// personIn finds somebody of this very file; an identifier of another family is not found.
func personIn(t *db.Tx, id core.DossierID, person core.PersonID) (Person, error) {
	people, err := People(t, id)
	if err != nil {
		return Person{}, err
	}
	p, ok := byID(people, person)
	if !ok {
		return Person{}, core.NotFound()
	}
	return p, nil
}

func rewriteWords(t *db.Tx, id core.DossierID, p Person) error {
	if _, err := db.Exec(t, qDropWords, db.Args{"dossier": id, "person": p.ID}); err != nil {
		return err
	}
	return writeWords(t, id, p)
}

// writeWords keeps the words of a name, each once, under which the file is found.
func writeWords(t *db.Tx, id core.DossierID, p Person) error {
	words := db.Words(p.Name)
	slices.Sort(words)
	for _, w := range slices.Compact(words) {
		if err := db.Do(t, qAddWord, db.Args{"dossier": id, "person": p.ID, "word": w}); err != nil {
			return err
		}
	}
	return nil
}

func (p Person) tidy() Person {
	p.Name = strings.Join(strings.Fields(p.Name), " ")
	p.Relation = strings.TrimSpace(p.Relation)
	return p
}
