package volunteer

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// Routes mounts the pages of volunteers.
func (s *Service) Routes(m *web.Router) {
	see, change, own := authz.RightTo("volunteer.see"), authz.RightTo("volunteer.change"), authz.RightTo("volunteer.own")
	m.Handle("GET /volunteers", see.As(authz.Search), s.showList)
	m.Handle("GET /volunteers/new", change, s.showNew)
	m.Handle("POST /volunteers/new", change, s.postNew)
	m.Handle("GET /volunteers/{id}", see, s.showFile)
	m.Handle("GET /volunteers/{id}/change", change, s.showChange)
	m.Handle("POST /volunteers/{id}/change", change, s.postChange)
	m.Handle("POST /volunteers/{id}/move", change, s.postMove)
	m.Handle("POST /volunteers/{id}/certificate", change, s.postCertificate)
	m.Handle("POST /volunteers/{id}/course", change, s.postCourse)
	m.Handle("POST /volunteers/{id}/link", change, s.postLink)
	m.Handle("GET /me", own, s.showOwn)
	m.Handle("POST /me", own, s.postOwn)
}

var (
	profileFields = form.Fields{
		Lines: []string{
			"name", "email", "phone", "municipality", "facility", "kinds", "capacity", "complex", "confirmed", "languages", "days", "car",
			"speaks", "youngest", "oldest", "postcode", "travel",
		},
		Texts: []string{"wishes"}, Max: map[string]int{"wishes": 2000},
	}
	moveFields        = form.Fields{Lines: []string{"to"}}
	certificateFields = form.Fields{Lines: []string{"profile", "number", "issued_on", "seen_on", "renew_before"}}
	courseFields      = form.Fields{Lines: []string{"course", "on"}}
)

func href(id core.VolunteerID) string { return "/volunteers/" + id.String() }

func (s *Service) showList(q *web.Request) error {
	f := Filter{Name: q.Query("q"), Status: Status(q.Query("status")), Kind: q.Query("kind")}
	if f.Status != "" && !slices.Contains(Statuses(), f.Status) {
		f.Status = ""
	}
	found, err := s.List(q.Context(), q.Actor, f)
	if err != nil {
		return err
	}
	return q.Show(listPage(q.Frame(q.Lang.VolunteerListTitle()), tabs(q.Lang, q.Actor), f, found, q.Today()))
}

// places are the options of municipality and facility.
type places struct{ municipalities, facilities []components.Option }

func (s *Service) places(q *web.Request) (places, error) {
	municipalities, facilities, err := s.Places(q.Context(), q.Actor)
	return places{placeOptions(municipalities), placeOptions(facilities)}, err
}

func placeOptions(all []Place) []components.Option {
	out := make([]components.Option, len(all))
	for i, p := range all {
		out[i] = components.Option{Value: p.ID.String(), Label: p.Name}
	}
	return out
}

func (s *Service) showNew(q *web.Request) error {
	p, err := s.places(q)
	if err != nil {
		return err
	}
	return q.Show(formPage(q.Frame(q.Lang.VolunteerNewTitle()), form.New(q.Lang, profileFields).Set("capacity", "1"), "/volunteers/new", p))
}

func (s *Service) postNew(q *web.Request) error {
	f := q.Form(profileFields)
	profile := profileOf(f)
	var err error
	if f.OK() {
		var id core.VolunteerID
		if id, err = s.Add(q.Context(), q.Actor, profile); err == nil {
			return q.See(href(id), q.Lang.VolunteerAdded())
		}
		if core.IsKind(err, core.KindNotFound) { // it would lie outside the actor's area
			err = core.Invalid("municipality", "volunteer_not_yours")
		}
	}
	p, e := s.places(q)
	if e != nil {
		return e
	}
	return q.Again(err, f, func() templ.Component { return formPage(q.Frame(q.Lang.VolunteerNewTitle()), f, "/volunteers/new", p) })
}

