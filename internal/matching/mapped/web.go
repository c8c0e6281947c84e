package mapped

import (
	"strconv"

	"maatje/internal/authz"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/text"
)

// Routes mounts the map.
func (s *Service) Routes(m *web.Router) {
	m.Handle("GET /matching/map", authz.RightTo("match.propose"), s.showMap)
}

func (s *Service) showMap(q *web.Request) error {
	places, err := s.Places(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	return q.Show(page(q.Frame(q.Lang.MappedTitle()), view{q.Lang, places, draw(places)}))
}

type view struct {
	lang   text.Lang
	places []Place
	map_   drawing
}

// totals are the families and the volunteers of all places.
func (v view) totals() (families, volunteers int) {
	for _, p := range v.places {
		families, volunteers = families+p.Families, volunteers+p.Volunteers
	}
	return families, volunteers
}

func (v view) name(p Place) string {
	if p.Name == "" {
		return v.lang.MappedNowhere()
	}
	return p.Name
}

func (v view) table() components.Table {
	l := v.lang
	t := components.Table{Caption: l.MappedTable(), Tight: true, Empty: l.MappedNobody(), Columns: []components.Column{
		{Label: l.MappedPlace()}, {Label: l.MappedFamilies(), Num: true}, {Label: l.MappedVolunteers(), Num: true},
	}}
	for _, p := range v.places {
		t.Rows = append(t.Rows, []components.Cell{
			{Text: v.name(p)}, {Text: l.Number(p.Families)}, {Text: l.Number(p.Volunteers)},
		})
	}
	return t
}

func pt(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

func (d drawing) viewBox() string { return "0 0 " + pt(d.width) + " " + pt(d.height) }
