package dossier

import (
	"errors"
	"slices"

	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/facility"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// kind is how a question is asked.
type kind uint8

const (
	line kind = iota
	story
	date
	choice // one of a list that may be long
	radio
	check
)

// question is one field of a sheet.
type question struct {
	kind kind
	components.Field
	options []components.Option
}

// desk is what a sheet needs to ask its questions: the file, and what can be chosen.
type desk struct {
	lang           text.Lang
	file           File
	facilities     []facility.Facility
	municipalities []facility.Place
	colleagues     []colleague
}

// sheet is one kind of thing in the file with its form: what is asked, how a kept one fills it, and how it is kept. What holds
// for every form stands once in this file: refused forms come back, stale ones show both.
type sheet struct {
	path      string
	title     func(text.Lang) string
	fields    form.Fields
	questions func(desk, core.ID) []question
	fill      func(File, core.ID, *form.Form) bool // nil: kept ones are not changed
	save      func(*Service, *db.Tx, core.DossierID, core.ID, *form.Form) error
}

// base is the address under which the sheet's things live.
func (s sheet) base(id core.DossierID) string { return "/dossiers/" + id.String() + "/" + s.path }

func (s sheet) at(id core.DossierID, row core.ID) string {
	if row.IsZero() {
		return s.base(id)
	}
	return s.base(id) + "/" + row.String()
}

// sheetRoutes mounts the forms of every sheet.
func (s *Service) sheetRoutes(m *web.Router) {
	right := authz.RightTo("dossier.write")
	for _, sh := range sheets {
		m.Handle("GET /dossiers/{id}/"+sh.path+"/new", right, func(q *web.Request) error { return s.showSheet(q, sh) })
		m.Handle("POST /dossiers/{id}/"+sh.path, right, func(q *web.Request) error { return s.postSheet(q, sh) })
		if sh.fill != nil {
			m.Handle("GET /dossiers/{id}/"+sh.path+"/{row}", right, func(q *web.Request) error { return s.showSheet(q, sh) })
			m.Handle("POST /dossiers/{id}/"+sh.path+"/{row}", right, func(q *web.Request) error { return s.postSheet(q, sh) })
		}
	}
}

// sheetRow is the row in the address, or none on the way to a new one.
func sheetRow(q *web.Request) (id core.DossierID, row core.ID, err error) {
	if id, err = web.PathID[core.DossierID](q, "id"); err != nil || q.R.PathValue("row") == "" {
		return id, 0, err
	}
	row, err = web.PathID[core.ID](q, "row")
	return id, row, err
}

func (s *Service) showSheet(q *web.Request, sh sheet) error {
	id, row, err := sheetRow(q)
	if err != nil {
		return err
	}
	d, err := s.desk(q, id)
	if err != nil {
		return err
	}
	in := form.New(q.Lang, sh.fields)
	if !row.IsZero() && !sh.fill(d.file, row, in) {
		return core.NotFound()
	}
	for _, name := range []string{"child", "person", "parent", "detention"} { // a link may say whom a new one is about
		if v := q.Query(name); row.IsZero() && v != "" && slices.Contains(sh.fields.Lines, name) {
			in.Set(name, v)
		}
	}
	return q.Show(sheetPage(q.Frame(sh.title(q.Lang)), sheetView{sh, d, row, in, nil}))
}

func (s *Service) postSheet(q *web.Request, sh sheet) error {
	id, row, err := sheetRow(q)
	if err != nil {
		return err
	}
	in := q.Form(sh.fields)
	if in.OK() {
		err = s.db.Write(q.Context(), q.Actor, func(t *db.Tx) error { return sh.save(s, t, id, row, in) })
	}
	if in.OK() && err == nil {
		return q.See("/dossiers/"+id.String(), q.Lang.DossierSaved())
	}
	if core.IsKind(err, core.KindNotFound) {
		return err
	}
	if errors.Is(err, errUnreadable) {
		err = nil // the form says which
	}
	return s.sheetAgain(q, sh, id, row, in, err)
}

// sheetAgain shows a refused form again. Of a stale one it shows what is kept now beside what was typed; saving it once more
// is then a choice, because the form has the version of what was shown.
func (s *Service) sheetAgain(q *web.Request, sh sheet, id core.DossierID, row core.ID, in *form.Form, refused error) error {
	d, err := s.desk(q, id)
	if err != nil {
		return err
	}
	v := sheetView{sh, d, row, in, nil}
	if core.IsKind(refused, core.KindConflict) {
		kept := form.New(q.Lang, sh.fields)
		if sh.fill(d.file, row, kept) {
			v.kept, in.Version = kept, kept.Version
		}
	}
	return q.Again(refused, in, func() templ.Component { return sheetPage(q.Frame(sh.title(q.Lang)), v) })
}

// desk reads what a form needs.
func (s *Service) desk(q *web.Request, id core.DossierID) (d desk, err error) {
	d.lang = q.Lang
	err = s.db.Read(q.Context(), q.Actor, func(t *db.Tx) error {
		if d.file, err = Load(t, id); err != nil {
			return err
		}
		if d.facilities, err = facility.List(t); err != nil {
			return err
		}
		if d.municipalities, err = facility.Municipalities(t); err != nil {
			return err
		}
		d.colleagues, err = colleagues(t)
		return err
	})
	return d, err
}

// sheetView is a sheet on a screen.
type sheetView struct {
	sheet
	desk
	row  core.ID
	in   *form.Form
	kept *form.Form // what is kept now, when what was typed is stale
}

// both lists what is kept now, in the words of the form.
func (v sheetView) both() []components.Pair {
	var out []components.Pair
	for _, k := range v.questions(v.desk, v.row) {
		var words []string
		for _, value := range v.kept.List(k.Name) {
			words = append(words, k.word(v.lang, value))
		}
		out = append(out, components.Pair{Term: k.Label, Text: v.lang.And(words)})
	}
	return out
}

// word is a kept value as a reader knows it.
func (k question) word(l text.Lang, value string) string {
	for _, o := range k.options {
		if o.Value == value {
			return o.Label
		}
	}
	if d, err := core.ParseDate(value); err == nil && k.kind == date {
		return l.Date(d)
	}
	return value
}

// The lists that somebody can be chosen from.

func (d desk) people(keep func(Person) bool) []components.Option {
	var out []components.Option
	for _, p := range d.file.People {
		if keep(p) {
			out = append(out, components.Option{Value: p.ID.String(), Label: p.Name})
		}
	}
	return out
}

func (d desk) homes() []components.Option {
	out := make([]components.Option, len(d.file.Households))
	for i, h := range d.file.Households {
		out[i] = components.Option{Value: h.ID.String(), Label: h.Name}
	}
	return out
}

func (d desk) detentions() []components.Option {
	out := make([]components.Option, len(d.file.Detentions))
	for i, n := range d.file.Detentions {
		label := d.file.Person(n.Parent).Name
		if !n.From.IsZero() {
			label += ", " + d.lang.DossierSince(d.lang.DateShort(n.From))
		}
		out[i] = components.Option{Value: n.ID.String(), Label: label}
	}
	return out
}

func (d desk) prisons() []components.Option {
	out := make([]components.Option, len(d.facilities))
	for i, f := range d.facilities {
		out[i] = components.Option{Value: f.ID.String(), Label: f.Name}
	}
	return out
}

func (d desk) places() []components.Option {
	out := make([]components.Option, len(d.municipalities))
	for i, m := range d.municipalities {
		out[i] = components.Option{Value: m.ID.String(), Label: m.Name}
	}
	return out
}

func (d desk) colleaguesIn(role string) []components.Option {
	var out []components.Option
	for _, c := range d.colleagues {
		if c.role == role {
			out = append(out, components.Option{Value: c.id.String(), Label: c.name})
		}
	}
	return out
}

// reference reads an identifier that was chosen. Nothing chosen is none; what cannot be an identifier is not found by anybody.
func reference[T ~int64](in *form.Form, name string) T {
	id, err := core.ParseID[T](in.Value(name))
	if err != nil {
		return 0
	}
	return id
}

func anybody(Person) bool { return true }