func profileOf(f *form.Form) Profile {
	id := func(name string) core.ID {
		n, err := core.ParseID[core.ID](cmp.Or(f.Value(name), core.ID(0).String()))
		if err != nil {
			return 0
		}
		return n
	}
	return Profile{
		Name: f.Value("name"), Email: f.Value("email"), Municipality: id("municipality"), Facility: id("facility"), Capacity: f.Int("capacity"),
		ComplexConfirmed: f.Bool("confirmed"), Wishes: wishesOf(f), Version: f.Version,
	}
}

func wishesOf(f *form.Form) Wishes {
	known := func(name string, codes []string) []string {
		return slices.DeleteFunc(f.List(name), func(c string) bool { return !slices.Contains(codes, c) })
	}
	return Wishes{
		Phone: f.Value("phone"), Kinds: known("kinds", text.TrajectoryKindCodes()), Complex: f.Bool("complex"), Languages: f.Value("languages"),
		Days: known("days", Days()), Car: f.Bool("car"), Words: f.Value("wishes"), Speaks: known("speaks", text.SpokenCodes()),
		Youngest: f.Int("youngest"), Oldest: f.Int("oldest"), Postcode: f.Value("postcode"), Travel: f.Int("travel"),
	}
}

// filled is the form with what is known.
func filled(l text.Lang, p Profile) *form.Form {
	w := p.Wishes
	bit := func(is bool) string {
		if is {
			return "1"
		}
		return ""
	}
	place := func(id core.ID) string {
		if id.IsZero() {
			return ""
		}
		return id.String()
	}
	f := form.New(l, profileFields).Set("name", p.Name).Set("email", p.Email).Set("phone", w.Phone).Set("municipality", place(p.Municipality)).
		Set("facility", place(p.Facility)).Set("kinds", w.Kinds...).Set("capacity", strconv.Itoa(p.Capacity)).Set("complex", bit(w.Complex)).
		Set("confirmed", bit(p.ComplexConfirmed)).Set("languages", w.Languages).Set("days", w.Days...).Set("car", bit(w.Car)).Set("wishes", w.Words).
		Set("speaks", w.Speaks...).Set("youngest", count(w.Youngest)).Set("oldest", count(w.Oldest)).Set("postcode", w.Postcode).Set("travel", count(w.Travel))
	f.Version = p.Version
	return f
}

