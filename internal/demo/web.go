package demo

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/web"
	"maatje/internal/web/form"
)

// SignIn makes a session for somebody and sends the visitor on.
type SignIn func(q *web.Request, id core.AccountID) error

type screens struct {
	people []Person
	signIn SignIn
}

const why = "in the demo everybody is invented, and one click makes a visitor one of them"

// Routes mounts the page on which one click is one role. Only the demo calls it.
func Routes(m *web.Router, people []Person, s SignIn) {
	h := screens{people, s}
	m.Handle("GET /demo", authz.Open(why), h.showDemo)
	m.Handle("POST /demo", authz.Open(why), h.postDemo)
}

func (h screens) showDemo(q *web.Request) error {
	return q.Show(choose(q.Frame(q.Lang.DemoTitle()), byRole(h.people)))
}

func (h screens) postDemo(q *web.Request) error {
	id, err := core.ParseID[core.AccountID](q.Form(form.Fields{Lines: []string{"account"}}).Value("account"))
	if err != nil {
		return err
	}
	for _, p := range h.people {
		if p.Account == id {
			return h.signIn(q, id)
		}
	}
	return core.NotFound()
}
