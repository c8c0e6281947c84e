package account

import (
	"context"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"maatje/internal/account/handover"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/facility"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
)

func (s *Service) peopleRoutes(m *web.Router) {
	manage := authz.RightTo("account.manage")
	m.Handle("GET /accounts", authz.RightTo("account.see"), s.showPeople)
	m.Handle("GET /accounts/new", manage, s.showInvite)
	m.Handle("POST /accounts", manage, s.postInvite)
	m.Handle("GET /accounts/{id}", manage, s.showPerson)
	m.Handle("POST /accounts/{id}", manage, s.postPerson)
	m.Handle("POST /accounts/{id}/invitation", manage, s.postInviteAgain)
	m.Handle("POST /accounts/{id}/end", manage, s.postEnd)
	m.Handle("POST /accounts/{id}/leader", manage, s.postConfirmLeader)
	m.Handle("POST /accounts/{id}/leader/refuse", manage, s.postRefuseLeader)
	m.Handle("POST /accounts/{id}/sessions/end", manage, s.postSignOutPerson)

	invited := authz.Open("who has a fresh invitation has no session yet")
	m.Handle("GET /invitation/{token}", invited, s.showInvitation)
	m.Handle("POST /invitation/{token}", invited, s.postInvitation)
}

var (
	personFields   = form.Fields{Lines: []string{"name", "email", "roles", "municipalities", "facilities"}, Max: map[string]int{"name": 100, "municipalities": 2000}}
	endFields      = form.Fields{Part: "end", Lines: []string{"to"}}
	acceptFields   = form.Fields{Lines: []string{"passphrase", "again"}}
	everyRole      = authz.Volunteer | authz.InsideCoordinator | authz.OutsideCoordinator | authz.ProjectLeader | authz.Administrator
	maxMunicipales = 200
)

