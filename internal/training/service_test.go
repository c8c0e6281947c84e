package training_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"testing"

	"maatje/internal/account"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/facility"
	"maatje/internal/task"
	"maatje/internal/training"
	"maatje/internal/volunteer"
	"maatje/internal/volunteer/leaving"
	"maatje/internal/volunteer/screening"
	"maatje/internal/web/webtest"
)

// world is two towns with a coordinator each, a project leader and volunteers of Zwolle.
type world struct {
	*training.Service
	t                   *testing.T
	d                   *db.DB
	petra, kees, ingrid authz.Actor
	zwolle, hattem      core.ID
	people              []authz.Actor
}

var ctx = context.Background()

func newWorld(t *testing.T, d *db.DB, volunteers int) *world {
	t.Helper()
	w := &world{Service: training.NewService(d), t: t, d: d}
	w.write(func(tx *db.Tx) (err error) {
		w.people = nil
		make := func(name string, role authz.Role, town ...string) authz.Actor {
			if err != nil {
				return authz.Actor{}
			}
			var id core.AccountID
			id, err = account.Make(tx, account.New{Name: name, Email: name + "@example.org", Roles: role, Municipalities: town})
			return authz.SignedIn(id, 0, name, role, authz.Origin{})
		}
		w.petra, w.kees = make("Petra", authz.OutsideCoordinator, "Zwolle"), make("Kees", authz.OutsideCoordinator, "Hattem")
		w.ingrid = make("Ingrid", authz.ProjectLeader)
		if err == nil {
			w.zwolle, err = facility.Municipality(tx, "Zwolle")
		}
		if err == nil {
			w.hattem, err = facility.Municipality(tx, "Hattem")
		}
		for i := range volunteers {
			name := "Ria" + strconv.Itoa(i)
			a := make(name, authz.Volunteer)
			if err != nil {
				return err
			}
			id, e := volunteer.New(tx, volunteer.Profile{Name: name, Municipality: w.zwolle, Status: volunteer.Active, Capacity: 1, Wishes: volunteer.Wishes{Kinds: []string{"family_buddy"}}})
			if e == nil {
				e = volunteer.Link(tx, id, a.Account())
			}
			if e != nil {
				return e
			}
			w.people = append(w.people, authz.SignedIn(a.Account(), id, name, authz.Volunteer, authz.Origin{}))
		}
		return err
	})
	return w
}

func (w *world) write(f func(*db.Tx) error) {
	w.t.Helper()
	w.must(w.d.Write(ctx, authz.System("test"), f))
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) refuses(message string, err error) {
	w.t.Helper()
	f, ok := core.AsFail(err)
	if !ok || !slices.ContainsFunc(f.All(), func(f *core.Fail) bool { return f.Message == message }) {
		w.t.Errorf("%v, want %s", err, message)
	}
}

// course makes one of the organisation's own with an evening, and opens it.
func (w *world) course(name string, months int) training.Course {
	w.t.Helper()
	id, err := w.AddCourse(ctx, w.ingrid, training.Course{Name: name, Months: months})
	w.must(err)
	w.refuses("training_course_empty", w.Publish(ctx, w.ingrid, id, 1, true))
	w.must(w.AddPart(ctx, w.ingrid, id, 1, training.Part{Name: "Avond over " + name}))
	w.must(w.Publish(ctx, w.ingrid, id, 2, true))
	o, err := w.Outline(ctx, w.ingrid)
	w.must(err)
	c, _ := o.Course(id)
	return c
}

func (w *world) session(part training.Part, day string, places int) core.ID {
	w.t.Helper()
	id, err := w.Plan(ctx, w.petra, training.Session{Part: part, On: core.MustDate(day), Starts: "19:30", Place: "Buurthuis", Places: places, Area: training.Area{Municipality: w.zwolle}})
	w.must(err)
	return id
}

func (w *world) all() (ids []core.VolunteerID) {
	for _, p := range w.people {
		ids = append(ids, p.Volunteer())
	}
	return ids
}

