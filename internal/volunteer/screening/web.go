package screening

import (
	"slices"

	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/volunteer"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// Routes mounts the pages.
func (s *Service) Routes(m *web.Router) {
	see, change := authz.RightTo("volunteer.see"), authz.RightTo("volunteer.change")
	m.Handle("GET /volunteers/{id}/screening", see, s.show)
	m.Handle("POST /volunteers/{id}/screening/answered", change, s.postAnswered)
	m.Handle("POST /volunteers/{id}/screening/talk", change, s.postTalk(First))
	m.Handle("POST /volunteers/{id}/screening/home-visit", change, s.postTalk(HomeVisit))
	m.Handle("POST /volunteers/{id}/references", change, s.postReference)
	m.Handle("POST /volunteers/{id}/references/{reference}/asked", change, s.postAsked)
	m.Handle("POST /volunteers/{id}/references/{reference}/given", change, s.postGiven)
	m.Handle("POST /volunteers/{id}/references/{reference}/dropped", change, s.postDropped)
}

// Where is the page, and the place on it, where what a step asks is written down.
func Where(id core.VolunteerID, step volunteer.Status) string {
	file := "/volunteers/" + id.String()
	switch step {
	case volunteer.Talked:
		return file + "/screening#first"
	case volunteer.HomeVisited:
		return file + "/screening#home-visit"
	case volunteer.References:
		return file + "/screening#references"
	case volunteer.Certified:
		return file + "#f-number"
	case volunteer.Confidentiality:
		return file + "/confidentiality"
	case volunteer.Trained:
		return file + "#f-course"
	default:
		return file
	}
}

var (
	talkFields = map[string]form.Fields{
		First:     {Part: "first", Lines: []string{"held_on"}, Texts: []string{"words", "affinity"}, Max: map[string]int{"words": 8000, "affinity": 4000}},
		HomeVisit: {Part: "home", Lines: []string{"held_on", "home_agrees"}, Texts: []string{"words", "household", "affinity"}, Max: map[string]int{"words": 8000, "household": 4000, "affinity": 4000}},
	}
	referenceFields = form.Fields{Part: "ref", Lines: []string{"name", "relation", "phone", "email", "asked_on"}}
)

func givenFields(id core.ID) form.Fields {
	return form.Fields{Part: id.String(), Lines: []string{"asked_on", "given_on", "drop"}, Texts: []string{"said"}, Max: map[string]int{"said": 4000}}
}

// forms are those of the page; the one that was refused keeps what was typed.
type forms struct {
	first, home, reference *form.Form
	given                  map[core.ID]*form.Form
}

func (s *Service) look(q *web.Request) (Sheet, forms, error) {
	id, err := web.PathID[core.VolunteerID](q, "id")
	if err != nil {
		return Sheet{}, forms{}, err
	}
	v, err := s.Sheet(q.Context(), q.Actor, id)
	all := forms{form.New(q.Lang, talkFields[First]), form.New(q.Lang, talkFields[HomeVisit]), form.New(q.Lang, referenceFields), map[core.ID]*form.Form{}}
	for _, r := range v.References {
		all.given[r.ID] = form.New(q.Lang, givenFields(r.ID)).Set("asked_on", q.Today().String()).Set("given_on", q.Today().String())
	}
	return v, all, err
}

func (s *Service) show(q *web.Request) error {
	v, all, err := s.look(q)
	if err != nil {
		return err
	}
	return q.Show(sheetPage(q.Frame(q.Lang.ScreeningTitle()), v, all))
}

// deed does one thing; refused, the page comes back with the form as it was typed.
func (s *Service) deed(q *web.Request, f *form.Form, put func(*forms), do func(core.VolunteerID) error) error {
	v, all, err := s.look(q)
	if err != nil {
		return err
	}
	if f.OK() {
		if err = do(v.ID); err == nil {
			return q.See("/volunteers/"+v.ID.String()+"/screening", q.Lang.ScreeningSaved())
		}
	}
	put(&all)
	return q.Again(err, f, func() templ.Component { return sheetPage(q.Frame(q.Lang.ScreeningTitle()), v, all) })
}

func (s *Service) postTalk(kind string) func(*web.Request) error {
	return func(q *web.Request) error {
		f := q.Form(talkFields[kind])
		k := Talk{
			Kind: kind, HeldOn: f.Date("held_on"), Words: f.Value("words"), Affinity: f.Value("affinity"), Household: f.Value("household"), HomeAgrees: f.Bool("home_agrees"),
		}
		put := func(all *forms) { all.first = f }
		if kind == HomeVisit {
			put = func(all *forms) { all.home = f }
		}
		return s.deed(q, f, put, func(id core.VolunteerID) error { return s.AddTalk(q.Context(), q.Actor, id, k) })
	}
}

func (s *Service) postAnswered(q *web.Request) error {
	f := q.Form(form.Fields{})
	return s.deed(q, f, func(*forms) {}, func(id core.VolunteerID) error { return s.Answered(q.Context(), q.Actor, id) })
}

func (s *Service) postReference(q *web.Request) error {
	f := q.Form(referenceFields)
	r := Reference{Name: f.Value("name"), Relation: f.Value("relation"), Phone: f.Value("phone"), Email: f.Value("email"), AskedOn: f.Date("asked_on")}
	return s.deed(q, f, func(all *forms) { all.reference = f }, func(id core.VolunteerID) error {
		return s.NameReference(q.Context(), q.Actor, id, r)
	})
}

// reference does something with one reference.
func (s *Service) reference(q *web.Request, do func(core.VolunteerID, core.ID, *form.Form) error) error {
	reference, err := web.PathID[core.ID](q, "reference")
	if err != nil {
		return err
	}
	f := q.Form(givenFields(reference))
	return s.deed(q, f, func(all *forms) { all.given[reference] = f }, func(id core.VolunteerID) error { return do(id, reference, f) })
}

func (s *Service) postAsked(q *web.Request) error {
	return s.reference(q, func(id core.VolunteerID, r core.ID, f *form.Form) error {
		return s.Ask(q.Context(), q.Actor, id, r, f.Date("asked_on"))
	})
}

func (s *Service) postGiven(q *web.Request) error {
	return s.reference(q, func(id core.VolunteerID, r core.ID, f *form.Form) error {
		return s.Give(q.Context(), q.Actor, id, r, f.Value("said"), f.Date("given_on"))
	})
}

func (s *Service) postDropped(q *web.Request) error {
	return s.reference(q, func(id core.VolunteerID, r core.ID, f *form.Form) error {
		if f.Value("drop") == "" {
			return core.Invalid("drop", "screening_drop")
		}
		return s.Drop(q.Context(), q.Actor, id, r)
	})
}

// steps are the words of the way, and which of them somebody is about to take; they count from one.
func steps(l text.Lang, v Sheet) (words []string, now int) {
	for s := volunteer.Next(volunteer.Applied); s != ""; s = volunteer.Next(s) {
		words = append(words, l.VolunteerStatus(string(s)))
		if s == v.Next {
			now = len(words)
		}
	}
	return words, now
}

func (v Sheet) of(kind string) []Talk {
	return slices.DeleteFunc(slices.Clone(v.Talks), func(k Talk) bool { return k.Kind != kind })
}

func talkPairs(l text.Lang, k Talk) []components.Pair {
	agrees := ""
	if k.Kind == HomeVisit {
		agrees = l.CommonNo()
		if k.HomeAgrees {
			agrees = l.CommonYes()
		}
	}
	back := ""
	if k.ComesBack != "" {
		back = l.ComesBack(k.ComesBack)
	}
	words := l.ScreeningOwnWords()
	if k.Kind == HomeVisit {
		words = l.ScreeningSaw()
	}
	return filled([]components.Pair{
		{Term: l.ScreeningHeld(), Text: l.ScreeningHeldBy(l.Date(k.HeldOn), k.HeldBy)}, {Term: words, Text: k.Words}, {Term: l.ScreeningHousehold(), Text: k.Household},
		{Term: l.ScreeningHomeAgrees(), Text: agrees}, {Term: l.ScreeningAffinity(), Text: k.Affinity}, {Term: l.LeavingWell(), Text: k.Well},
		{Term: l.LeavingBetter(), Text: k.Better}, {Term: l.LeavingComesBack(), Text: back},
	})
}

func filled(all []components.Pair) []components.Pair {
	return slices.DeleteFunc(all, func(p components.Pair) bool { return p.Text == "" })
}

func referencePairs(l text.Lang, r Reference) []components.Pair {
	asked, given, dropped := "", "", ""
	if !r.AskedOn.IsZero() {
		asked = l.ScreeningHeldBy(l.Date(r.AskedOn), r.AskedBy)
	}
	if !r.GivenOn.IsZero() {
		given = l.ScreeningHeldBy(l.Date(r.GivenOn), r.NotedBy)
	}
	if !r.Dropped.IsZero() {
		dropped = l.Date(r.Dropped)
	}
	return filled([]components.Pair{
		{Term: l.ScreeningRelation(), Text: r.Relation}, {Term: l.VolunteerPhone(), Text: r.Phone}, {Term: l.VolunteerEmail(), Text: r.Email},
		{Term: l.ScreeningAsked(), Text: asked}, {Term: l.ScreeningGiven(), Text: given}, {Term: l.ScreeningSaid(), Text: r.Said}, {Term: l.ScreeningDropped(), Text: dropped},
	})
}

func applicationPairs(l text.Lang, a Application) []components.Pair {
	return filled([]components.Pair{
		{Term: l.ScreeningCode(), Text: a.Code}, {Term: l.ScreeningReceived(), Text: l.Date(a.ReceivedAt.Date())}, {Term: l.ScreeningAnswerBefore(), Text: l.Date(a.AnswerBefore.Date())},
		{Term: l.VolunteerMunicipality(), Text: a.Municipality}, {Term: l.ApplicantWhy(), Text: a.Words},
	})
}
