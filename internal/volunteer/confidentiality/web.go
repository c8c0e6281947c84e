package confidentiality

import (
	"strings"

	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// Routes mounts the pages.
func (s *Service) Routes(m *web.Router) {
	write, change, own := authz.RightTo("volunteer.text"), authz.RightTo("volunteer.change"), authz.RightTo("volunteer.own")
	m.Handle("GET /confidentiality", write, s.showTexts)
	m.Handle("POST /confidentiality", write, s.postText)
	m.Handle("GET /volunteers/{id}/confidentiality", change, s.showHere)
	m.Handle("POST /volunteers/{id}/confidentiality", change, s.postHere)
	m.Handle("GET /me/confidentiality", own, s.showOwn)
	m.Handle("POST /me/confidentiality", own, s.postOwn)
}

var (
	textFields = form.Fields{Texts: []string{"dutch", "english"}, Max: map[string]int{"dutch": 8000, "english": 8000}}
	signFields = form.Fields{Lines: []string{"name", "agreed"}}
)

func (s *Service) showTexts(q *web.Request) error {
	all, err := s.Texts(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	f := form.New(q.Lang, textFields).Set("dutch", all[0].Dutch).Set("english", all[0].English)
	f.Version = all[0].Number
	return q.Show(textsPage(q.Frame(q.Lang.ConfidentialityTitle()), all, f))
}

func (s *Service) postText(q *web.Request) error {
	f := q.Form(textFields)
	all, err := s.Texts(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	if f.OK() {
		err = s.Write(q.Context(), q.Actor, f.Version, Text{Dutch: f.Value("dutch"), English: f.Value("english")})
		if err == nil {
			return q.See("/confidentiality", q.Lang.ConfidentialityWritten())
		}
	}
	return q.Again(err, f, func() templ.Component {
		return textsPage(q.Frame(q.Lang.ConfidentialityTitle()), all, f)
	})
}

func (s *Service) show(q *web.Request, id core.VolunteerID, action string) error {
	v, err := s.Of(q.Context(), q.Actor, id)
	if err != nil {
		return err
	}
	f := form.New(q.Lang, signFields)
	f.Version = v.Text.Number
	return q.Show(signPage(q.Frame(q.Lang.ConfidentialityTitle()), v, f, action))
}

func (s *Service) post(q *web.Request, id core.VolunteerID, action, back string) error {
	f := q.Form(signFields)
	v, err := s.Of(q.Context(), q.Actor, id)
	if err != nil {
		return err
	}
	if f.OK() {
		err = s.Sign(q.Context(), q.Actor, id, Typed{Name: f.Value("name"), Agreed: f.Bool("agreed"), Number: f.Version})
		if err == nil {
			return q.See(back, q.Lang.ConfidentialityThanks())
		}
	}
	return q.Again(err, f, func() templ.Component {
		f.Version = v.Text.Number // whoever comes back reads the newest
		return signPage(q.Frame(q.Lang.ConfidentialityTitle()), v, f, action)
	})
}

func here(id core.VolunteerID) string { return "/volunteers/" + id.String() + "/confidentiality" }

func (s *Service) showHere(q *web.Request) error {
	id, err := web.PathID[core.VolunteerID](q, "id")
	if err != nil {
		return err
	}
	return s.show(q, id, here(id))
}

func (s *Service) postHere(q *web.Request) error {
	id, err := web.PathID[core.VolunteerID](q, "id")
	if err != nil {
		return err
	}
	return s.post(q, id, here(id), "/volunteers/"+id.String()+"/screening")
}

const own = "/me/confidentiality"

func (s *Service) showOwn(q *web.Request) error { return s.show(q, 0, own) }
func (s *Service) postOwn(q *web.Request) error { return s.post(q, 0, own, "/me") }

// lines are the sentences of a text, one on a line.
func lines(words string) []string {
	var out []string
	for line := range strings.Lines(words) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

func signatureEvents(l text.Lang, all []Signature) []components.Event {
	out := make([]components.Event, len(all))
	for i, s := range all {
		detail := l.ConfidentialitySignedOwn()
		if s.InPresence {
			detail = l.ConfidentialitySignedHere(s.By)
		}
		out[i] = components.Event{Machine: s.At.Date().String(), When: l.Date(s.At.Date()), Title: l.ConfidentialitySignedAs(s.Name, l.Number(s.Number)), Detail: detail, Tone: components.Done}
	}
	return out
}

func versions(l text.Lang, all []Text) components.Table {
	t := components.Table{Caption: l.ConfidentialityVersions(), Columns: []components.Column{
		{Label: l.ConfidentialityVersion(), Num: true}, {Label: l.ConfidentialityWrittenOn()}, {Label: l.ConfidentialityWrittenBy()}, {Label: l.ConfidentialitySignedBy(), Num: true},
	}}
	for _, x := range all {
		by := x.WrittenBy
		if by == "" {
			by = l.ConfidentialityShipped()
		}
		t.Rows = append(t.Rows, []components.Cell{{Text: l.Number(x.Number)}, {Text: l.Date(x.WrittenOn)}, {Text: by}, {Text: l.Number(x.Signed)}})
	}
	return t
}
