package material

import (
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
)

// Routes mounts the cupboard, what one volunteer has, and what suits a visit.
func (s *Service) Routes(m *web.Router) {
	see, own, keep := authz.RightTo("material.see"), authz.RightTo("material.own"), authz.RightTo("material.keep")
	m.Handle("GET /materials", see, s.showCupboard)
	m.Handle("GET /materials/new", keep, s.showNew)
	m.Handle("POST /materials/new", keep, s.postNew)
	m.Handle("GET /materials/{id}/change", keep, s.showChange)
	m.Handle("POST /materials/{id}/change", keep, s.postChange)
	m.Handle("GET /my-materials", own, s.showOwn)
	m.Handle("POST /my-materials", own, s.postAsk)
	m.Handle("GET /my-families/{trajectory}/materials", own, s.showSuits)
	m.Handle("GET /volunteers/{id}/materials", keep, s.showShelf)
	m.Handle("POST /volunteers/{id}/materials", keep, s.postLend)
	m.Handle("POST /volunteers/{id}/materials/{loan}/give", keep, s.postGive)
	m.Handle("POST /volunteers/{id}/materials/{loan}/end", keep, s.postEnd)
}

var (
	titleFields = form.Fields{Lines: []string{"name", "kind", "topic", "age_from", "age_to", "about_detention", "gift", "copies", "lend_days", "ended"}}
	askFields   = form.Fields{Lines: []string{"material", "trajectory"}}
	lendFields  = form.Fields{Lines: []string{"material", "due_on"}}
)

