package families

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/facility"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// Service opens files by hand and finds them again.
type Service struct{ db *db.DB }

// NewService makes the service.
func NewService(d *db.DB) *Service { return &Service{db: d} }

// Routes mounts the list and the form.
func (s *Service) Routes(m *web.Router) {
	m.Handle("GET /dossiers", authz.RightTo("dossier.list").As(authz.Search), s.showList)
	m.Handle("GET /dossiers/new", authz.RightTo("dossier.write"), s.showNew)
	m.Handle("POST /dossiers", authz.RightTo("dossier.write"), s.postNew)
}

var qOwnPlaces = db.Q("families.own_places", authz.Directory, `SELECT m.id, m.name FROM account_municipality am JOIN municipality m ON m.id = am.municipality_id
		WHERE am.account_id = :actor ORDER BY m.name_fold`, db.Probe{})

// newView is a family that is being written down by hand.
type newView struct {
	lang           text.Lang
	facilities     []facility.Facility
	municipalities []facility.Place
	in             *form.Form
}

// has says that something was filled in, or is wrong, in the fields that begin so.
func (v newView) has(at string) bool {
	begins := func(name string) bool { return strings.HasPrefix(name, at) }
	return slices.ContainsFunc(slices.Collect(maps.Keys(v.in.Values)), begins) || slices.ContainsFunc(v.in.Wrong(), begins)
}

// How many of each a new file asks for at once; more are added on its page.
const (
	newChildren   = 4
	newParents    = 2
	newCaregivers = 2
)

var newFields = form.Fields{Lines: []string{"name", "municipality", "child*", "parent*", "caregiver*", "together"}}

func (s *Service) showNew(q *web.Request) error {
	v := newView{in: form.New(q.Lang, newFields)}
	if err := s.choices(q, &v); err != nil {
		return err
	}
	v.in.Set("together", "1")
	if len(v.municipalities) == 1 {
		v.in.Set("municipality", v.municipalities[0].ID.String())
	}
	return q.Show(newPage(q.Frame(q.Lang.DossierNew()), v))
}

func (s *Service) postNew(q *web.Request) error {
	in := q.Form(newFields)
	o := opening(in)
	var id core.DossierID
	var err error
	if in.OK() {
		err = s.db.Write(q.Context(), q.Actor, func(t *db.Tx) error {
			id, err = dossier.New(t, asMine(t, o))
			return err
		})
	}
	if in.OK() && err == nil {
		return q.See("/dossiers/"+id.String(), q.Lang.DossierOpened())
	}
	v := newView{in: in}
	if e := s.choices(q, &v); e != nil {
		return e
	}
	return q.Again(err, in, func() templ.Component { return newPage(q.Frame(q.Lang.DossierNew()), v) })
}

// choices reads what a new file can choose from: the writer's own municipalities, or all for somebody who has none.
func (s *Service) choices(q *web.Request, d *newView) error {
	d.lang = q.Lang
	return s.db.Read(q.Context(), q.Actor, func(t *db.Tx) (err error) {
		if d.facilities, err = facility.List(t); err != nil {
			return err
		}
		d.municipalities, err = db.All(t, qOwnPlaces, db.Args{}, func(p *facility.Place) []any { return []any{&p.ID, &p.Name} })
		if err == nil && (len(d.municipalities) == 0 || q.Actor.Roles().Has(authz.InsideCoordinator)) {
			d.municipalities, err = facility.Municipalities(t)
		}
		return err
	})
}

// asMine makes the writer the coordinator of what they open.
func asMine(t *db.Tx, o dossier.Opening) dossier.Opening {
	if t.Actor().Roles().Has(authz.OutsideCoordinator) {
		o.Coordinator = t.Actor().Account()
	}
	if t.Actor().Roles().Has(authz.InsideCoordinator) {
		o.InsideCoordinator = t.Actor().Account()
	}
	return o
}

// opening reads the form of a new file. A row without a name is nobody.
func opening(in *form.Form) dossier.Opening {
	o := dossier.Opening{Name: in.Value("name"), Municipality: chosen(in, "municipality")}
	var children, together []int
	each(in, "child", newChildren, func(at string) {
		children = append(children, len(o.Persons))
		o.Persons = append(o.Persons, dossier.NewPerson{Person: dossier.Person{Name: in.Value(at + "name"), Birth: in.Date(at + "birth"), Sex: in.Value(at + "sex"), IsChild: true}})
	})
	each(in, "parent", newParents, func(at string) {
		p := dossier.NewPerson{Person: dossier.Person{Name: in.Value(at + "name"), Sex: in.Value(at + "sex"), IsParent: true}, ParentOf: children}
		if in.Bool(at + "decides") {
			p.DecidesOver = children
		}
		if in.Bool(at + "detained") {
			p.Detentions = []dossier.Stay{{Detention: dossier.Detention{From: in.Date(at + "from"), ExpectedUntil: in.Date(at + "expected")}, Facility: chosen(in, at+"facility")}}
		}
		o.Persons = append(o.Persons, p)
	})
	together = append(together, children...)
	each(in, "caregiver", newCaregivers, func(at string) {
		if len(together) == len(children) {
			together = append(together, len(o.Persons))
		}
		o.Persons = append(o.Persons, dossier.NewPerson{Person: dossier.Person{Name: in.Value(at + "name"), Relation: in.Value(at + "relation"), Phone: in.Value(at + "phone"), IsCaregiver: true}})
	})
	if in.Bool("together") && len(together) > len(children) {
		name := o.Persons[together[len(together)-1]].Name
		o.Households = []dossier.NewHousehold{{Household: dossier.Household{Name: name}, Members: together}}
	}
	return o
}

func each(in *form.Form, stem string, n int, do func(at string)) {
	for i := 1; i <= n; i++ {
		at := stem + strconv.Itoa(i) + "_"
		if in.Value(at+"name") != "" {
			do(at)
		}
	}
}

func places(all []facility.Place) []components.Option {
	out := make([]components.Option, len(all))
	for i, m := range all {
		out[i] = components.Option{Value: m.ID.String(), Label: m.Name}
	}
	return out
}

func prisons(all []facility.Facility) []components.Option {
	out := make([]components.Option, len(all))
	for i, f := range all {
		out[i] = components.Option{Value: f.ID.String(), Label: f.Name}
	}
	return out
}

// chosen reads an identifier that was chosen from a list; nothing chosen is none.
func chosen(in *form.Form, name string) core.ID {
	id, err := core.ParseID[core.ID](in.Value(name))
	if err != nil {
		return 0
	}
	return id
}
