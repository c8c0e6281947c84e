package training

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

// Routes mounts the volunteer's own page and those of who organises.
func (s *Service) Routes(m *web.Router) {
	own, keep, courses := authz.RightTo("training.own"), authz.RightTo("training.keep"), authz.RightTo("training.courses")
	m.Handle("GET /training", own, s.showOwn)
	m.Handle("POST /training/sessions/{id}/enrol", own, s.ownEnrol)
	m.Handle("POST /training/sessions/{id}/withdraw", own, s.ownWithdraw)
	m.Handle("POST /training/sessions/{id}/seen", own, s.ownSeen)
	m.Handle("GET /volunteers/{id}/training", keep, s.showOf)
	m.Handle("POST /volunteers/{id}/training/back", keep, s.postBack)
	m.Handle("GET /sessions", keep, s.showList)
	m.Handle("GET /sessions/new", keep, s.showNew)
	m.Handle("POST /sessions/new", keep, s.postNew)
	m.Handle("GET /sessions/{id}", keep, s.showSession)
	m.Handle("GET /sessions/{id}/change", keep, s.showChange)
	m.Handle("POST /sessions/{id}/change", keep, s.postChange)
	m.Handle("POST /sessions/{id}/off", keep, s.postOff)
	m.Handle("POST /sessions/{id}/enrol", keep, s.postEnrol)
	m.Handle("POST /sessions/{id}/withdraw", keep, s.postWithdraw)
	m.Handle("POST /sessions/{id}/count", keep, s.postCount)
	m.Handle("GET /sessions/{id}/paper", keep.As(authz.Print), s.showPaper)
	m.Handle("GET /courses", keep, s.showCourses)
	m.Handle("POST /courses/needs", courses, s.postNeeds)
	m.Handle("GET /courses/new", courses, s.showNewCourse)
	m.Handle("POST /courses/new", courses, s.postNewCourse)
	m.Handle("GET /courses/{course}", courses, s.showCourse)
	m.Handle("POST /courses/{course}", courses, s.postCourse)
	m.Handle("POST /courses/{course}/open", courses, s.postOpen)
	m.Handle("POST /courses/{course}/hide", courses, s.postHide)
	m.Handle("POST /courses/{course}/parts", courses, s.postPart)
	m.Handle("POST /courses/{course}/up", courses, s.postUp)
	m.Handle("POST /courses/{course}/remove", courses, s.postRemove)
}

// Tabs lead through what who organises keeps; here is the path of the one that is shown.
func Tabs(l text.Lang, here string) []components.Link {
	all := []components.Link{
		{Href: "/sessions", Label: l.TrainingTabSessions()}, {Href: "/peer-days", Label: l.TrainingTabPeer()},
		{Href: "/dilemmas", Label: l.TrainingTabDilemmas()}, {Href: "/modules", Label: l.TrainingTabModules()}, {Href: "/courses", Label: l.TrainingTabCourses()},
	}
	for i := range all {
		all[i].Here = all[i].Href == here
	}
	return all
}

func (s *Service) showOwn(q *web.Request) error {
	m, err := s.Of(q.Context(), q.Actor, q.Actor.Volunteer())
	if err != nil {
		return err
	}
	return q.Show(ownPage(q.Frame(q.Lang.TrainingOwnTitle()), m, q.Today()))
}

// ownDeed does something with a session on the volunteer's own page.
func (s *Service) ownDeed(q *web.Request, do func(core.ID) (string, error)) error {
	id, err := web.PathID[core.ID](q, "id")
	if err != nil {
		return err
	}
	said, err := do(id)
	if err != nil {
		return err
	}
	return q.See("/training", said)
}

func (s *Service) ownEnrol(q *web.Request) error {
	return s.ownDeed(q, func(id core.ID) (string, error) {
		waits, err := s.Enrol(q.Context(), q.Actor, id, q.Actor.Volunteer())
		return enrolled(q.Lang, waits), err
	})
}

func enrolled(l text.Lang, waits bool) string {
	if waits {
		return l.TrainingWaitsNow()
	}
	return l.TrainingEnrolledNow()
}

func (s *Service) ownWithdraw(q *web.Request) error {
	return s.ownDeed(q, func(id core.ID) (string, error) {
		return q.Lang.TrainingWithdrawn(), s.Withdraw(q.Context(), q.Actor, id, q.Actor.Volunteer())
	})
}

