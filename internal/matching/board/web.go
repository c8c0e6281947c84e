package board

import (
	"cmp"
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/matching"
	"maatje/internal/web"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// Routes mounts the board and the recruitment list.
func (s *Service) Routes(m *web.Router) {
	propose := authz.RightTo("match.propose")
	m.Handle("GET /matching", propose, s.showBoard)
	m.Handle("POST /matching", propose, s.postAsk)
	m.Handle("GET /matching/recruit", propose.As(authz.Print), s.showRecruit)
}

var askFields = form.Fields{
	Lines: []string{"trajectory", "volunteer", "deviation"}, Texts: []string{"deviation_words"}, Max: map[string]int{"deviation_words": 2000},
}

func wishOf(q *web.Request) Wish {
	town, err := core.ParseID[core.ID](cmp.Or(q.Query("town"), core.ID(0).String()))
	if err != nil {
		town = 0
	}
	return Wish{ParsePairs(q.Query("pin")), ParsePairs(q.Query("ban")), town}
}

// href is the address of the board with what was fixed.
func (w Wish) href() string {
	values := url.Values{}
	for name, v := range map[string]string{"pin": written(w.Pins), "ban": written(w.Bans)} {
		if v != "" {
			values.Set(name, v)
		}
	}
	if !w.Town.IsZero() {
		values.Set("town", w.Town.String())
	}
	if len(values) == 0 {
		return "/matching"
	}
	return "/matching?" + values.Encode()
}

func without(all []Pair, p Pair) []Pair {
	return slices.DeleteFunc(slices.Clone(all), func(o Pair) bool { return o == p })
}

// pin fixes a pair, unpin lets it go, ban forbids it on this board.
func (w Wish) pin(p Pair) string {
	w.Pins, w.Bans = append(without(w.Pins, p), p), without(w.Bans, p)
	return w.href()
}

func (w Wish) unpin(p Pair) string {
	w.Pins = without(w.Pins, p)
	return w.href()
}

func (w Wish) ban(p Pair) string {
	w.Pins, w.Bans = without(w.Pins, p), append(without(w.Bans, p), p)
	return w.href()
}

// asked is the board after a family was dealt with: what was fixed for it is over.
func (w Wish) asked(x core.TrajectoryID) string {
	of := func(p Pair) bool { return p.Trajectory == x }
	w.Pins, w.Bans = slices.DeleteFunc(slices.Clone(w.Pins), of), slices.DeleteFunc(slices.Clone(w.Bans), of)
	return w.href()
}

func (s *Service) showBoard(q *web.Request) error {
	wish := wishOf(q)
	plan, err := s.Plan(q.Context(), q.Actor, wish)
	if err != nil {
		return err
	}
	return q.Show(page(q.Frame(q.Lang.BoardTitle()), plan, wish, form.New(q.Lang, askFields), q.Today()))
}

func (s *Service) postAsk(q *web.Request) error {
	wish := wishOf(q)
	f := q.Form(askFields)
	x, err := core.ParseID[core.TrajectoryID](f.Value("trajectory"))
	if err != nil {
		return err
	}
	who, err := core.ParseID[core.VolunteerID](f.Value("volunteer"))
	if err != nil {
		return err
	}
	if f.OK() {
		why := matching.Deviation{Code: f.Value("deviation"), Words: f.Value("deviation_words")}
		if err = s.Ask(q.Context(), q.Actor, wish, Pair{x, who}, why); err == nil {
			return q.See(wish.asked(x), q.Lang.MatchingProposed())
		}
	}
	plan, e := s.Plan(q.Context(), q.Actor, wish)
	if e != nil {
		return e
	}
	return q.Again(err, f, func() templ.Component { return page(q.Frame(q.Lang.BoardTitle()), plan, wish, f, q.Today()) })
}

func (s *Service) showRecruit(q *web.Request) error {
	plan, err := s.Plan(q.Context(), q.Actor, wishOf(q))
	if err != nil {
		return err
	}
	return q.Show(recruitPage(q.Frame(q.Lang.BoardRecruitTitle()), plan, q.Today()))
}

// formOf is the form under one pair: the one that was refused keeps what was typed in it.
func formOf(l text.Lang, p Pair, values *form.Form) *form.Form {
	if isRefused(p, values) {
		return values
	}
	fields := askFields
	fields.Part = "ask" + p.String()
	return form.New(l, fields)
}

func isRefused(p Pair, values *form.Form) bool {
	return !values.OK() && values.Value("trajectory") == p.Trajectory.String() && values.Value("volunteer") == p.Volunteer.String()
}