func (w *world) tasks(a authz.Actor) (kinds []string) {
	w.t.Helper()
	w.must(w.d.Read(ctx, a, func(t *db.Tx) error {
		rows, err := task.Mine(t, task.Filter{})
		for _, r := range rows {
			kinds = append(kinds, r.Kind)
		}
		return err
	}))
	return kinds
}

func (w *world) had(a authz.Actor) (codes []string) {
	w.t.Helper()
	m, err := w.Of(ctx, a, a.Volunteer())
	w.must(err)
	for _, h := range m.Done {
		codes = append(codes, h.Code+" "+h.On.String())
	}
	return codes
}

func TestVOL4_TheWaitingListMovesUpAndTells(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		w := newWorld(t, d, 3)
		c := w.course("Rouw", 12)
		id := w.session(c.Parts[0], "2026-12-01", 1)
		one, two, three := w.people[0], w.people[1], w.people[2]
		for i, p := range w.people {
			waits, err := w.Enrol(ctx, p, id, p.Volunteer())
			w.must(err)
			if waits != (i > 0) {
				t.Errorf("%d waits: %v", i, waits)
			}
		}
		_, err := w.Enrol(ctx, two, id, two.Volunteer())
		w.refuses("training_enrolled_already", err)
		if _, err := w.Enrol(ctx, two, id, one.Volunteer()); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("somebody else's place: %v", err)
		}
		o, err := w.Open(ctx, w.petra, id)
		w.must(err)
		x := o.Session
		x.Places = 0
		w.refuses("training_session_places", w.Change(ctx, w.petra, x))
		w.must(w.Withdraw(ctx, one, id, one.Volunteer()))
		if got := w.tasks(two); !slices.Equal(got, []string{"training_place"}) || len(w.tasks(three)) != 0 {
			t.Errorf("told %v", got)
		}
		o, err = w.Open(ctx, w.petra, id)
		w.must(err)
		if len(o.Roll.Enrolled) != 1 || o.Roll.Enrolled[0] != two.Volunteer() || o.Roll.Turn(three.Volunteer()) != 1 {
			t.Errorf("%+v", o.Roll)
		}
		w.must(w.Seen(ctx, two, id))
		if got := w.tasks(two); len(got) != 0 {
			t.Errorf("still told %v", got)
		}
		x.Places, x.Place = 2, "Bibliotheek"
		w.must(w.Change(ctx, w.petra, x))
		if got := w.tasks(three); !slices.Equal(got, []string{"training_place"}) {
			t.Errorf("more places: told %v", got)
		}
		if got := w.tasks(two); !slices.Equal(got, []string{"training_changed"}) {
			t.Errorf("another venue: told %v", got)
		}
		x.Places, x.Version = 1, x.Version+1
		w.refuses("training_places_taken", w.Change(ctx, w.petra, x))
		x.Places, x.Version = 3, 1
		w.refuses("training_changed", w.Change(ctx, w.petra, x))

		w.refuses("training_session_ahead", w.Count(ctx, w.petra, id, nil, nil))
		clock.Set(core.MustInstant("2026-12-01T20:00:00.000Z"))
		w.must(w.Count(ctx, w.petra, id, nil, []core.VolunteerID{two.Volunteer()}))
		if got := w.had(two); len(got) != 0 {
			t.Errorf("counted who did not stand on the screen: %v", got)
		}
		w.must(w.Count(ctx, w.petra, id, w.all(), []core.VolunteerID{two.Volunteer(), one.Volunteer()}))
		if got := w.had(two); !slices.Equal(got, []string{"Rouw 2026-12-01"}) || len(w.had(three)) != 0 || len(w.had(one)) != 0 {
			t.Errorf("completed %v %v %v", got, w.had(three), w.had(one))
		}
	})
}