func (s *Service) ownSeen(q *web.Request) error {
	return s.ownDeed(q, func(id core.ID) (string, error) { return "", s.Seen(q.Context(), q.Actor, id) })
}

func (s *Service) showOf(q *web.Request) error {
	id, err := web.PathID[core.VolunteerID](q, "id")
	if err != nil {
		return err
	}
	m, err := s.Of(q.Context(), q.Actor, id)
	if err != nil {
		return err
	}
	return q.Show(ofPage(q.Frame(q.Lang.TrainingOfTitle()), m, q.Today()))
}

var backFields = form.Fields{Lines: []string{"course"}}

func (s *Service) postBack(q *web.Request) error {
	id, err := web.PathID[core.VolunteerID](q, "id")
	if err != nil {
		return err
	}
	if err := s.TakeBack(q.Context(), q.Actor, id, q.Form(backFields).Value("course")); err != nil {
		return err
	}
	return q.See("/volunteers/"+id.String()+"/training", q.Lang.TrainingTakenBack())
}

var (
	sessionFields = form.Fields{Lines: []string{"part", "on", "starts", "ends", "place", "places", "trainer", "municipality", "facility"}}
	seatFields    = form.Fields{Part: "seat", Lines: []string{"volunteer"}}
	countFields   = form.Fields{Part: "count", Lines: []string{"shown", "present"}}
)

