package dilemma

import (
	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/web"
	"maatje/internal/web/form"
)

// Routes mounts the collection, which everybody who supports reads, and the forms of who organises.
func (s *Service) Routes(m *web.Router) {
	see, keep := authz.RightTo("training.see"), authz.RightTo("training.keep")
	m.Handle("GET /dilemmas", see, s.showAll)
	m.Handle("GET /dilemmas/new", keep, s.showNew)
	m.Handle("POST /dilemmas/new", keep, s.postNew)
	m.Handle("GET /dilemmas/{id}", see, s.showOne)
	m.Handle("GET /dilemmas/{id}/change", keep, s.showChange)
	m.Handle("POST /dilemmas/{id}/change", keep, s.postChange)
	m.Handle("POST /dilemmas/{id}/talk", keep, s.postTalk)
}

var (
	wordFields = form.Fields{Lines: []string{"title"}, Texts: []string{"situation", "thought"}, Max: map[string]int{"situation": 4000, "thought": 4000}}
	talkFields = form.Fields{Lines: []string{"on", "occasion"}, Texts: []string{"words"}, Max: map[string]int{"words": 4000}}
)

func href(id core.ID) string { return "/dilemmas/" + id.String() }

func mayKeep(q *web.Request) bool { return authz.RightTo("training.keep").Allows(q.Actor) }

func (s *Service) showAll(q *web.Request) error {
	all, err := s.All(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	return q.Show(allPage(q.Frame(q.Lang.DilemmaTitle()), all, mayKeep(q)))
}

func (s *Service) showNew(q *web.Request) error {
	return q.Show(formPage(q.Frame(q.Lang.DilemmaNew()), q.Fresh(wordFields), "/dilemmas/new"))
}

func wordsOf(f *form.Form) Words {
	return Words{f.Value("title"), f.Value("situation"), f.Value("thought")}
}

func (s *Service) postNew(q *web.Request) error {
	f := q.Form(wordFields)
	var err error
	if f.OK() {
		var id core.ID
		if id, err = s.Add(q.Context(), q.Actor, wordsOf(f)); err == nil {
			return q.See(href(id), q.Lang.TrainingSaved())
		}
	}
	return q.Again(err, f, func() templ.Component { return formPage(q.Frame(q.Lang.DilemmaNew()), f, "/dilemmas/new") })
}

func (s *Service) one(q *web.Request) (Dilemma, []Talk, error) {
	id, err := web.PathID[core.ID](q, "id")
	if err != nil {
		return Dilemma{}, nil, err
	}
	return s.One(q.Context(), q.Actor, id)
}

func (s *Service) showOne(q *web.Request) error {
	d, thought, err := s.one(q)
	if err != nil {
		return err
	}
	f := q.Fresh(talkFields).Set("on", q.Today().String())
	return q.Show(onePage(q.Frame(q.Lang.DilemmaOne()), d, thought, f, mayKeep(q)))
}

func (s *Service) showChange(q *web.Request) error {
	d, _, err := s.one(q)
	if err != nil {
		return err
	}
	w := d.In(q.Lang)
	f := form.New(q.Lang, wordFields).Set("title", w.Title).Set("situation", w.Situation).Set("thought", w.Thought)
	f.Version = d.Version
	return q.Show(formPage(q.Frame(q.Lang.DilemmaChange()), f, href(d.ID)+"/change"))
}

func (s *Service) postChange(q *web.Request) error {
	d, _, err := s.one(q)
	if err != nil {
		return err
	}
	f := q.Form(wordFields)
	if f.OK() {
		if err = s.Change(q.Context(), q.Actor, d.ID, f.Version, wordsOf(f)); err == nil {
			return q.See(href(d.ID), q.Lang.TrainingSaved())
		}
	}
	return q.Again(err, f, func() templ.Component { return formPage(q.Frame(q.Lang.DilemmaChange()), f, href(d.ID)+"/change") })
}

func (s *Service) postTalk(q *web.Request) error {
	d, thought, err := s.one(q)
	if err != nil {
		return err
	}
	f := q.Form(talkFields)
	k := Talk{Dilemma: d.ID, On: f.Date("on"), Occasion: f.Value("occasion"), Words: f.Value("words")}
	if f.OK() {
		if err = s.Discussed(q.Context(), q.Actor, k); err == nil {
			return q.See(href(d.ID), q.Lang.TrainingSaved())
		}
	}
	return q.Again(err, f, func() templ.Component { return onePage(q.Frame(q.Lang.DilemmaOne()), d, thought, f, true) })
}
