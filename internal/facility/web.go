package facility

import (
	"context"

	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// Service shows the directory and lets coordinators keep it right.
type Service struct{ db *db.DB }

// NewService makes the service.
func NewService(d *db.DB) *Service { return &Service{db: d} }

// Routes mounts the pages.
func (s *Service) Routes(m *web.Router) {
	see, change := authz.RightTo("facility.see"), authz.RightTo("facility.change")
	m.Handle("GET /facilities", see, s.showList)
	m.Handle("GET /facilities/new", change, s.showNew)
	m.Handle("POST /facilities", change, s.postNew)
	m.Handle("GET /facilities/{id}", see, s.showOne)
	m.Handle("GET /facilities/{id}/change", change, s.showChange)
	m.Handle("POST /facilities/{id}", change, s.postChange)
}

var fields = form.Fields{Lines: []string{"name", "town", "kind", "holds", "source", "checked_on"}, Texts: []string{"visit_rules"}}

var mayChange = authz.RightTo("facility.change")

func (s *Service) showList(q *web.Request) error {
	var all []Facility
	err := s.db.Read(q.Context(), q.Actor, func(t *db.Tx) (err error) {
		all, err = List(t)
		return err
	})
	if err != nil {
		return err
	}
	return q.Show(listPage(q.Frame(q.Lang.FacilityListTitle()), table(q.Lang, all, q.Today()), mayChange.Allows(q.Actor)))
}

func table(l text.Lang, all []Facility, today core.Date) components.Table {
	t := components.Table{Caption: l.FacilityListTitle(), Empty: l.FacilityListEmpty(), Columns: []components.Column{
		{Label: l.FacilityName()}, {Label: l.FacilityTown()}, {Label: l.FacilityHolds()}, {Label: l.FacilityChecked()}}}
	for _, f := range all {
		t.Rows = append(t.Rows, []components.Cell{{Text: f.Name, Href: "/facilities/" + f.ID.String()}, {Text: f.Town},
			{Text: word(f.Holds, l.FacilityHeld)}, {Text: checked(l, f, today)}})
	}
	return t
}

// word is the word for a code, and nothing for none.
func word(code string, of func(string) string) string {
	if code == "" {
		return ""
	}
	return of(code)
}

// checked says how old the visit rules are.
func checked(l text.Lang, f Facility, today core.Date) string {
	switch {
	case f.VisitRules == "":
		return l.FacilityNoRules()
	case stale(f, today):
		return l.FacilityStale(l.Date(f.CheckedOn))
	}
	return l.Date(f.CheckedOn)
}

func (s *Service) one(q *web.Request) (f Facility, err error) {
	id, err := web.PathID[core.ID](q, "id")
	if err != nil {
		return f, err
	}
	err = s.db.Read(q.Context(), q.Actor, func(t *db.Tx) error {
		f, err = db.One(t, qOne, db.Args{"id": id}, columns)
		return err
	})
	return f, err
}

func (s *Service) showOne(q *web.Request) error {
	f, err := s.one(q)
	if err != nil {
		return err
	}
	return q.Show(onePage(q.Frame(q.Lang.FacilityTitle()), f, q.Today(), mayChange.Allows(q.Actor)))
}

func (s *Service) showNew(q *web.Request) error {
	return q.Show(formPage(q.Frame(q.Lang.FacilityNew()), form.New(q.Lang, fields), "/facilities"))
}

func (s *Service) showChange(q *web.Request) error {
	f, err := s.one(q)
	if err != nil {
		return err
	}
	in := form.New(q.Lang, fields).Set("name", f.Name).Set("town", f.Town).Set("kind", f.Kind).Set("holds", f.Holds).
		Set("visit_rules", f.VisitRules).Set("source", f.Source).Set("checked_on", f.CheckedOn.String())
	in.Version = f.Version
	return q.Show(formPage(q.Frame(q.Lang.FacilityChange()), in, "/facilities/"+f.ID.String()))
}

func (s *Service) postNew(q *web.Request) error { return s.keep(q, 0, "/facilities") }

func (s *Service) postChange(q *web.Request) error {
	f, err := s.one(q)
	if err != nil {
		return err
	}
	return s.keep(q, f.ID, "/facilities/"+f.ID.String())
}

func (s *Service) keep(q *web.Request, id core.ID, path string) error {
	in := q.Form(fields)
	f := Facility{ID: id, Name: clean(in.Value("name")), Town: in.Value("town"), Kind: in.Value("kind"), Holds: in.Value("holds"),
		VisitRules: in.Value("visit_rules"), Source: in.Value("source"), CheckedOn: in.Date("checked_on"), Version: in.Version}
	var err error
	if in.OK() {
		err = s.write(q.Context(), q.Actor, f)
	}
	if !in.OK() || err != nil {
		return q.Again(err, in, func() templ.Component { return formPage(q.Frame(q.Lang.FacilityTitle()), in, path) })
	}
	return q.See(path, q.Lang.FacilitySaved())
}

// write keeps a facility; two of one name are refused, and so is a change of one that was changed meanwhile.
func (s *Service) write(ctx context.Context, a authz.Actor, f Facility) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		if err := check(f, t.Today()); err != nil {
			return err
		}
		if same, found, err := Find(t, f.Name); err != nil || found && same.ID != f.ID {
			if err == nil {
				err = core.Invalid("name", "facility_name_taken", same.Name)
			}
			return err
		}
		args := db.Args{"id": f.ID, "name": f.Name, "fold": db.Fold(f.Name), "town": f.Town, "kind": f.Kind, "holds": f.Holds,
			"visit_rules": f.VisitRules, "source": f.Source, "checked_on": f.CheckedOn}
		if f.ID.IsZero() {
			args["id"] = db.NewID[core.ID](t)
			return db.Do(t, qAdd, args)
		}
		args["version"] = f.Version
		n, err := db.Exec(t, qChange, args)
		if err == nil && n == 0 {
			err = core.Conflict("facility_changed")
		}
		return err
	})
}
