package app

import (
	"context"
	"crypto/rand"
	"net/http"
	"sync"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/demo"
	"maatje/internal/web"
)

// visitors takes everybody for a visitor: nobody can sign in.
type visitors struct{}

func (visitors) Session(_ context.Context, _ *http.Request, from authz.Origin) (web.Session, error) {
	return web.Session{Actor: authz.Visitor(from)}, nil
}

// demoSessions keeps who clicked on which invented person, while the demo runs.
type demoSessions struct {
	people map[core.AccountID]demo.Person
	mu     sync.Mutex
	signed map[string]core.AccountID
}

const demoCookie = "demo"

func newDemoSessions(people []demo.Person) *demoSessions {
	s := &demoSessions{people: map[core.AccountID]demo.Person{}, signed: map[string]core.AccountID{}}
	for _, p := range people {
		s.people[p.Account] = p
	}
	return s
}

func (s *demoSessions) signIn(q *web.Request, id core.AccountID) error {
	if _, known := s.people[id]; !known {
		return core.NotFound()
	}
	token := rand.Text()
	s.mu.Lock()
	s.signed[token] = id
	s.mu.Unlock()
	http.SetCookie(q.W, &http.Cookie{Name: demoCookie, Value: token, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
	return q.See("/", "")
}

func (s *demoSessions) Session(_ context.Context, r *http.Request, from authz.Origin) (web.Session, error) {
	c, err := r.Cookie(demoCookie)
	if err != nil {
		return web.Session{Actor: authz.Visitor(from)}, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	p, ok := s.people[s.signed[c.Value]]
	if !ok {
		return web.Session{Actor: authz.Visitor(from)}, nil
	}
	return web.Session{Actor: authz.SignedIn(p.Account, p.Volunteer, p.Name, p.Roles, from)}, nil
}
