package module

import (
	"strconv"

	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// Routes mounts the editor for who organises, and the pages for who reads.
func (s *Service) Routes(m *web.Router) {
	keep, own := authz.RightTo("training.keep"), authz.RightTo("training.own")
	m.Handle("GET /modules", keep, s.showAll)
	m.Handle("POST /modules", keep, s.postMake)
	m.Handle("GET /modules/{id}", keep, s.showModule)
	m.Handle("POST /modules/{id}", keep, s.postRename)
	m.Handle("GET /modules/{id}/page", keep, s.showPage)
	m.Handle("POST /modules/{id}/page", keep, s.postPage)
	m.Handle("POST /modules/{id}/move", keep, s.postMove)
	m.Handle("POST /modules/{id}/publish", keep, s.postPublish)
	m.Handle("GET /training/modules/{id}", own, s.showReading)
	m.Handle("POST /training/modules/{id}/begin", own, s.postBegin)
	m.Handle("POST /training/modules/{id}/answer", own, s.postAnswer)
	m.Handle("POST /training/modules/{id}/on", own, s.postOn)
}

var (
	nameFields = form.Fields{Lines: []string{"name_nl", "name_en"}}
	pageFields = form.Fields{
		Lines: []string{"at", "kind", "title_nl", "title_en", "picture", "good", "a1_nl", "a2_nl", "a3_nl", "a4_nl", "a1_en", "a2_en", "a3_en", "a4_en"},
		Texts: []string{"text_nl", "text_en", "after_nl", "after_en", "w1_nl", "w2_nl", "w3_nl", "w4_nl", "w1_en", "w2_en", "w3_en", "w4_en"},
	}
	moveFields   = form.Fields{Lines: []string{"at", "to"}}
	answerFields = form.Fields{Lines: []string{"page"}, Texts: []string{"answer"}, Max: map[string]int{"answer": 4000}}
)

func href(id core.ID) string { return "/modules/" + id.String() }

func (s *Service) showAll(q *web.Request) error {
	all, err := s.All(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	return q.Show(allPage(q.Frame(q.Lang.ModuleTitle()), all, q.Fresh(nameFields)))
}

func nameOf(f *form.Form) Said { return Said{NL: f.Value("name_nl"), EN: f.Value("name_en")} }

func (s *Service) postMake(q *web.Request) error {
	f := q.Form(nameFields)
	var err error
	if f.OK() {
		var id core.ID
		if id, err = s.Make(q.Context(), q.Actor, nameOf(f)); err == nil {
			return q.See(href(id), q.Lang.ModuleMade())
		}
	}
	all, e := s.All(q.Context(), q.Actor)
	if e != nil {
		return e
	}
	return q.Again(err, f, func() templ.Component { return allPage(q.Frame(q.Lang.ModuleTitle()), all, f) })
}

func (s *Service) module(q *web.Request) (Module, error) {
	id, err := web.PathID[core.ID](q, "id")
	if err != nil {
		return Module{}, err
	}
	return s.Load(q.Context(), q.Actor, id)
}

func named(q *web.Request, m Module) *form.Form {
	f := form.New(q.Lang, nameFields).Set("name_nl", m.Name.NL).Set("name_en", m.Name.EN)
	f.Version = m.Version
	return f
}

func (s *Service) showModule(q *web.Request) error {
	m, err := s.module(q)
	if err != nil {
		return err
	}
	return q.Show(modulePage(q.Frame(q.Lang.ModuleOneTitle()), m, named(q, m)))
}

// deed changes a module; refused, its page comes back with the sentence.
func (s *Service) deed(q *web.Request, f *form.Form, said string, do func(core.ID) error) error {
	m, err := s.module(q)
	if err != nil {
		return err
	}
	if f.OK() {
		if err = do(m.ID); err == nil {
			return q.See(href(m.ID), said)
		}
	}
	return q.Again(err, f, func() templ.Component {
		name := named(q, m)
		name.General, name.Errors = f.General, f.Errors
		return modulePage(q.Frame(q.Lang.ModuleOneTitle()), m, name)
	})
}

func (s *Service) postRename(q *web.Request) error {
	f := q.Form(nameFields)
	return s.deed(q, f, q.Lang.TrainingSaved(), func(id core.ID) error { return s.Rename(q.Context(), q.Actor, id, f.Version, nameOf(f)) })
}

func (s *Service) postPublish(q *web.Request) error {
	f := q.Form(moveFields)
	return s.deed(q, f, q.Lang.ModulePublished(), func(id core.ID) error { return s.Publish(q.Context(), q.Actor, id, f.Version) })
}

func (s *Service) postMove(q *web.Request) error {
	f := q.Form(moveFields)
	at, to := f.Int("at"), f.Value("to")
	return s.deed(q, f, q.Lang.TrainingSaved(), func(id core.ID) error {
		return s.Edit(q.Context(), q.Actor, id, f.Version, func(m *Module) error {
			if to == "out" {
				m.Pages = Remove(m.Pages, at)
			} else {
				m.Pages = Move(m.Pages, at, to == "down")
			}
			return nil
		})
	})
}

// showPage is the form for one page: ?at=3, or a new one of ?kind=question.
func (s *Service) showPage(q *web.Request) error {
	m, err := s.module(q)
	if err != nil {
		return err
	}
	f := form.New(q.Lang, pageFields).Set("kind", q.Query("kind"))
	at := form.New(q.Lang, moveFields).Set("at", q.Query("at")).Int("at")
	switch {
	case at >= 1 && at <= len(m.Pages):
		f = filled(q.Lang, m.Pages[at-1]).Set("at", strconv.Itoa(at))
	case !known(q.Query("kind")):
		f.Set("kind", Text)
	}
	f.Version = m.Version
	return q.Show(pageForm(q.Frame(q.Lang.ModulePageTitle()), m, f))
}

func known(kind string) bool {
	return kind == Text || kind == Picture || kind == Question || kind == Dilemma
}

func (s *Service) postPage(q *web.Request) error {
	m, err := s.module(q)
	if err != nil {
		return err
	}
	f := q.Form(pageFields)
	p, at := pageOf(f), f.Int("at")
	if f.OK() {
		if err = s.Put(q.Context(), q.Actor, m.ID, f.Version, at, p); err == nil {
			return q.See(href(m.ID), q.Lang.TrainingSaved())
		}
	}
	return q.Again(err, f, func() templ.Component { return pageForm(q.Frame(q.Lang.ModulePageTitle()), m, f) })
}

func said(f *form.Form, name string) Said {
	return Said{NL: f.Value(name + "_nl"), EN: f.Value(name + "_en")}
}

func pageOf(f *form.Form) Page {
	p := Page{Kind: f.Value("kind"), Title: said(f, "title"), Text: said(f, "text"), Picture: f.Value("picture")}
	switch p.Kind {
	case Dilemma:
		p.After = said(f, "after")
	case Question:
		for i := 1; i <= mostAnswers; i++ {
			n := strconv.Itoa(i)
			a := Answer{Text: said(f, "a"+n), Why: said(f, "w"+n), Good: f.Value("good") == n}
			if a.Text != (Said{}) || a.Why != (Said{}) {
				p.Answers = append(p.Answers, a)
			}
		}
	}
	return p
}

func filled(l text.Lang, p Page) *form.Form {
	f := form.New(l, pageFields).Set("kind", p.Kind).Set("picture", p.Picture)
	both := func(name string, s Said) { f.Set(name+"_nl", s.NL).Set(name+"_en", s.EN) }
	both("title", p.Title)
	both("text", p.Text)
	both("after", p.After)
	for i, a := range p.Answers {
		n := strconv.Itoa(i + 1)
		both("a"+n, a.Text)
		both("w"+n, a.Why)
		if a.Good {
			f.Set("good", n)
		}
	}
	return f
}

func (s *Service) reading(q *web.Request) (Reading, error) {
	id, err := web.PathID[core.ID](q, "id")
	if err != nil {
		return Reading{}, err
	}
	return s.Read(q.Context(), q.Actor, id)
}

// showReading is the page that she was on, or an earlier one that she looks at again: ?page=2.
func (s *Service) showReading(q *web.Request) error {
	r, err := s.reading(q)
	if err != nil {
		return err
	}
	if !r.Begun() {
		return q.Show(beginPage(q.Frame(q.Lang.ModuleOwnTitle()), r))
	}
	at := form.New(q.Lang, answerFields).Set("page", q.Query("page")).Int("page")
	if at == 0 && !r.Finished.IsZero() {
		return q.Show(finishedPage(q.Frame(q.Lang.ModuleOwnTitle()), r))
	}
	if at < 1 || at > r.Page || at > len(r.Pages) {
		at = min(r.Page, len(r.Pages))
	}
	return q.Show(readPage(q.Frame(q.Lang.ModuleOwnTitle()), r, at, form.New(q.Lang, answerFields).Set("answer", r.Answers[at])))
}

func (s *Service) ownHref(r Reading) string { return "/training/modules/" + r.Module.String() }

func (s *Service) postBegin(q *web.Request) error {
	r, err := s.reading(q)
	if err != nil {
		return err
	}
	if err := s.Begin(q.Context(), q.Actor, r.Module); err != nil {
		return err
	}
	return q.See(s.ownHref(r), "")
}

func (s *Service) postAnswer(q *web.Request) error { return s.read(q, s.answer) }
func (s *Service) postOn(q *web.Request) error     { return s.read(q, s.goOn) }

func (s *Service) answer(q *web.Request, r Reading, f *form.Form, at int) (string, error) {
	return "?page=" + strconv.Itoa(at), s.Answer(q.Context(), q.Actor, r.Module, at, f.Value("answer"))
}

func (s *Service) goOn(q *web.Request, r Reading, _ *form.Form, at int) (string, error) {
	next, end, err := s.GoOn(q.Context(), q.Actor, r.Module, at)
	if end {
		return "", err
	}
	return "?page=" + strconv.Itoa(next), err
}

// read does something on a page of a module; refused, the page comes back with what was typed.
func (s *Service) read(q *web.Request, do func(*web.Request, Reading, *form.Form, int) (string, error)) error {
	r, err := s.reading(q)
	if err != nil {
		return err
	}
	f := q.Form(answerFields)
	at := f.Int("page")
	if f.OK() {
		var to string
		if to, err = do(q, r, f, at); err == nil {
			return q.See(s.ownHref(r)+to, "")
		}
	}
	if at < 1 || at > len(r.Pages) || !r.Begun() {
		return err
	}
	return q.Again(err, f, func() templ.Component { return readPage(q.Frame(q.Lang.ModuleOwnTitle()), r, at, f) })
}

func choices(l text.Lang, p Page) []components.Option {
	out := make([]components.Option, len(p.Answers))
	for i, a := range p.Answers {
		out[i] = components.Option{Value: strconv.Itoa(i + 1), Label: a.Text.In(l)}
	}
	return out
}