// TestVOL4_TwoAtOnceForTheLastPlace: whoever is a moment earlier gets it, the other waits; nobody gets an error.
// TestVOL4_WhoStopsKeepsNoChair: stopping frees every place that is still to come, and what was attended stays.
func TestVOL4_WhoStopsKeepsNoChair(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		w := newWorld(t, d, 2)
		c := w.course("Rouw", 12)
		past, coming := w.session(c.Parts[0], "2026-12-01", 1), w.session(c.Parts[0], "2026-12-20", 1)
		one, two := w.people[0], w.people[1]
		for _, id := range []core.ID{past, coming} {
			for _, p := range w.people {
				_, err := w.Enrol(ctx, p, id, p.Volunteer())
				w.must(err)
			}
		}
		clock.Set(core.MustInstant("2026-12-02T12:00:00.000Z"))
		stops := leaving.NewService(d, volunteer.Unchanged, training.WithdrawAll)
		w.must(stops.Leave(ctx, w.petra, one.Volunteer(), leaving.Farewell{Why: "verhuisd", WithoutTalk: "al weg"}, screening.Talk{}))
		for id, want := range map[core.ID]core.VolunteerID{past: one.Volunteer(), coming: two.Volunteer()} {
			o, err := w.Open(ctx, w.petra, id)
			w.must(err)
			if !slices.Equal(o.Roll.Enrolled, []core.VolunteerID{want}) {
				t.Errorf("%s: %+v", o.On, o.Roll)
			}
		}
		if got := w.tasks(two); !slices.Equal(got, []string{"training_place"}) {
			t.Errorf("told %v", got)
		}
	})
}

func TestVOL4_TwoAtOnceForTheLastPlace(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, 6)
		id := w.session(w.course("Rouw", 0).Parts[0], "2026-12-01", 2)
		var all sync.WaitGroup
		waits, errs := make([]bool, len(w.people)), make([]error, len(w.people))
		for i, p := range w.people {
			all.Go(func() { waits[i], errs[i] = w.Enrol(ctx, p, id, p.Volunteer()) })
		}
		all.Wait()
		n := 0
		for i := range w.people {
			w.must(errs[i])
			if !waits[i] {
				n++
			}
		}
		o, err := w.Open(ctx, w.petra, id)
		w.must(err)
		if n != 2 || len(o.Roll.Enrolled) != 2 || len(o.Roll.Waiting) != 4 {
			t.Errorf("%d have a place, %+v", n, o.Roll)
		}
		// everybody leaves at once: never more than two with a place, and nobody waits in vain
		for i, p := range w.people[:5] {
			all.Go(func() { errs[i] = w.Withdraw(ctx, p, id, p.Volunteer()) })
		}
		all.Wait()
		for _, err := range errs {
			w.must(err)
		}
		o, err = w.Open(ctx, w.petra, id)
		w.must(err)
		if !slices.Equal(o.Roll.Enrolled, []core.VolunteerID{w.people[5].Volunteer()}) || len(o.Roll.Waiting) != 0 {
			t.Errorf("%+v", o.Roll)
		}
	})
}

func TestVOL4_ACoordinatorKeepsToTheOwnArea(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, 1)
		c := w.course("Rouw", 0)
		id, ria := w.session(c.Parts[0], "2026-12-01", 5), w.people[0]
		if _, err := w.Open(ctx, w.kees, id); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("Kees sees it: %v", err)
		}
		if _, err := w.Open(ctx, w.ingrid, id); err != nil {
			t.Error(err)
		}
		_, err := w.Plan(ctx, w.kees, training.Session{Part: c.Parts[0], On: core.MustDate("2026-12-02"), Starts: "19:30", Place: "x", Places: 3, Area: training.Area{Municipality: w.zwolle}})
		w.refuses("training_area_not_yours", err)
		_, err = w.Plan(ctx, w.kees, training.Session{Part: training.Part{ID: 1}, On: core.MustDate("2026-11-22"), Starts: "19:30", Place: "x", Places: 3})
		w.refuses("training_session_part", err)
		w.refuses("training_session_past", err)
		hattem, err := w.Plan(ctx, w.kees, training.Session{Part: c.Parts[0], On: core.MustDate("2026-12-02"), Starts: "19:30", Place: "x", Places: 3, Area: training.Area{Municipality: w.hattem}})
		w.must(err)
		if _, err := w.Enrol(ctx, ria, hattem, ria.Volunteer()); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("Ria of Zwolle in Hattem: %v", err)
		}
		everybody, err := w.Plan(ctx, w.kees, training.Session{Part: c.Parts[0], On: core.MustDate("2026-12-03"), Starts: "19:30", Place: "x", Places: 3})
		w.must(err)
		_, err = w.Enrol(ctx, ria, everybody, ria.Volunteer())
		w.must(err)
		o, err := w.Open(ctx, w.kees, everybody)
		w.must(err)
		if len(o.Seats) != 0 || o.Elsewhere() != 1 {
			t.Errorf("Kees sees Ria: %+v", o.Seats)
		}
		w.must(w.CallOff(ctx, w.kees, everybody))
		w.refuses("training_session_off", w.CallOff(ctx, w.kees, everybody))
		if got := w.tasks(ria); !slices.Equal(got, []string{"training_changed"}) {
			t.Errorf("told %v", got)
		}
		_, err = w.Enrol(ctx, w.petra, everybody, ria.Volunteer())
		w.refuses("training_session_off", err)
	})
}

