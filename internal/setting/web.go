package setting

import (
	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/web"
	"maatje/internal/web/form"
)

// Routes mounts the page.
func (s *Service) Routes(m *web.Router) {
	m.Handle("GET /settings", authz.RightTo("setting.change"), s.showSettings)
	m.Handle("POST /settings", authz.RightTo("setting.change"), s.postSettings)
}

var formFields = func() (out form.Fields) {
	for _, f := range fields {
		out.Lines = append(out.Lines, f.name)
	}
	return out
}()

func (s *Service) showSettings(q *web.Request) error {
	v, version, err := s.Current(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	f := form.New(q.Lang, formFields)
	f.Version = version
	for _, one := range fields {
		f.Set(one.name, one.get(&v))
	}
	return q.Show(settingsPage(q.Frame(q.Lang.SettingTitle()), f))
}

func (s *Service) postSettings(q *web.Request) error {
	f := q.Form(formFields)
	page := func() templ.Component { return settingsPage(q.Frame(q.Lang.SettingTitle()), f) }
	if !f.OK() {
		return q.Again(nil, f, page)
	}
	typed := map[string]string{}
	for _, one := range fields {
		typed[one.name] = f.Value(one.name)
	}
	if err := s.Change(q.Context(), q.Actor, typed, f.Version); err != nil {
		return q.Again(err, f, page)
	}
	return q.See("/settings", q.Lang.SettingSaved())
}
