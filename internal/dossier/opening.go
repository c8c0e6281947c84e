package dossier

import (
	"strings"

	"maatje/internal/core"
	"maatje/internal/db"
)

// Opening is what a new file begins with. Persons are named by their place in the list, because they have no identifier yet.
type Opening struct {
	Name              string // of the file; left empty it is made of the people's names
	Municipality      core.ID
	Coordinator       core.AccountID
	InsideCoordinator core.AccountID
	State             State // Intake if empty; an import brings families in any state
	Since             core.Date
	Persons           []NewPerson
	Households        []NewHousehold
	Imported          bool
	ImportKey         string
}

// NewPerson is a person with what is known about them at the start.
type NewPerson struct {
	Person
	ParentOf    []int // places in Opening.Persons
	DecidesOver []int
	Detentions  []Stay
	Knows       *Knows // of a child, if somebody already asked
}

// Stay is a detention with the place where it is spent now, if that is known.
type Stay struct {
	Detention
	Facility core.ID
	Place    string
	Wing     string
}

// NewHousehold is where some of the persons live from a day on.
type NewHousehold struct {
	Household
	Members []int
	From    core.Date
}

// New opens the file of a family: its sealing key, its people under their names, where they live, who decides, who is
// detained where. It refuses a file that the actor could not find again afterwards.
func New(t *db.Tx, o Opening) (core.DossierID, error) {
	if err := checkOpening(o, t.Today()); err != nil {
		return 0, err
	}
	id := db.NewID[core.DossierID](t)
	if err := t.NewOwner(id.Int64()); err != nil {
		return 0, err
	}
	if err := openCover(t, id, o); err != nil {
		return 0, err
	}
	for i := range o.Persons {
		if err := openPerson(t, id, &o.Persons[i]); err != nil {
			return 0, err
		}
	}
	if _, err := Cover(t, id); err != nil {
		if core.IsKind(err, core.KindNotFound) {
			return 0, core.Invalid("municipality", "dossier_out_of_reach")
		}
		return 0, err
	}
	return id, openRest(t, id, o)
}

func openCover(t *db.Tx, id core.DossierID, o Opening) error {
	if o.State == "" {
		o.State = Intake
	}
	name := strings.TrimSpace(o.Name)
	if name == "" {
		name = nameOf(o.Persons)
	}
	args := db.Args{"dossier": id, "name": name, "fold": db.Fold(name), "municipality": o.Municipality, "coordinator": o.Coordinator,
		"inside": o.InsideCoordinator, "state": string(o.State), "imported": o.Imported, "import_key": nil}
	if o.ImportKey != "" {
		args["import_key"] = o.ImportKey
	}
	if err := db.Do(t, qOpen, args); err != nil {
		return err
	}
	return nil
}

// openPerson adds what makes the file visible to an inside coordinator: the parent and where they stay.
func openPerson(t *db.Tx, id core.DossierID, p *NewPerson) error {
	p.ID = db.NewID[core.PersonID](t)
	p.Person = p.tidy()
	if err := db.Do(t, qOpenPerson, p.args(id)); err != nil {
		return err
	}
	for i := range p.Detentions {
		s := &p.Detentions[i]
		s.ID, s.Parent = db.NewID[core.ID](t), p.ID
		if err := db.Do(t, qOpenDetention, s.args(id)); err != nil {
			return err
		}
		if place, ok := s.placement(t); ok {
			if err := db.Do(t, qOpenPlacement, place.seen(t, id)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s Stay) placement(t *db.Tx) (Placement, bool) {
	if s.Facility.IsZero() && s.Place == "" {
		return Placement{}, false
	}
	return Placement{ID: db.NewID[core.ID](t), Detention: s.ID, Facility: s.Facility, Place: s.Place, Wing: s.Wing,
		From: s.From, Until: s.ReleasedOn}, true
}

// openRest adds, through the scope, what needs the persons' identifiers.
func openRest(t *db.Tx, id core.DossierID, o Opening) error {
	for _, p := range o.Persons {
		if err := writeWords(t, id, p.Person); err != nil {
			return err
		}
		if err := openTies(t, id, o, p); err != nil {
			return err
		}
	}
	for _, h := range o.Households {
		h.ID = db.NewID[core.ID](t)
		if err := db.Do(t, qAddHousehold, h.args(id)); err != nil {
			return err
		}
		for _, at := range h.Members {
			m := Member{ID: db.NewID[core.ID](t), Household: h.ID, Person: o.Persons[at].ID, From: h.From}
			if err := db.Do(t, qAddMember, m.args(id)); err != nil {
				return err
			}
		}
	}
	if !o.Since.IsZero() && o.State != "" {
		return moveOn(t, id, o.State, o.Since)
	}
	return nil
}

func openTies(t *db.Tx, id core.DossierID, o Opening, p NewPerson) error {
	for _, at := range p.ParentOf {
		if err := db.Do(t, qAddTie, db.Args{"dossier": id, "parent": p.ID, "child": o.Persons[at].ID, "kind": "birth"}); err != nil {
			return err
		}
	}
	for _, at := range p.DecidesOver {
		a := Authority{ID: db.NewID[core.ID](t), Child: o.Persons[at].ID, Holder: p.ID}
		if err := db.Do(t, qAddAuthority, a.args(id)); err != nil {
			return err
		}
	}
	if p.Knows == nil {
		return nil
	}
	k := *p.Knows
	k.Child = p.ID
	return addKnows(t, id, k)
}

// nameOf names a family after its children, or after whoever is there.
func nameOf(persons []NewPerson) string {
	var children, all []string
	for _, p := range persons {
		all = append(all, p.Name)
		if p.IsChild {
			children = append(children, p.Name)
		}
	}
	if len(children) > 0 {
		all = children
	}
	return strings.Join(all[:min(len(all), 4)], ", ")
}
