package account

import (
	"context"
	"net/http"
	"time"

	"maatje/internal/authz"
	"maatje/internal/db"
	"maatje/internal/web"
	"maatje/internal/web/text"
)

var sessionActor = authz.System("session")

// Session finds out who asks. Without a session, with one that is over, and with one that still waits for its second
// factor, it is a visitor.
func (s *Service) Session(ctx context.Context, r *http.Request, from authz.Origin) (web.Session, error) {
	visitor := web.Session{Actor: authz.Visitor(from)}
	token := s.tokenOf(r)
	if token == "" {
		return visitor, nil
	}
	rows, err := s.read(ctx, token)
	if err != nil || len(rows) == 0 || !rows[0].full {
		return visitor, err
	}
	now := s.db.Now()
	first := rows[0]
	roles := rolesOf(rows)
	if !alive(first.created, first.seen, now) || roles == 0 {
		return visitor, nil
	}
	if now.Sub(first.seen) >= time.Minute {
		if err := s.touch(ctx, token); err != nil {
			return visitor, err
		}
	}
	lang, ok := text.ParseLang(first.lang)
	return web.Session{
		Actor: authz.SignedIn(first.account, first.volunteer, first.name, roles, from),
		Lang:  lang, HasLang: ok, Proved: s.Demo || provedOf(first.proved, now),
	}, nil
}

func (s *Service) read(ctx context.Context, token string) (rows []sessionRow, err error) {
	err = s.db.Read(ctx, sessionActor, func(t *db.Tx) error {
		rows, err = db.All(t, qSession, db.Args{"token": keptOf(token)}, (*sessionRow).dest)
		return err
	})
	return rows, err
}

// rolesOf gathers the roles of one account. Who is a volunteer by role and no longer one of the programme is none.
func rolesOf(rows []sessionRow) (roles authz.Role) {
	for _, r := range rows {
		if role, ok := authz.ParseRole(r.role); ok && (role != authz.Volunteer || !r.volunteer.IsZero()) {
			roles |= role
		}
	}
	return roles
}

// touch notes that the session is used, at most once a minute.
func (s *Service) touch(ctx context.Context, token string) error {
	return s.db.Write(ctx, sessionActor, func(t *db.Tx) error {
		_, err := db.Exec(t, xSeen, db.Args{"token": keptOf(token), "before": t.Now().Add(-time.Minute + time.Millisecond).String()})
		return err
	})
}

// SignOut ends the session of the token, whatever its state.
func (s *Service) SignOut(ctx context.Context, a authz.Actor, token string) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		_, err := db.Exec(t, xCloseSession, db.Args{"token": keptOf(token)})
		return err
	})
}

const (
	plainCookie  = "session"
	deviceCookie = "device"
)

func (s *Service) tokenOf(r *http.Request) string { return s.cookieOf(r, plainCookie) }

func (s *Service) cookieOf(r *http.Request, name string) string {
	c, err := r.Cookie(web.CookieName(s.Secure, name))
	if err != nil || len(c.Value) > 100 {
		return ""
	}
	return c.Value
}

// Cookie is the cookie that carries the token of a session; an empty token takes it away.
func (s *Service) Cookie(token string) *http.Cookie { return s.cookie(plainCookie, token, 0) }

// Keep is a cookie of ours that no script reads; an empty value takes it away.
func (s *Service) Keep(name, value string, seconds int) *http.Cookie {
	return s.cookie(name, value, seconds)
}

func (s *Service) cookie(name, value string, maxAge int) *http.Cookie {
	if value == "" {
		maxAge = -1
	}
	return &http.Cookie{Name: web.CookieName(s.Secure, name), Value: value, Path: "/", HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode, MaxAge: maxAge}
}