// count is a number of which none is no wish.
func count(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// forms are the small forms on a volunteer's page; the one that was refused keeps what was typed.
type forms struct{ move, certificate, course *form.Form }

func (s *Service) file(q *web.Request) (File, error) {
	id, err := web.PathID[core.VolunteerID](q, "id")
	if err != nil {
		return File{}, err
	}
	return s.File(q.Context(), q.Actor, id)
}

func (s *Service) showFile(q *web.Request) error {
	file, err := s.file(q)
	if err != nil {
		return err
	}
	return q.Show(filePage(q.Frame(q.Lang.VolunteerFileTitle()), file, emptyForms(q.Lang), q.Today()))
}

func emptyForms(l text.Lang) forms {
	return forms{form.New(l, moveFields), form.New(l, certificateFields), form.New(l, courseFields)}
}

func (s *Service) showChange(q *web.Request) error {
	file, err := s.file(q)
	if err != nil {
		return err
	}
	p, err := s.places(q)
	if err != nil {
		return err
	}
	return q.Show(formPage(q.Frame(q.Lang.VolunteerChangeTitle()), filled(q.Lang, file.Profile), href(file.ID)+"/change", p))
}

func (s *Service) postChange(q *web.Request) error {
	id, err := web.PathID[core.VolunteerID](q, "id")
	if err != nil {
		return err
	}
	f := q.Form(profileFields)
	profile := profileOf(f)
	profile.ID = id
	if f.OK() {
		if err = s.Change(q.Context(), q.Actor, profile); err == nil {
			said, err := s.saidOfRoom(q)
			if err != nil {
				return err
			}
			return q.See(href(id), said)
		}
	}
	p, e := s.places(q)
	if e != nil {
		return e
	}
	return q.Again(err, f, func() templ.Component {
		return formPage(q.Frame(q.Lang.VolunteerChangeTitle()), f, href(id)+"/change", p)
	})
}

// saidOfRoom says that it is saved, and what becomes of the families when there is room for fewer than run: they stay (VOL-7).
func (s *Service) saidOfRoom(q *web.Request) (string, error) {
	file, err := s.file(q)
	if err != nil || file.Families <= file.Capacity {
		return q.Lang.VolunteerSaved(), err
	}
	return q.Lang.VolunteerSavedFull(q.Lang.Number(file.Families), q.Lang.Number(file.Capacity)), nil
}

// deed does something small with a volunteer; refused, the page comes back with the form as it was typed.
func (s *Service) deed(q *web.Request, f *form.Form, put func(*forms), do func(core.VolunteerID) error) error {
	return s.deedThen(q, f, "", put, do)
}

// deedThen goes on at another page of the volunteer's.
func (s *Service) deedThen(q *web.Request, f *form.Form, then string, put func(*forms), do func(core.VolunteerID) error) error {
	file, err := s.file(q)
	if err != nil {
		return err
	}
	if f.OK() {
		if err = do(file.ID); err == nil {
			return q.See(href(file.ID)+then, q.Lang.VolunteerSaved())
		}
	}
	all := emptyForms(q.Lang)
	put(&all)
	return q.Again(err, f, func() templ.Component { return filePage(q.Frame(q.Lang.VolunteerFileTitle()), file, all, q.Today()) })
}

func (s *Service) postMove(q *web.Request) error {
	f := q.Form(moveFields)
	to, then := Status(f.Value("to")), ""
	if Next(to) != "" {
		then = "/screening"
	}
	return s.deedThen(q, f, then, func(all *forms) { all.move = f }, func(id core.VolunteerID) error {
		return s.Move(q.Context(), q.Actor, id, to)
	})
}

func (s *Service) postCertificate(q *web.Request) error {
	f := q.Form(certificateFields)
	c := Certificate{
		Profile: f.Value("profile"), Number: f.Value("number"), IssuedOn: f.Date("issued_on"), SeenOn: f.Date("seen_on"), RenewBefore: f.Date("renew_before"),
	}
	return s.deed(q, f, func(all *forms) { all.certificate = f }, func(id core.VolunteerID) error {
		return s.SeeCertificate(q.Context(), q.Actor, id, c)
	})
}

func (s *Service) postCourse(q *web.Request) error {
	f := q.Form(courseFields)
	c := Course{Code: f.Value("course"), On: f.Date("on")}
	return s.deed(q, f, func(all *forms) { all.course = f }, func(id core.VolunteerID) error {
		return s.CompleteCourse(q.Context(), q.Actor, id, c)
	})
}

func (s *Service) postLink(q *web.Request) error {
	f := q.Form(form.Fields{})
	return s.deed(q, f, func(all *forms) { all.move = f }, func(id core.VolunteerID) error {
		return s.LinkByEmail(q.Context(), q.Actor, id)
	})
}

func (s *Service) showOwn(q *web.Request) error {
	p, err := s.Own(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	return q.Show(ownPage(q.Frame(q.Lang.VolunteerOwnTitle()), p, filled(q.Lang, p), q.Today()))
}

func (s *Service) postOwn(q *web.Request) error {
	p, err := s.Own(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	f := q.Form(profileFields)
	if f.OK() {
		if err = s.Wish(q.Context(), q.Actor, f.Version, wishesOf(f)); err == nil {
			return q.See("/me", q.Lang.VolunteerSaved())
		}
	}
	return q.Again(err, f, func() templ.Component { return ownPage(q.Frame(q.Lang.VolunteerOwnTitle()), p, f, q.Today()) })
}
