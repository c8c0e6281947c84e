package families

import (
	"net/url"
	"strconv"

	"maatje/internal/db"
	"maatje/internal/facility"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// listView is the list of families with the search that made it.
type listView struct {
	lang   text.Lang
	search Search
	lines  []Line
	all    int
	places []facility.Place
	in     *form.Form // the filters as chosen
}

var searchFields = form.Fields{Lines: []string{"q", "state", "municipality", "mine", "sort", "page"}}

func (s *Service) showList(q *web.Request) error {
	in := q.Form(searchFields)
	v := listView{lang: q.Lang, in: in, search: Search{Words: in.Value("q"), State: in.Value("state"), Mine: in.Bool("mine"), Sort: in.Value("sort"), Page: max(in.Int("page"), 1)}}
	v.search.Municipality = chosen(in, "municipality")
	err := s.db.Read(q.Context(), q.Actor, func(t *db.Tx) (err error) {
		if v.places, err = placesWithFamilies(t); err != nil {
			return err
		}
		v.lines, v.all, err = Find(t, v.search)
		return err
	})
	if err != nil {
		return err
	}
	return q.Show(listPage(q.Frame(q.Lang.DossierListTitle()), v))
}

// address is the page's own address with one thing changed.
func (v listView) address(name, value string) string {
	a := url.Values{}
	set := func(k, s string) {
		if s != "" {
			a.Set(k, s)
		}
	}
	set("q", v.search.Words)
	set("state", v.search.State)
	if !v.search.Municipality.IsZero() {
		set("municipality", v.search.Municipality.String())
	}
	if v.search.Mine {
		set("mine", "1")
	}
	set("sort", v.search.Sort)
	a.Del(name)
	set(name, value)
	if len(a) == 0 {
		return "/dossiers"
	}
	return "/dossiers?" + a.Encode()
}

func (v listView) table() components.Table {
	l := v.lang
	order := func(name string) string {
		if v.search.order() == name {
			return "ascending"
		}
		return ""
	}
	t := components.Table{Caption: l.DossierListTitle(), Empty: l.DossierListEmpty(), Columns: []components.Column{
		{Label: l.DossierFamily(), Sort: v.address("sort", "name"), Order: order("name")},
		{Label: l.DossierMunicipality()},
		{Label: l.DossierStanding()},
		{Label: l.DossierStateSince(), Sort: v.address("sort", "since"), Order: order("since")},
		{Label: l.DossierChildren(), Num: true},
		{Label: l.DossierCoordinator()},
	}}
	for _, r := range v.lines {
		t.Rows = append(t.Rows, []components.Cell{
			{Text: r.Name, Href: "/dossiers/" + r.ID.String()}, {Text: r.Municipality}, {Text: l.DossierState(string(r.State))},
			{Text: l.DateShort(r.Since)}, {Text: l.Number(r.Children)}, {Text: r.Coordinator},
		})
	}
	return t
}

func (v listView) pager() components.Pager {
	return components.Pager{Page: v.search.Page, Pages: (v.all + perPage - 1) / perPage, Href: func(n int) string { return v.address("page", strconv.Itoa(n)) }}
}

func (v listView) municipalities() []components.Option { return places(v.places) }
