package app

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/db"
	"maatje/internal/web"
)

// fresh are the beginnings of what a session that somebody left open must not do: accounts, ways in, settings, keys and
// backups, breaking the glass. What leaves the house as a file stands on the right itself.
var fresh = []string{"/accounts/", "/account/passkeys", "/account/passphrase", "/account/second-factor", "/account/recovery", "/account/provider", "/settings", "/backups"}

// withoutProof are those below them that do without, each with its reason.
var withoutProof = map[string]string{
	"GET /accounts/refused": "it is a page of the log and changes nothing",
}

// TestWhatAsksForFreshProof walks every route: what changes who gets in, what is set, or takes a file along, asks who it is
// once more.
func TestWhatAsksForFreshProof(t *testing.T) {
	met := map[string]bool{}
	for _, r := range Build(nil, web.Config{}).Router.Routes() {
		method, path, _ := strings.Cut(r.Pattern, " ")
		must := slices.ContainsFunc(fresh, func(begin string) bool {
			return strings.HasPrefix(path+"/", begin) && (path != "/accounts" || method == http.MethodPost)
		}) ||
			strings.HasSuffix(path, "/glass") && method == http.MethodPost || r.Right.Use() == authz.Export
		if must && !r.Right.NeedsProof() && withoutProof[r.Pattern] == "" {
			t.Errorf("%s asks for no proof that it is still they", r.Pattern)
		}
		if must {
			met[path] = true
		}
	}
	for _, path := range []string{"/accounts/{id}", "/settings", "/backups", "/account/provider", "/figures/cells.csv", "/account/passphrase"} {
		if !met[path] {
			t.Errorf("%s is not there any more; say what took its place", path)
		}
	}
}

// TestAStolenSessionIsAskedOnceMore asks every route of such a right as somebody whose proof is old.
func TestAStolenSessionIsAskedOnceMore(t *testing.T) {
	for _, r := range Build(nil, web.Config{}).Router.Routes() {
		if !r.Right.NeedsProof() {
			continue
		}
		m := web.NewRouter(old{}, web.Config{})
		m.Handle(r.Pattern, r.Right, func(*web.Request) error {
			t.Errorf("%s is reached without proof", r.Pattern)
			return nil
		})
		method, path, _ := strings.Cut(r.Pattern, " ")
		w := httptest.NewRecorder()
		m.ServeHTTP(w, httptest.NewRequest(method, strings.NewReplacer("{id}", db.Theirs("account").String()).Replace(path), nil))
		if w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), "/prove") {
			t.Errorf("%s: %d to %q", r.Pattern, w.Code, w.Header().Get("Location"))
		}
	}
}

// old is somebody of every role who signed in long ago.
type old struct{}

func (old) Session(_ context.Context, _ *http.Request, from authz.Origin) (web.Session, error) {
	every := authz.Volunteer | authz.InsideCoordinator | authz.OutsideCoordinator | authz.ProjectLeader | authz.Administrator
	return web.Session{Actor: authz.SignedIn(1, 1, "Pat", every, from)}, nil
}
