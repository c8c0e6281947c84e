package care

import (
	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/web"
	"maatje/internal/web/form"
)

// Routes mounts the list of contacts, the log of one volunteer, and what she reads of it herself.
func (s *Service) Routes(m *web.Router) {
	keep, own := authz.RightTo("contact.keep"), authz.RightTo("contact.own")
	m.Handle("GET /contacts", keep, s.showAll)
	m.Handle("GET /my-contacts", own, s.showOwn)
	m.Handle("GET /volunteers/{id}/contacts", keep, s.showLog)
	m.Handle("POST /volunteers/{id}/contacts", keep, s.postNote)
	m.Handle("POST /volunteers/{id}/contacts/rhythm", keep, s.postRhythm)
	m.Handle("POST /volunteers/{id}/contacts/thanked", keep, s.postThanked)
}

var (
	noteFields   = form.Fields{Lines: []string{"held_on", "how"}, Texts: []string{"words"}, Max: map[string]int{"words": 2000}}
	rhythmFields = form.Fields{Part: "rhythm", Lines: []string{"every"}}
	thankFields  = form.Fields{Part: "thanks", Lines: []string{"years"}}
)

func (s *Service) showAll(q *web.Request) error {
	all, err := s.All(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	return q.Show(allPage(q.Frame(q.Lang.CareTitle()), all, q.Today()))
}

func (s *Service) showOwn(q *web.Request) error {
	f, err := s.Own(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	return q.Show(ownPage(q.Frame(q.Lang.CareOwnTitle()), f))
}

// forms are those on the page of one volunteer.
type forms struct{ note, rhythm, thanks *form.Form }

func (s *Service) log(q *web.Request) (File, forms, error) {
	id, err := web.PathID[core.VolunteerID](q, "id")
	if err != nil {
		return File{}, forms{}, err
	}
	f, err := s.Of(q.Context(), q.Actor, id)
	all := forms{q.Fresh(noteFields).Set("held_on", q.Today().String()), form.New(q.Lang, rhythmFields).Set("every", string(f.Chosen)), form.New(q.Lang, thankFields)}
	all.rhythm.Version = f.Version
	return f, all, err
}

func (s *Service) showLog(q *web.Request) error {
	f, all, err := s.log(q)
	if err != nil {
		return err
	}
	return q.Show(logPage(q.Frame(q.Lang.CareLogTitle()), f, all, q.Today()))
}

// deed changes something about one volunteer; refused, the page comes back with what was typed.
func (s *Service) deed(q *web.Request, f *form.Form, put func(*forms), do func(core.VolunteerID) error) error {
	id, err := web.PathID[core.VolunteerID](q, "id")
	if err != nil {
		return err
	}
	if f.OK() {
		if err = do(id); err == nil {
			return q.See("/volunteers/"+id.String()+"/contacts", q.Lang.CareSaved())
		}
	}
	file, all, e := s.log(q)
	if e != nil {
		return e
	}
	put(&all)
	return q.Again(err, f, func() templ.Component { return logPage(q.Frame(q.Lang.CareLogTitle()), file, all, q.Today()) })
}

func (s *Service) postNote(q *web.Request) error {
	f := q.Form(noteFields)
	c := Contact{On: f.Date("held_on"), How: f.Value("how"), Words: f.Value("words")}
	return s.deed(q, f, func(all *forms) { all.note = f }, func(id core.VolunteerID) error { return s.Note(q.Context(), q.Actor, id, c, f.Token) })
}

func (s *Service) postRhythm(q *web.Request) error {
	f := q.Form(rhythmFields)
	return s.deed(q, f, func(all *forms) { all.rhythm = f }, func(id core.VolunteerID) error {
		return s.Choose(q.Context(), q.Actor, id, Every(f.Value("every")), f.Version)
	})
}

func (s *Service) postThanked(q *web.Request) error {
	f := q.Form(thankFields)
	years := f.Int("years")
	return s.deed(q, f, func(all *forms) { all.thanks = f }, func(id core.VolunteerID) error { return s.Thank(q.Context(), q.Actor, id, years) })
}