func (s *Service) showCupboard(q *web.Request) error {
	c, err := s.Cupboard(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	return q.Show(cupboardPage(q.Frame(q.Lang.MaterialTitle()), c, authz.RightTo("material.keep").Allows(q.Actor), authz.RightTo("material.own").Allows(q.Actor), q.Today()))
}

func (s *Service) showNew(q *web.Request) error {
	f := form.New(q.Lang, titleFields).Set("copies", "1").Set("lend_days", "28")
	return q.Show(titlePage(q.Frame(q.Lang.MaterialNew()), f, "/materials/new", 0))
}

func (s *Service) postNew(q *web.Request) error {
	f := q.Form(titleFields)
	m, err := titleOf(f), error(nil)
	if f.OK() {
		if err = s.Add(q.Context(), q.Actor, m); err == nil {
			return q.See("/materials", q.Lang.MaterialSaved())
		}
	}
	return q.Again(err, f, func() templ.Component { return titlePage(q.Frame(q.Lang.MaterialNew()), f, "/materials/new", 0) })
}

func titleOf(f *form.Form) Material {
	return Material{Name: f.Value("name"), Kind: f.Value("kind"), Topic: f.Value("topic"), AgeFrom: f.Int("age_from"), AgeTo: f.Int("age_to"),
		AboutDetention: f.Bool("about_detention"), Gift: f.Bool("gift"), Copies: f.Int("copies"), LendDays: f.Int("lend_days"), Version: f.Version}
}

func (s *Service) titled(q *web.Request) (Material, error) {
	id, err := web.PathID[core.ID](q, "id")
	if err != nil {
		return Material{}, err
	}
	return s.One(q.Context(), q.Actor, id)
}

func (s *Service) showChange(q *web.Request) error {
	m, err := s.titled(q)
	if err != nil {
		return err
	}
	bit := map[bool]string{true: "1"}
	f := form.New(q.Lang, titleFields).Set("name", m.Name).Set("kind", m.Kind).Set("topic", m.Topic).Set("age_from", strconv.Itoa(m.AgeFrom)).
		Set("age_to", strconv.Itoa(m.AgeTo)).Set("about_detention", bit[m.AboutDetention]).Set("gift", bit[m.Gift]).Set("copies", strconv.Itoa(m.Copies)).
		Set("lend_days", strconv.Itoa(m.LendDays)).Set("ended", bit[!m.EndedOn.IsZero()])
	f.Version = m.Version
	return q.Show(titlePage(q.Frame(q.Lang.MaterialChange()), f, "/materials/"+m.ID.String()+"/change", m.ID))
}

func (s *Service) postChange(q *web.Request) error {
	was, err := s.titled(q)
	if err != nil {
		return err
	}
	f := q.Form(titleFields)
	m := titleOf(f)
	m.ID = was.ID
	if f.OK() {
		if err = s.Change(q.Context(), q.Actor, m, f.Bool("ended")); err == nil {
			return q.See("/materials", q.Lang.MaterialSaved())
		}
	}
	return q.Again(err, f, func() templ.Component {
		return titlePage(q.Frame(q.Lang.MaterialChange()), f, "/materials/"+m.ID.String()+"/change", m.ID)
	})
}

func (s *Service) showOwn(q *web.Request) error {
	v, err := s.Own(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	return q.Show(ownPage(q.Frame(q.Lang.MaterialOwnTitle()), v, q.Fresh(askFields), q.Today()))
}

func (s *Service) postAsk(q *web.Request) error {
	f := q.Form(askFields)
	material, err := chosen[core.ID](f, "material")
	var family core.TrajectoryID
	if err == nil && f.Value("trajectory") != "" {
		family, err = core.ParseID[core.TrajectoryID](f.Value("trajectory"))
	}
	if err == nil {
		if err = s.Ask(q.Context(), q.Actor, material, family, f.Token); err == nil {
			return q.See("/my-materials", q.Lang.MaterialAskedDone())
		}
	}
	v, e := s.Own(q.Context(), q.Actor)
	if e != nil {
		return e
	}
	return q.Again(err, f, func() templ.Component { return ownPage(q.Frame(q.Lang.MaterialOwnTitle()), v, f, q.Today()) })
}

// chosen reads an identifier out of a list; nothing chosen, or nothing that exists, is said at the field.
func chosen[T ~int64](f *form.Form, name string) (T, error) {
	id, err := core.ParseID[T](f.Value(name))
	if err != nil {
		return 0, core.Join(core.Invalid(name, "material_missing"))
	}
	return id, nil
}

func (s *Service) showSuits(q *web.Request) error {
	id, err := web.PathID[core.TrajectoryID](q, "trajectory")
	if err != nil {
		return err
	}
	p, err := s.Prepare(q.Context(), q.Actor, id)
	if err != nil {
		return err
	}
	return q.Show(suitsPage(q.Frame(q.Lang.MaterialSuitsTitle()), p, q.Fresh(askFields), q.Today()))
}

// shelfForms are the forms on the page of one volunteer; the refused one comes back as it was typed, under the loan it is about.
type shelfForms struct {
	lend, refused *form.Form
	what          string // "give" or "end"
	about         core.ID
}

// under is the form under a loan: as it was refused, or fresh with the usual day to be back. Each has ids of its own.
func (all shelfForms) under(what string, x Loan, today core.Date) *form.Form {
	if all.what == what && all.about == x.ID {
		return all.refused
	}
	return form.New(all.lend.Lang, loanFields(what, x.ID)).Set("due_on", today.AddDays(x.LendDays).String())
}

// strays says that what was refused has no form on the page any more to stand in.
func (all shelfForms) strays(loans []Loan) bool {
	return all.refused != nil && !slices.ContainsFunc(loans, func(x Loan) bool {
		return x.ID == all.about && x.State == Asked && (all.what == "end" || !x.Gift)
	})
}

func loanFields(what string, loan core.ID) form.Fields {
	return form.Fields{Part: what + "-" + loan.String(), Lines: []string{"due_on", "to", "why"}}
}

func (s *Service) shelf(q *web.Request) (Shelf, error) {
	id, err := web.PathID[core.VolunteerID](q, "id")
	if err != nil {
		return Shelf{}, err
	}
	return s.Of(q.Context(), q.Actor, id)
}

func (s *Service) showShelf(q *web.Request) error {
	v, err := s.shelf(q)
	if err != nil {
		return err
	}
	return q.Show(shelfPage(q.Frame(q.Lang.MaterialShelfTitle()), v, shelfForms{lend: q.Fresh(lendFields)}, q.Today()))
}

// again is the page of a volunteer with what was refused on it.
func (s *Service) again(q *web.Request, who core.VolunteerID, forms shelfForms, f *form.Form, refused error) error {
	v, err := s.Of(q.Context(), q.Actor, who)
	if err != nil {
		return err
	}
	if forms.lend == nil {
		forms.lend = q.Fresh(lendFields)
	}
	return q.Again(refused, f, func() templ.Component { return shelfPage(q.Frame(q.Lang.MaterialShelfTitle()), v, forms, q.Today()) })
}

func shelfPath(who core.VolunteerID) string { return "/volunteers/" + who.String() + "/materials" }

func (s *Service) postLend(q *web.Request) error {
	who, err := web.PathID[core.VolunteerID](q, "id")
	if err != nil {
		return err
	}
	f := q.Form(lendFields)
	due := f.Date("due_on")
	material, err := chosen[core.ID](f, "material")
	if err == nil && f.OK() {
		if err = s.Lend(q.Context(), q.Actor, who, material, due, f.Token); err == nil {
			return q.See(shelfPath(who), q.Lang.MaterialSaved())
		}
	}
	return s.again(q, who, shelfForms{lend: f}, f, err)
}

// deed does something with one loan; refused, the page comes back with the form as it was typed.
func (s *Service) deed(q *web.Request, what string, do func(*form.Form, core.VolunteerID, core.ID) error) error {
	who, err := web.PathID[core.VolunteerID](q, "id")
	if err != nil {
		return err
	}
	loan, err := web.PathID[core.ID](q, "loan")
	if err != nil {
		return err
	}
	f := q.Form(loanFields(what, loan))
	if err = do(f, who, loan); err == nil && f.OK() {
		return q.See(shelfPath(who), q.Lang.MaterialSaved())
	}
	return s.again(q, who, shelfForms{refused: f, what: what, about: loan}, f, err)
}

func (s *Service) postGive(q *web.Request) error {
	return s.deed(q, "give", func(f *form.Form, who core.VolunteerID, loan core.ID) error {
		if due := f.Date("due_on"); f.OK() {
			return s.HandOver(q.Context(), q.Actor, who, loan, due)
		}
		return nil
	})
}

func (s *Service) postEnd(q *web.Request) error {
	return s.deed(q, "end", func(f *form.Form, who core.VolunteerID, loan core.ID) error {
		to := State(f.Value("to"))
		if to != Returned && to != Lost && to != Declined {
			return core.NotFound()
		}
		return s.End(q.Context(), q.Actor, who, loan, to, f.Value("why"))
	})
}

// titles are what can be chosen, with how many lie there.
func titles(f *form.Form, all []Material) []components.Option {
	var out []components.Option
	for _, m := range all {
		if m.EndedOn.IsZero() {
			out = append(out, components.Option{Value: m.ID.String(), Label: m.Name + " (" + f.Lang.MaterialLeft(m.Left()) + ")"})
		}
	}
	return out
}
