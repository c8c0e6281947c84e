package applicant

import (
	"encoding/hex"
	"io"
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/setting"
	"maatje/internal/web"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

const anybody = "anybody may ask to become a volunteer (VOL-1); nothing is read back but the code"

// Routes mounts the pages.
func (s *Service) Routes(m *web.Router) {
	m.Handle("GET /apply", authz.Open(anybody), s.show)
	m.Handle("POST /apply", authz.Open(anybody), s.post)
	m.Handle("GET /apply/thanks", authz.Open(anybody), s.showThanks)
}

// trap is a field that nobody sees: who fills it in is a program.
const trap = "website"

var fields = form.Fields{
	Lines: []string{"name", "email", "phone", "municipality", "kinds", "languages", "days", trap}, Texts: []string{"words"}, Max: map[string]int{"words": 4000},
}

// read takes an application out of a form.
func read(f *form.Form) Application {
	kinds := slices.DeleteFunc(f.List("kinds"), func(k string) bool { return !slices.Contains(text.TrajectoryKindCodes(), k) })
	return Application{
		Name: f.Value("name"), Email: f.Value("email"), Phone: f.Value("phone"), Municipality: f.Value("municipality"), Words: f.Value("words"), Kinds: kinds,
		Languages: f.Value("languages"), Days: f.List("days"),
	}
}

func (s *Service) show(q *web.Request) error {
	var b [12]byte
	if _, err := io.ReadFull(s.random, b[:]); err != nil {
		return err
	}
	f := form.New(q.Lang, fields)
	f.Token = hex.EncodeToString(b[:])
	return q.Show(applyPage(q.Frame(q.Lang.ApplicantTitle()), f))
}

// post thanks a program that fell into the trap as it thanks everybody.
func (s *Service) post(q *web.Request) error {
	f := q.Form(fields)
	var out Received
	var err error
	switch {
	case f.Value(trap) != "":
		out.Code, err = core.NewCode(s.random)
	case f.OK():
		out, err = s.Receive(q.Context(), q.Actor, read(f), f.Token)
	}
	if err == nil && f.OK() {
		return q.See("/apply/thanks?code="+url.QueryEscape(out.Code), "")
	}
	return q.Again(err, f, func() templ.Component { return applyPage(q.Frame(q.Lang.ApplicantTitle()), f) })
}

func (s *Service) showThanks(q *web.Request) error {
	code := q.Query("code")
	if !core.IsCode(code) {
		return core.NotFound()
	}
	var chosen setting.Values
	err := s.db.Read(q.Context(), q.Actor, func(t *db.Tx) (err error) {
		chosen, err = setting.Load(t)
		return err
	})
	if err != nil {
		return err
	}
	return q.Show(thanksPage(q.Frame(q.Lang.ApplicantThanksTitle()), code, chosen.ApplicationWorkdays))
}
