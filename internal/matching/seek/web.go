package seek

import (
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/volunteer"
	"maatje/internal/web"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// Routes mounts the page on which what a family seeks is asked.
func (s *Service) Routes(m *web.Router) {
	propose := authz.RightTo("match.propose")
	m.Handle("GET /trajectories/{id}/seek", propose, s.showSeek)
	m.Handle("POST /trajectories/{id}/seek", propose, s.postSeek)
	m.Handle("POST /trajectories/{id}/exclusions", propose, s.postExclude)
	m.Handle("POST /trajectories/{id}/exclusions/{exclusion}/lift", propose, s.postLift)
}

var (
	wantFields    = form.Fields{Lines: []string{"languages", "needed", "days", "postcode", "volunteers"}}
	excludeFields = form.Fields{Lines: []string{"volunteer", "side"}, Texts: []string{"excluded_words"}, Max: map[string]int{"excluded_words": 2000}}
)

func path(id core.TrajectoryID) string { return "/trajectories/" + id.String() }

func (s *Service) file(q *web.Request) (File, error) {
	id, err := web.PathID[core.TrajectoryID](q, "id")
	if err != nil {
		return File{}, err
	}
	return s.File(q.Context(), q.Actor, id)
}

func filled(l text.Lang, w Want) *form.Form {
	needed := ""
	if w.Needed {
		needed = "1"
	}
	f := form.New(l, wantFields).Set("languages", w.Languages...).Set("needed", needed).Set("days", w.Days...).Set("postcode", w.Postcode).
		Set("volunteers", strconv.Itoa(w.Volunteers))
	f.Version = w.Version
	return f
}

func (s *Service) showSeek(q *web.Request) error {
	file, err := s.file(q)
	if err != nil {
		return err
	}
	return q.Show(page(q.Frame(q.Lang.SeekTitle()), file, filled(q.Lang, file.Want)))
}

func (s *Service) postSeek(q *web.Request) error {
	file, err := s.file(q)
	if err != nil {
		return err
	}
	f := q.Form(wantFields)
	known := func(name string, codes []string) []string {
		return slices.DeleteFunc(f.List(name), func(c string) bool { return !slices.Contains(codes, c) })
	}
	if f.OK() {
		err = s.Keep(q.Context(), q.Actor, Want{
			Trajectory: file.Trajectory.ID, Languages: known("languages", text.SpokenCodes()), Needed: f.Bool("needed"), Days: known("days", volunteer.Days()),
			Postcode: f.Value("postcode"), Volunteers: f.Int("volunteers"), Version: f.Version,
		})
		if err == nil {
			return q.See(path(file.Trajectory.ID)+"/match", q.Lang.SeekKept())
		}
	}
	return q.Again(err, f, func() templ.Component { return page(q.Frame(q.Lang.SeekTitle()), file, f) })
}

func (s *Service) postExclude(q *web.Request) error {
	file, err := s.file(q)
	if err != nil {
		return err
	}
	f := q.Form(excludeFields)
	who, err := core.ParseID[core.VolunteerID](f.Value("volunteer"))
	if err != nil {
		return err
	}
	if f.OK() {
		err = s.Exclude(q.Context(), q.Actor, file.Trajectory.ID, Exclusion{Volunteer: who, Side: f.Value("side"), Words: f.Value("excluded_words")})
		if err == nil {
			return q.See(path(file.Trajectory.ID)+"/match", q.Lang.SeekExcluded())
		}
	}
	return q.Again(err, f, func() templ.Component { return excludePage(q.Frame(q.Lang.SeekApart()), file, f) })
}

func (s *Service) postLift(q *web.Request) error {
	file, err := s.file(q)
	if err != nil {
		return err
	}
	exclusion, err := web.PathID[core.ID](q, "exclusion")
	if err != nil {
		return err
	}
	if err := s.Lift(q.Context(), q.Actor, file.Trajectory.ID, exclusion); err != nil {
		return err
	}
	return q.See(path(file.Trajectory.ID)+"/seek", q.Lang.SeekLifted())
}