func TestVOL4_ACourseThatIsDueAgainIsAsked(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		w := newWorld(t, d, 1)
		ria := w.people[0]
		c := w.course("Rouw", 12)
		follow := func(day string) {
			id := w.session(c.Parts[0], day, 1)
			_, err := w.Enrol(ctx, ria, id, ria.Volunteer())
			w.must(err)
			clock.Set(core.MustInstant(day + "T21:00:00.000Z"))
			w.must(w.Count(ctx, w.petra, id, w.all(), w.all()))
		}
		follow("2026-12-01")
		for _, x := range []struct {
			on   string
			want int
		}{{"2027-10-31", 0}, {"2027-11-02", 1}, {"2027-11-03", 1}} {
			clock.Set(core.MustInstant(x.on + "T09:00:00.000Z"))
			w.must(w.AskAgain(ctx, authz.System("training.refresh")))
			if got := w.tasks(ria); len(got) != x.want {
				t.Errorf("%s: %v", x.on, got)
			}
		}
		m, err := w.Of(ctx, ria, ria.Volunteer())
		w.must(err)
		if !slices.ContainsFunc(m.Needs, func(s training.Step) bool { return s.Code == "Rouw" && s.Parts[0].On.IsZero() }) {
			t.Errorf("not asked again: %+v", m.Needs)
		}
		follow("2027-11-10")
		if got := w.tasks(ria); len(got) != 0 || !slices.Equal(w.had(ria), []string{"Rouw 2027-11-10"}) {
			t.Errorf("after doing it again %v %v", got, w.had(ria))
		}
		w.must(w.TakeBack(ctx, w.petra, ria.Volunteer(), "Rouw"))
		if got := w.had(ria); len(got) != 0 {
			t.Errorf("taken back %v", got)
		}
	})
}

func TestVOL4_KindsNeedCoursesThatAreOpen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, 1)
		ria := w.people[0]
		closed, err := w.AddCourse(ctx, w.ingrid, training.Course{Name: "Dicht"})
		w.must(err)
		_, err = w.AddCourse(ctx, w.ingrid, training.Course{Name: "dicht"})
		w.refuses("training_course_same", err)
		w.refuses("training_course_hidden_need", w.Need(ctx, w.ingrid, "family_buddy", "general,family_buddy", []string{"general", "Dicht"}))
		w.course("Rouw", 0)
		w.must(w.Need(ctx, w.ingrid, "family_buddy", "general,family_buddy", []string{"general", "Rouw"}))
		w.refuses("training_changed", w.Need(ctx, w.ingrid, "family_buddy", "general,family_buddy", nil))
		m, err := w.Of(ctx, ria, ria.Volunteer())
		w.must(err)
		var codes []string
		for _, s := range m.Needs {
			codes = append(codes, s.Code)
		}
		if !slices.Equal(codes, []string{"general", "Rouw"}) {
			t.Errorf("needs %v", codes)
		}
		w.must(w.AddPart(ctx, w.ingrid, closed, 1, training.Part{Name: "Een"}))
		w.must(w.AddPart(ctx, w.ingrid, closed, 2, training.Part{Module: 1}))
		w.refuses("training_part_same", w.AddPart(ctx, w.ingrid, closed, 3, training.Part{Module: 1}))
		o, err := w.Outline(ctx, w.ingrid)
		w.must(err)
		c, _ := o.Course(closed)
		w.must(w.MovePart(ctx, w.ingrid, closed, 3, c.Parts[1].ID))
		w.must(w.Publish(ctx, w.ingrid, closed, 4, true))
		w.must(w.EndPart(ctx, w.ingrid, closed, 5, c.Parts[0].ID))
		w.refuses("training_course_empty", w.EndPart(ctx, w.ingrid, closed, 6, c.Parts[1].ID))
		w.refuses("training_changed", w.EndPart(ctx, w.ingrid, closed, 5, core.ID(99)))
	})
}