func (s *Service) showPeople(q *web.Request) error {
	all, err := s.People(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	waiting, err := s.Candidates(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	return q.Show(peoplePage(q.Frame(q.Lang.PeopleTitle()), all, waiting, q.Today()))
}

// personForm is the form with the places there are.
func (s *Service) personForm(q *web.Request, f *form.Form, page func(form *form.Form, places []components.Option) templ.Component) (func() templ.Component, error) {
	all, err := s.Facilities(q.Context(), q.Actor)
	return func() templ.Component { return page(f, facilityOptions(all)) }, err
}

func facilityOptions(all []facility.Facility) []components.Option {
	out := make([]components.Option, len(all))
	for i, one := range all {
		out[i] = components.Option{Value: one.ID.String(), Label: one.Name}
	}
	return out
}

func (s *Service) invitePage(q *web.Request) func(*form.Form, []components.Option) templ.Component {
	return func(f *form.Form, places []components.Option) templ.Component {
		return invitePage(q.Frame(q.Lang.PeopleInvite()), f, places)
	}
}

func (s *Service) showInvite(q *web.Request) error {
	page, err := s.personForm(q, form.New(q.Lang, personFields), s.invitePage(q))
	if err != nil {
		return err
	}
	return q.Show(page())
}

func (s *Service) postInvite(q *web.Request) error {
	f := q.Form(personFields)
	page, err := s.personForm(q, f, s.invitePage(q))
	if err != nil {
		return err
	}
	if !f.OK() {
		return q.Again(nil, f, page)
	}
	_, link, err := s.Invite(q.Context(), q.Actor, newOf(f))
	if err != nil {
		return q.Again(err, f, page)
	}
	return q.Show(linkPage(q.Frame(q.Lang.PeopleInvited()), f.Value("name"), link))
}

// newOf reads the form of an account. What is no place or role is none, and is refused by the rules.
func newOf(f *form.Form) New {
	n := New{Name: f.Value("name"), Email: f.Value("email"), Language: f.Lang.Tag()}
	for _, code := range f.List("roles") {
		role, _ := authz.ParseRole(code)
		n.Roles |= role
	}
	for name := range strings.SplitSeq(f.Value("municipalities"), ",") {
		if name = strings.Join(strings.Fields(name), " "); name != "" && len(n.Municipalities) < maxMunicipales {
			n.Municipalities = append(n.Municipalities, name)
		}
	}
	for _, text := range f.List("facilities") {
		if id, err := core.ParseID[core.ID](text); err == nil {
			n.Facilities = append(n.Facilities, id)
		}
	}
	return n
}

func (s *Service) personPage(q *web.Request, p Account, e ending) func(*form.Form, []components.Option) templ.Component {
	return func(f *form.Form, places []components.Option) templ.Component {
		return personPage(q.Frame(q.Lang.PeopleTitle()), f, p, e, places)
	}
}

// ending is the form that ends somebody's access: what waits for them, and who could take it over.
type ending struct {
	in    *form.Form
	held  handover.Held
	heirs []components.Option
}

func (s *Service) ending(q *web.Request, p Account, in *form.Form) (e ending, err error) {
	e.in = in
	err = s.db.Read(q.Context(), q.Actor, func(t *db.Tx) error {
		if e.held, err = handover.Of(t, coordinator(p)); err != nil {
			return err
		}
		rows, err := db.All(t, qPeople, nil, (*personRow).dest)
		for _, o := range gather(rows) {
			if o.ID != p.ID && (o.Roles.Has(authz.OutsideCoordinator) || o.Roles.Has(authz.InsideCoordinator)) && o.Ended.IsZero() && !o.Invited {
				e.heirs = append(e.heirs, components.Option{Value: o.ID.String(), Label: o.Name})
			}
		}
		return err
	})
	return e, err
}

func (s *Service) showPerson(q *web.Request) error {
	id, err := web.PathID[core.AccountID](q, "id")
	if err != nil {
		return err
	}
	p, err := s.Person(q.Context(), q.Actor, id)
	if err != nil {
		return err
	}
	e, err := s.ending(q, p, form.New(q.Lang, endFields))
	if err != nil {
		return err
	}
	f := filledPerson(q, p)
	page, err := s.personForm(q, f, s.personPage(q, p, e))
	if err != nil {
		return err
	}
	return q.Show(page())
}

// filledPerson is the form with what is kept of somebody.
func filledPerson(q *web.Request, p Account) *form.Form {
	f := form.New(q.Lang, personFields).Set("name", p.Name).Set("email", p.Email).Set("roles", p.Roles.Codes()...).
		Set("municipalities", strings.Join(p.Municipalities, ", "))
	f.Version = p.Version
	var places []string
	for _, at := range p.Facilities {
		places = append(places, at.String())
	}
	return f.Set("facilities", places...)
}

func (s *Service) postPerson(q *web.Request) error {
	id, err := web.PathID[core.AccountID](q, "id")
	if err != nil {
		return err
	}
	p, err := s.Person(q.Context(), q.Actor, id)
	if err != nil {
		return err
	}
	f := q.Form(personFields)
	e, err := s.ending(q, p, form.New(q.Lang, endFields))
	if err != nil {
		return err
	}
	page, err := s.personForm(q, f, s.personPage(q, p, e))
	if err != nil {
		return err
	}
	if !f.OK() {
		return q.Again(nil, f, page)
	}
	if err := s.Change(q.Context(), q.Actor, id, f.Version, newOf(f)); err != nil {
		return q.Again(err, f, page)
	}
	return q.See("/accounts", q.Lang.PeopleChanged())
}

func (s *Service) postInviteAgain(q *web.Request) error {
	id, err := web.PathID[core.AccountID](q, "id")
	if err != nil {
		return err
	}
	p, err := s.Person(q.Context(), q.Actor, id)
	if err != nil {
		return err
	}
	link, err := s.InviteAgain(q.Context(), q.Actor, id)
	if err != nil {
		return err
	}
	if !p.Invited { // whoever held it could become them: it goes to their own address alone
		return q.See("/accounts", q.Lang.PeopleMailed())
	}
	return q.Show(linkPage(q.Frame(q.Lang.PeopleInvited()), p.Name, link))
}

func (s *Service) postEnd(q *web.Request) error {
	id, err := web.PathID[core.AccountID](q, "id")
	if err != nil {
		return err
	}
	p, err := s.Person(q.Context(), q.Actor, id)
	if err != nil {
		return err
	}
	in := q.Form(endFields)
	to, err := core.ParseID[core.AccountID](in.Value("to"))
	if err != nil {
		to = 0 // nobody chosen
	}
	refused := s.End(q.Context(), q.Actor, id, to)
	if refused == nil {
		return q.See("/accounts", q.Lang.PeopleEnded())
	}
	if core.IsKind(refused, core.KindNotFound) {
		return refused
	}
	e, err := s.ending(q, p, in)
	if err != nil {
		return err
	}
	page, err := s.personForm(q, filledPerson(q, p), s.personPage(q, p, e))
	if err != nil {
		return err
	}
	return q.Again(refused, in, page)
}

func (s *Service) postConfirmLeader(q *web.Request) error {
	return s.decideLeader(q, s.ConfirmLeader, q.Lang.PeopleLeaderMade())
}

func (s *Service) postRefuseLeader(q *web.Request) error {
	return s.decideLeader(q, s.RefuseLeader, q.Lang.PeopleLeaderRefused())
}

func (s *Service) decideLeader(q *web.Request, decide func(context.Context, authz.Actor, core.AccountID) error, said string) error {
	id, err := web.PathID[core.AccountID](q, "id")
	if err == nil {
		err = decide(q.Context(), q.Actor, id)
	}
	if err != nil {
		return err
	}
	return q.See("/accounts", said)
}

func (s *Service) postSignOutPerson(q *web.Request) error {
	id, err := web.PathID[core.AccountID](q, "id")
	if err == nil {
		err = s.SignOutPerson(q.Context(), q.Actor, id)
	}
	if err != nil {
		return err
	}
	return q.See("/accounts", q.Lang.PeopleSignedOut())
}

func (s *Service) showInvitation(q *web.Request) error {
	p, err := s.Invited(q.Context(), q.Actor, q.R.PathValue("token"))
	if core.IsKind(err, core.KindNotFound) {
		return s.spent(q)
	}
	if err != nil {
		return err
	}
	return q.Show(s.acceptPage(q, p, form.New(q.Lang, acceptFields), form.New(q.Lang, usePasskeyFields)))
}

// acceptPage offers the ways in to who has an invitation.
func (s *Service) acceptPage(q *web.Request, p Account, typed, key *form.Form) templ.Component {
	return acceptPage(q.Frame(q.Lang.InvitationTitle()), typed, key, q.R.PathValue("token"), p, s.HasPasskeys(), s.provider)
}

// AcceptPage offers them again, after the answer of a browser that is in the form did not count.
func (s *Service) AcceptPage(q *web.Request, p Account, key *form.Form) templ.Component {
	return s.acceptPage(q, p, form.New(q.Lang, acceptFields), key)
}

// spent says what became of an invitation that is worth nothing.
func (s *Service) spent(q *web.Request) error {
	why, err := s.Spent(q.Context(), q.Actor, q.R.PathValue("token"))
	if err != nil {
		return err
	}
	return q.Page(http.StatusNotFound, expiredPage(q.Frame(q.Lang.InvitationTitle()), why))
}

func (s *Service) postInvitation(q *web.Request) error {
	token := q.R.PathValue("token")
	p, err := s.Invited(q.Context(), q.Actor, token)
	if core.IsKind(err, core.KindNotFound) {
		return s.spent(q)
	}
	if err != nil {
		return err
	}
	f := q.Form(acceptFields)
	page := func() templ.Component { return s.acceptPage(q, p, f, form.New(q.Lang, usePasskeyFields)) }
	if !f.OK() {
		return q.Again(nil, f, page)
	}
	entered, err := s.Accept(q.Context(), q.Actor, token, f.Value("passphrase"), f.Value("again"), s.browser(q))
	if err != nil {
		return q.Again(err, f, page)
	}
	return s.letIn(q, entered, "/")
}
