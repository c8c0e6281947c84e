package request

import (
	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/consent"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/web"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

var mayWrite = authz.RightTo("request.write")

// Routes mounts the pages.
func (s *Service) Routes(m *web.Router) {
	read := authz.RightTo("request.read")
	m.Handle("GET /dossiers/{id}/requests", read, s.showAll)
	m.Handle("GET /dossiers/{id}/requests/new", mayWrite, s.showNew)
	m.Handle("POST /dossiers/{id}/requests", mayWrite, s.postNew)
	m.Handle("GET /dossiers/{id}/requests/{data_request}", read, s.showOne)
	m.Handle("POST /dossiers/{id}/requests/{data_request}/check", mayWrite, s.postCheck)
	m.Handle("POST /dossiers/{id}/requests/{data_request}/extend", mayWrite, s.postExtend)
	m.Handle("POST /dossiers/{id}/requests/{data_request}/end", mayWrite, s.postEnd)
	m.Handle("POST /dossiers/{id}/requests/{data_request}/package", authz.RightTo("request.package").As(authz.Export), s.postPackage)
}

var (
	newFields    = form.Fields{Lines: []string{"kind", "about", "asker", "asker_name", "received", "how", "checked", "agrees"}, Texts: []string{"words", "says", "should"}}
	checkFields  = form.Fields{Part: "check", Lines: []string{"checked", "agrees"}}
	extendFields = form.Fields{Part: "extend", Texts: []string{"why_longer"}}
	endFields    = form.Fields{Part: "end", Lines: []string{"outcome", "ended_on"}, Texts: []string{"answer", "recipients", "statement"}}
)

// view is the register of one family, or one request of it.
type view struct {
	dossier.Head
	Request
	lang     text.Lang
	today    core.Date
	all      []Request
	subjects []consent.Subject
	writes   bool

	ungranted  error // why no package may be made today, if it may not
	sees       bool  // the reader sees all that goes into it
	recipients []consent.Recipient

	in, check, extend, end *form.Form
}

func (v view) path() string { return v.Path() + "/requests/" + v.ID.String() }

func (s *Service) view(q *web.Request, read func(*db.Tx, *view) error) (v view, err error) {
	id, err := web.PathID[core.DossierID](q, "id")
	if err != nil {
		return v, err
	}
	v = view{lang: q.Lang, today: q.Today(), writes: mayWrite.Allows(q.Actor)}
	err = s.db.Read(q.Context(), q.Actor, func(t *db.Tx) error {
		if v.Head, err = dossier.LoadHead(t, id, "requests"); err != nil {
			return err
		}
		if !v.Opens("requests") {
			return core.NotFound()
		}
		if v.subjects, err = consent.Subjects(t, id, t.Today()); err != nil {
			return err
		}
		return read(t, &v)
	})
	return v, err
}

func (s *Service) showAll(q *web.Request) error {
	v, err := s.view(q, func(t *db.Tx, v *view) (err error) {
		v.all, err = of(t, v.Head.ID)
		return err
	})
	if err != nil {
		return err
	}
	return q.Show(allPage(q.Frame(q.Lang.RequestTitle()), v))
}

func nothingMore(*db.Tx, *view) error { return nil }

func (s *Service) showNew(q *web.Request) error {
	v, err := s.view(q, nothingMore)
	if err != nil {
		return err
	}
	v.in = q.Fresh(newFields).Set("received", q.Today().String())
	return q.Show(newPage(q.Frame(q.Lang.RequestNew()), v))
}

func (s *Service) postNew(q *web.Request) error {
	v, err := s.view(q, nothingMore)
	if err != nil {
		return err
	}
	v.in = q.Form(newFields)
	r, err := typed(v.in)
	if err != nil {
		return err
	}
	page := func() templ.Component { return newPage(q.Frame(q.Lang.RequestNew()), v) }
	if !v.in.OK() {
		return q.Again(nil, v.in, page)
	}
	row, err := s.Ask(q.Context(), q.Actor, v.Head.ID, r, v.in.Token)
	if err != nil {
		return q.Again(err, v.in, page)
	}
	return q.See(v.Path()+"/requests/"+row.String(), q.Lang.RequestSaved())
}

// typed reads a request from its form. Somebody who cannot exist was not chosen from the list.
func typed(in *form.Form) (r Request, err error) {
	r = Request{Kind: Kind(in.Value("kind")), AskerName: in.Value("asker_name"), Received: in.Date("received"), How: in.Value("how"), Checked: in.Value("checked"),
		Agrees: in.Bool("agrees"), Words: Words{Asked: in.Value("words"), Says: in.Value("says"), Should: in.Value("should")}}
	for field, to := range map[string]*core.PersonID{"about": &r.About, "asker": &r.Asker} {
		if v := in.Value(field); v != "" && err == nil {
			*to, err = core.ParseID[core.PersonID](v)
		}
	}
	return r, err
}

// one reads the request in the address, with what is needed to answer it.
func (s *Service) one(q *web.Request) (view, error) {
	row, err := web.PathID[core.ID](q, "data_request")
	if err != nil {
		return view{}, err
	}
	v, err := s.view(q, func(t *db.Tx, v *view) error {
		if v.Request, err = one(t, v.Head.ID, row); err != nil {
			return err
		}
		v.sees = v.Opens("visits")
		if v.Kind == Access {
			if _, v.ungranted = grant(t, v.Head.ID, v.Request); v.ungranted != nil && !isRefusal(v.ungranted) {
				return v.ungranted
			}
		}
		v.recipients, err = recipients(t, v.Head.ID, v.About)
		return err
	})
	v.check = versioned(q, checkFields, v.Version()).Set("checked", v.Checked)
	if v.Agrees {
		v.check.Set("agrees", "1")
	}
	v.extend = versioned(q, extendFields, v.Version())
	v.end = versioned(q, endFields, v.Version()).Set("ended_on", q.Today().String())
	return v, err
}

// Version is the one of the request, not of the file's cover.
func (v view) Version() int { return v.Request.Version }

func isRefusal(err error) bool {
	_, ok := core.AsFail(err)
	return ok
}

func versioned(q *web.Request, fields form.Fields, version int) *form.Form {
	f := form.New(q.Lang, fields)
	f.Version = version
	return f
}

func (s *Service) showOne(q *web.Request) error {
	v, err := s.one(q)
	if err != nil {
		return err
	}
	return q.Show(onePage(q.Frame(q.Lang.RequestOneTitle()), v))
}

// post is one of the forms on a request's page: refused, the page comes back with what was typed in it.
func (s *Service) post(q *web.Request, fields form.Fields, put func(*view, *form.Form), do func(view, *form.Form) error, said string) error {
	v, err := s.one(q)
	if err != nil {
		return err
	}
	f := q.Form(fields)
	put(&v, f)
	page := func() templ.Component { return onePage(q.Frame(q.Lang.RequestOneTitle()), v) }
	err = do(v, f)
	if !f.OK() || err != nil {
		return q.Again(err, f, page)
	}
	return q.See(v.path(), said)
}

func (s *Service) postCheck(q *web.Request) error {
	return s.post(q, checkFields, func(v *view, f *form.Form) { v.check = f }, func(v view, f *form.Form) error {
		return s.Check(q.Context(), q.Actor, v.Head.ID, Request{ID: v.ID, Version: f.Version, Checked: f.Value("checked"), Agrees: f.Bool("agrees")})
	}, q.Lang.RequestSaved())
}

func (s *Service) postExtend(q *web.Request) error {
	return s.post(q, extendFields, func(v *view, f *form.Form) { v.extend = f }, func(v view, f *form.Form) error {
		return s.Extend(q.Context(), q.Actor, v.Head.ID, v.ID, f.Version, f.Value("why_longer"))
	}, q.Lang.RequestExtendedSaid())
}

func (s *Service) postEnd(q *web.Request) error {
	return s.post(q, endFields, func(v *view, f *form.Form) { v.end = f }, func(v view, f *form.Form) error {
		r := Request{ID: v.ID, Version: f.Version, Outcome: Outcome(f.Value("outcome")), EndedOn: f.Date("ended_on"),
			Words: Words{Answer: f.Value("answer"), Recipients: f.Value("recipients"), Statement: f.Value("statement")}}
		if !f.OK() {
			return nil
		}
		return s.End(q.Context(), q.Actor, v.Head.ID, r)
	}, q.Lang.RequestEnded())
}

// postPackage makes the package, which is kept with its moment, and sends it.
func (s *Service) postPackage(q *web.Request) error {
	id, err := web.PathID[core.DossierID](q, "id")
	if err != nil {
		return err
	}
	row, err := web.PathID[core.ID](q, "data_request")
	if err != nil {
		return err
	}
	l, ok := text.ParseLang(q.Query("lang"))
	if !ok {
		l = q.Lang
	}
	name, zip, err := s.Package(q.Context(), q.Actor, id, row, l)
	if err != nil {
		return err
	}
	q.W.Header().Set("Content-Type", "application/zip")
	q.W.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	_, err = q.W.Write(zip)
	return err
}