func TestPagesOfTraining(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, 2)
		site := webtest.New(t, d.Now)
		w.Routes(site.Router)
		site.As(w.ingrid)
		course := site.Post("/courses/new", url.Values{"name": {"Rouw"}, "months": {"12"}}).Is(http.StatusSeeOther).Location
		site.Post(course+"/open", url.Values{"version": {"1"}}).Is(http.StatusUnprocessableEntity, "zit nog niets")
		site.Post(course+"/parts", url.Values{"version": {"1"}, "part_name": {"Avond over rouw"}}).Is(http.StatusSeeOther)
		site.Post(course+"/open", url.Values{"version": {"2"}}).Is(http.StatusSeeOther)
		site.Get(course).Is(http.StatusOK, "Avond over rouw", "bijeenkomst")
		site.Get("/courses").Is(http.StatusOK, "Rouw", "gezinsmaatje", "Op je handen zitten")
		site.As(w.petra)
		site.Get(course).Is(http.StatusNotFound)
		site.Post("/sessions/new", url.Values{"on": {"gisteren"}, "place": {"Thuis"}}).Is(http.StatusUnprocessableEntity, `value="gisteren"`, `value="Thuis"`)
		o, err := w.Outline(ctx, w.ingrid)
		w.must(err)
		part := o.Courses[len(o.Courses)-1].Parts[0].ID.String()
		at := site.Post("/sessions/new", url.Values{
			"part": {part}, "on": {"2026-12-01"}, "starts": {"19:30"}, "ends": {"21:00"}, "place": {"Buurthuis"}, "places": {"1"}, "municipality": {w.zwolle.String()},
		}).Is(http.StatusSeeOther).Location
		site.Get("/sessions").Is(http.StatusOK, "Avond over rouw", "0 van 1", "dinsdag 1 december 2026")
		own := "/training" + at
		site.As(w.people[0]).Get("/training").Is(http.StatusOK, "nog 1 plaats", "algemene training", "Je eigen grenzen")
		site.Post(own+"/enrol", nil).Is(http.StatusSeeOther)
		site.As(w.people[1]).Post(own+"/enrol", nil).Is(http.StatusSeeOther)
		site.Get("/training").Is(http.StatusOK, "nummer 1 op de wachtlijst")
		site.As(w.petra).Get(at).Is(http.StatusOK, "Ria0", "Ria1", "Wachtlijst: 1")
		site.Post(at+"/count", nil).Is(http.StatusUnprocessableEntity, "kan pas op 1 december 2026")
		site.Post(at+"/change", url.Values{"on": {"2026-12-01"}, "starts": {"19:30"}, "place": {"Elders"}, "places": {"0"}}).Is(http.StatusUnprocessableEntity, `value="Elders"`)
		site.As(w.people[0]).Post(own+"/withdraw", nil).Is(http.StatusSeeOther)
		site.As(w.people[1]).Get("/training").Is(http.StatusOK, "je hebt nu een plaats", "Gezien")
		site.As(w.petra).Get(at+"/paper").Is(http.StatusOK, "Ria1").Without("Ria0")
		site.Get("/volunteers/"+w.people[1].Volunteer().String()+"/training").Is(http.StatusOK, "Ria1", "Avond over rouw")
		site.As(w.kees).Get("/volunteers/" + w.people[1].Volunteer().String() + "/training").Is(http.StatusNotFound)
	})
}
