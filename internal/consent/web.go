package consent

import (
	"slices"

	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// Service is the consents of a family for screens.
type Service struct{ db *db.DB }

// NewService makes the service.
func NewService(d *db.DB) *Service { return &Service{db: d} }

var mayWrite = authz.RightTo("consent.write")

// Routes mounts the pages.
func (s *Service) Routes(m *web.Router) {
	read := authz.RightTo("consent.read")
	m.Handle("GET /dossiers/{id}/consents", read, s.showList)
	m.Handle("GET /dossiers/{id}/consents/paper", read.As(authz.Print), s.showPaper)
	m.Handle("GET /dossiers/{id}/consents/new", mayWrite, s.showNew)
	m.Handle("POST /dossiers/{id}/consents", mayWrite, s.postNew)
	m.Handle("GET /dossiers/{id}/consents/{row}/withdraw", mayWrite, s.showWithdraw)
	m.Handle("POST /dossiers/{id}/consents/{row}/withdraw", mayWrite, s.postWithdraw)
}

// view is the consents of one family.
type view struct {
	dossier.Head
	lang     text.Lang
	today    core.Date
	given    []Consent
	subjects []Subject
	writes   bool
	in       *form.Form
}

func (s *Service) view(q *web.Request) (v view, err error) {
	id, err := web.PathID[core.DossierID](q, "id")
	if err != nil {
		return v, err
	}
	v = view{lang: q.Lang, today: q.Today(), writes: mayWrite.Allows(q.Actor)}
	err = s.db.Read(q.Context(), q.Actor, func(t *db.Tx) error {
		if v.Head, err = dossier.LoadHead(t, id, "consents"); err != nil {
			return err
		}
		if !v.Opens("consents") {
			return core.NotFound()
		}
		if v.given, err = OfDossier(t, id); err != nil {
			return err
		}
		v.subjects, err = Subjects(t, id, t.Today())
		return err
	})
	return v, err
}

func (s *Service) showList(q *web.Request) error {
	v, err := s.view(q)
	if err != nil {
		return err
	}
	return q.Show(listPage(q.Frame(q.Lang.ConsentTitle()), v))
}

func (s *Service) showPaper(q *web.Request) error {
	v, err := s.view(q)
	if err != nil {
		return err
	}
	return q.Show(paperPage(q.Frame(q.Lang.ConsentPaperTitle()), v))
}

var fields = form.Fields{Lines: []string{"purpose", "about", "giver", "giver_name", "capacity", "recipient", "organisation", "parts", "from", "until", "how", "evidence"}}

func (s *Service) showNew(q *web.Request) error {
	v, err := s.view(q)
	if err != nil {
		return err
	}
	v.in = v.filled(q)
	return q.Show(newPage(q.Frame(q.Lang.ConsentNew()), v))
}

// filled is the form of a new consent. A task that asks for one again says which it follows on, or about whom it is; the
// end and the paper are asked afresh.
func (v view) filled(q *web.Request) *form.Form {
	in := form.New(q.Lang, fields).Set("from", q.Today().String()).Set("about", q.Query("about"))
	again, err := core.ParseID[core.ID](q.Query("again"))
	i := slices.IndexFunc(v.given, func(c Consent) bool { return err == nil && c.ID == again })
	if i < 0 {
		return in
	}
	c := v.given[i]
	about := make([]string, len(c.About))
	for n, p := range c.About {
		about[n] = p.String()
	}
	if c.Giver.IsZero() {
		in.Set("giver_name", c.GiverName)
	} else {
		in.Set("giver", c.Giver.String())
	}
	return in.Set("about", about...).Set("purpose", string(c.Purpose)).Set("capacity", string(c.Capacity)).Set("parts", c.Parts...).
		Set("recipient", c.To.Name).Set("organisation", c.To.Organisation)
}

func (s *Service) postNew(q *web.Request) error {
	v, err := s.view(q)
	if err != nil {
		return err
	}
	v.in = q.Form(fields)
	c, err := typed(v.in)
	if err != nil {
		return err
	}
	if v.in.OK() {
		err = s.db.Write(q.Context(), q.Actor, func(t *db.Tx) error {
			_, err := Give(t, v.ID, c)
			return err
		})
	}
	if !v.in.OK() || err != nil {
		return q.Again(err, v.in, func() templ.Component { return newPage(q.Frame(q.Lang.ConsentNew()), v) })
	}
	return q.See(v.Path()+"/consents", q.Lang.ConsentSaved())
}

// typed reads a consent from its form. Somebody who cannot exist was not chosen from the list.
func typed(in *form.Form) (c Consent, err error) {
	c = Consent{GiverName: in.Value("giver_name"), Capacity: Capacity(in.Value("capacity")), Purpose: Purpose(in.Value("purpose")),
		To: Recipient{in.Value("recipient"), in.Value("organisation")}, Parts: in.List("parts"), From: in.Date("from"), Until: in.Date("until"),
		How: How(in.Value("how")), Evidence: in.Value("evidence")}
	if v := in.Value("giver"); v != "" {
		if c.Giver, err = core.ParseID[core.PersonID](v); err != nil {
			return c, err
		}
	}
	for _, v := range in.List("about") {
		p, err := core.ParseID[core.PersonID](v)
		if err != nil {
			return c, err
		}
		c.About = append(c.About, p)
	}
	return c, nil
}

// one finds the consent in the address among those of the family.
func (s *Service) one(q *web.Request) (view, Consent, error) {
	v, err := s.view(q)
	if err != nil {
		return v, Consent{}, err
	}
	row, err := web.PathID[core.ID](q, "row")
	if err != nil {
		return v, Consent{}, err
	}
	i := slices.IndexFunc(v.given, func(c Consent) bool { return c.ID == row && c.WithdrawnOn.IsZero() })
	if i < 0 {
		return v, Consent{}, core.NotFound()
	}
	return v, v.given[i], nil
}

func (s *Service) showWithdraw(q *web.Request) error {
	v, c, err := s.one(q)
	if err != nil {
		return err
	}
	return q.Show(withdrawPage(q.Frame(q.Lang.ConsentWithdraw()), v, c))
}

func (s *Service) postWithdraw(q *web.Request) error {
	v, c, err := s.one(q)
	if err != nil {
		return err
	}
	if err := s.db.Write(q.Context(), q.Actor, func(t *db.Tx) error { return Withdraw(t, v.ID, c.ID) }); err != nil {
		return err
	}
	return q.See(v.Path()+"/consents", q.Lang.ConsentWithdrawnSaid())
}

// names lists whom a consent is about.
func (v view) names(c Consent) string {
	var out []string
	for _, s := range v.subjects {
		if slices.Contains(c.About, s.Person) {
			out = append(out, s.Name)
		}
	}
	return v.lang.And(out)
}

// standing says whether a consent opens anything today, and why not.
func (v view) standing(c Consent) (components.Tone, string) {
	l := v.lang
	switch {
	case !c.WithdrawnOn.IsZero():
		return components.Plain, l.ConsentIsWithdrawn(l.Date(c.WithdrawnOn))
	case c.How == Spoken:
		return components.Late, l.ConsentIsSpoken()
	case !c.Until.IsZero() && c.Until.Before(v.today):
		return components.Late, l.ConsentIsExpired(l.Date(c.Until))
	case v.today.Before(c.From):
		return components.Plain, l.ConsentIsComing(l.Date(c.From))
	}
	return components.Done, l.ConsentHolds()
}

// mustAgree says who must agree about somebody today (CON-2).
func (v view) mustAgree(s Subject) string {
	var out []string
	for _, n := range WhoMustAgree(s, v.today) {
		out = append(out, n.Name)
	}
	if len(out) == 0 {
		return v.lang.ConsentNobodyKnown()
	}
	return v.lang.And(out)
}

// children are those about whom others decide or decided.
func (v view) children() []Subject {
	return slices.DeleteFunc(slices.Clone(v.subjects), func(s Subject) bool { return !s.IsChild })
}

func (v view) people() []components.Option {
	out := make([]components.Option, len(v.subjects))
	for i, s := range v.subjects {
		out[i] = components.Option{Value: s.Person.String(), Label: s.Name}
	}
	return out
}

// parts are the words of what may be shared.
func (v view) parts(c Consent) string {
	out := make([]string, len(c.Parts))
	for i, p := range c.Parts {
		out[i] = v.lang.ConsentPart(p)
	}
	return v.lang.And(out)
}

// told is what a consent says, in pairs; what it does not say is left out.
func (v view) told(c Consent) []components.Pair {
	l := v.lang
	to := c.To.Organisation
	if c.To.Name != "" {
		to = l.And([]string{c.To.Name, c.To.Organisation})
	}
	all := []components.Pair{
		{Term: l.ConsentGiver(), Text: c.GiverName + " (" + l.ConsentCapacity(string(c.Capacity)) + ")"},
		{Term: l.ConsentAbout(), Text: v.names(c)},
		{Term: l.ConsentOrganisation(), Text: to},
		{Term: l.ConsentParts(), Text: v.parts(c)},
		{Term: l.ConsentFrom(), Text: l.Date(c.From)},
		{Term: l.ConsentUntil(), Text: l.Date(c.Until)},
		{Term: l.ConsentHowLabel(), Text: l.ConsentHow(string(c.How))},
		{Term: l.ConsentEvidence(), Text: c.Evidence},
		{Term: l.ConsentRecorded(), Text: l.DateTime(c.RecordedAt) + " " + c.RecordedBy},
	}
	return slices.DeleteFunc(all, func(p components.Pair) bool { return p.Text == "" })
}