func (s *Service) showList(q *web.Request) error {
	coming, past, err := s.List(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	return q.Show(listPage(q.Frame(q.Lang.TrainingSessionsTitle()), coming, past))
}

// choice is what a session can be of, and where it can be for.
type choice struct{ parts, municipalities, facilities []components.Option }

func (s *Service) choice(q *web.Request) (c choice, err error) {
	o, err := s.Outline(q.Context(), q.Actor)
	if err != nil {
		return c, err
	}
	for _, one := range o.Courses {
		for _, p := range one.Parts {
			if p.IsLive() && one.Published {
				c.parts = append(c.parts, components.Option{Value: p.ID.String(), Label: one.Title(q.Lang) + ": " + p.Title(q.Lang)})
			}
		}
	}
	c.municipalities, c.facilities, err = s.PlaceOptions(q)
	return c, err
}

func (s *Service) showNew(q *web.Request) error {
	c, err := s.choice(q)
	if err != nil {
		return err
	}
	f := q.Fresh(sessionFields).Set("places", "12").Set("starts", "19:30")
	if len(c.municipalities) == 1 && len(c.facilities) == 0 {
		f.Set("municipality", c.municipalities[0].Value)
	}
	return q.Show(sessionForm(q.Frame(q.Lang.TrainingPlanTitle()), f, "/sessions/new", c))
}

func sessionOf(f *form.Form) Session {
	x := Session{On: f.Date("on"), Starts: f.Value("starts"), Ends: f.Value("ends"), Place: f.Value("place"), Places: f.Int("places"),
		Trainer: f.Value("trainer"), Area: AreaOf(f), Version: f.Version}
	x.Part.ID = idOf(f, "part")
	return x
}

// AreaOf reads where something is held for.
func AreaOf(f *form.Form) Area {
	return Area{Municipality: idOf(f, "municipality"), Facility: idOf(f, "facility")}
}

func idOf(f *form.Form, name string) core.ID {
	id, err := core.ParseID[core.ID](f.Value(name))
	if err != nil {
		return 0
	}
	return id
}

func (s *Service) postNew(q *web.Request) error {
	f := q.Form(sessionFields)
	x := sessionOf(f)
	var err error
	if f.OK() {
		var id core.ID
		if id, err = s.Plan(q.Context(), q.Actor, x); err == nil {
			return q.See("/sessions/"+id.String(), q.Lang.TrainingPlanned())
		}
	}
	return s.formAgain(q, err, f, q.Lang.TrainingPlanTitle(), "/sessions/new")
}

func (s *Service) formAgain(q *web.Request, err error, f *form.Form, title, action string) error {
	c, e := s.choice(q)
	if e != nil {
		return e
	}
	return q.Again(err, f, func() templ.Component { return sessionForm(q.Frame(title), f, action, c) })
}

func (s *Service) opened(q *web.Request) (Opened, error) {
	id, err := web.PathID[core.ID](q, "id")
	if err != nil {
		return Opened{}, err
	}
	return s.Open(q.Context(), q.Actor, id)
}

func (s *Service) showSession(q *web.Request) error {
	o, err := s.opened(q)
	if err != nil {
		return err
	}
	return q.Show(sessionPage(q.Frame(q.Lang.TrainingSessionTitle()), o, form.New(q.Lang, seatFields), counted(q.Lang, o), q.Today()))
}

// counted is the form with who is known to have been there.
func counted(l text.Lang, o Opened) *form.Form {
	f := form.New(l, countFields)
	var present []string
	for _, x := range o.Seats {
		if x.Attended == Present {
			present = append(present, x.Volunteer.String())
		}
	}
	return f.Set("present", present...)
}

func (s *Service) showChange(q *web.Request) error {
	o, err := s.opened(q)
	if err != nil {
		return err
	}
	c, err := s.choice(q)
	if err != nil {
		return err
	}
	some := func(id core.ID) string {
		if id.IsZero() {
			return ""
		}
		return id.String()
	}
	f := form.New(q.Lang, sessionFields).Set("on", o.On.String()).Set("starts", o.Starts).Set("ends", o.Ends).Set("place", o.Place).
		Set("places", strconv.Itoa(o.Places)).Set("trainer", o.Trainer).Set("municipality", some(o.Area.Municipality)).Set("facility", some(o.Area.Facility))
	f.Version = o.Version
	return q.Show(sessionForm(q.Frame(q.Lang.TrainingChangeTitle()), f, "/sessions/"+o.ID.String()+"/change", c))
}

func (s *Service) postChange(q *web.Request) error {
	id, err := web.PathID[core.ID](q, "id")
	if err != nil {
		return err
	}
	f := q.Form(sessionFields)
	x := sessionOf(f)
	x.ID = id
	if f.OK() {
		if err = s.Change(q.Context(), q.Actor, x); err == nil {
			return q.See("/sessions/"+id.String(), q.Lang.TrainingSaved())
		}
	}
	return s.formAgain(q, err, f, q.Lang.TrainingChangeTitle(), "/sessions/"+id.String()+"/change")
}

// sessionDeed does something with a session; refused, its page comes back with the sentence.
func (s *Service) sessionDeed(q *web.Request, f *form.Form, counts bool, said string, do func(core.ID) error) error {
	o, err := s.opened(q)
	if err != nil {
		return err
	}
	if f.OK() {
		if err = do(o.ID); err == nil {
			return q.See("/sessions/"+o.ID.String(), said)
		}
	}
	seat, here := f, counted(q.Lang, o)
	if counts {
		seat, here = form.New(q.Lang, seatFields), f
	}
	return q.Again(err, f, func() templ.Component {
		return sessionPage(q.Frame(q.Lang.TrainingSessionTitle()), o, seat, here, q.Today())
	})
}

func (s *Service) postOff(q *web.Request) error {
	return s.sessionDeed(q, q.Form(seatFields), false, q.Lang.TrainingOffSaid(), func(id core.ID) error { return s.CallOff(q.Context(), q.Actor, id) })
}

func (s *Service) postEnrol(q *web.Request) error {
	f := q.Form(seatFields)
	return s.sessionDeed(q, f, false, q.Lang.TrainingSaved(), func(id core.ID) error {
		_, err := s.Enrol(q.Context(), q.Actor, id, core.VolunteerID(idOf(f, "volunteer")))
		if core.IsKind(err, core.KindNotFound) {
			err = core.Invalid("volunteer", "training_who")
		}
		return err
	})
}

func (s *Service) postWithdraw(q *web.Request) error {
	f := q.Form(seatFields)
	return s.sessionDeed(q, f, false, q.Lang.TrainingSaved(), func(id core.ID) error {
		return s.Withdraw(q.Context(), q.Actor, id, core.VolunteerID(idOf(f, "volunteer")))
	})
}

// People are the volunteers that a form names.
func People(f *form.Form, name string) (all []core.VolunteerID) {
	for _, one := range f.List(name) {
		if v, err := core.ParseID[core.VolunteerID](one); err == nil {
			all = append(all, v)
		}
	}
	return all
}

func (s *Service) postCount(q *web.Request) error {
	f := q.Form(countFields)
	return s.sessionDeed(q, f, true, q.Lang.TrainingCounted(), func(id core.ID) error {
		return s.Count(q.Context(), q.Actor, id, People(f, "shown"), People(f, "present"))
	})
}

func (s *Service) showPaper(q *web.Request) error {
	o, err := s.opened(q)
	if err != nil {
		return err
	}
	return q.Show(paperPage(q.Frame(q.Lang.TrainingSessionTitle()), o))
}
