package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/web"
)

// TestEveryRouteAsEveryRole walks every route with their identifiers as everybody who is not theirs. Without the right
// there is no such page; with it, their row answers exactly as one that does not exist, and nothing of theirs changes or
// shows.
func TestEveryRouteAsEveryRole(t *testing.T) {
	w := newWalk(t, situations["running"])
	before := w.dump(t)
	for _, route := range w.app.Router.Routes() {
		if strings.HasPrefix(route.Pattern, "GET /assets/") {
			continue
		}
		for _, who := range walkers {
			for _, wrong := range w.stranger(route, who) {
				t.Errorf("%s as our %s: %s", route.Pattern, who.name, wrong)
			}
		}
	}
	after := w.dump(t)
	for name := range before {
		for _, row := range changes(before[name], after[name]) {
			if (&probe{ids: w.ids}).isTheirs(row) != "" {
				t.Errorf("the walk changed their %s: %.300v", name, row)
			}
		}
	}
}

// TestEveryRouteOpensForItsOwn is the control: each page that shows a row opens, for their own people, in some situation.
func TestEveryRouteOpensForItsOwn(t *testing.T) {
	opened, seen := map[string]bool{}, map[string][]string{}
	for name, now := range situations {
		w := newWalk(t, now)
		for _, route := range w.app.Router.Routes() {
			if !strings.HasPrefix(route.Pattern, "GET ") || !strings.Contains(route.Pattern, "{") || strings.Contains(route.Pattern, "{$}") || staysShut[route.Pattern] != "" {
				continue
			}
			for _, who := range walkers {
				if who.roles == 0 || !route.Right.Allows(who.of(theirs)) {
					continue
				}
				status, body, _ := w.ask(theirs, who, route.Pattern, w.path(route.Pattern, db.Theirs))
				if status >= 500 {
					t.Errorf("%s as their %s, %s: %d, %s", route.Pattern, who.name, name, status, w.lastError())
				}
				opened[route.Pattern] = opened[route.Pattern] || status == http.StatusOK && body != ""
				seen[route.Pattern] = append(seen[route.Pattern], fmt.Sprintf("%s/%s: %d", name, who.name, status))
			}
		}
	}
	for pattern, tries := range seen {
		if !opened[pattern] {
			t.Errorf("%s opens for nobody: %v", pattern, tries)
		}
	}
}

// staysShut are the pages with a parameter that is no row of a family, each with its reason.
var staysShut = map[string]string{
	"GET /invitation/{token}/provider": "the token is a secret, and there is no provider in the fixture",
	"GET /invitation/{token}":          "the token is a secret that the fixture does not know",
}

// byOffice are the routes that stand open over the whole programme for some role, each with its reason.
var byOffice = map[string]string{
	"project leader /volunteers":          "the office reaches every volunteer (METHOD ch. 9)",
	"project leader /contacts":            "the office reaches every volunteer, and when she was last spoken to",
	"project leader /expenses":            "the office reaches every volunteer, and what is to be paid",
	"project leader /materials":           "the office reaches every volunteer, and what she borrowed",
	"project leader /sessions":            "and every session (VOL-4)",
	"project leader /peer-days":           "and every peer day (VOL-5)",
	"project leader /courses":             "what there is to learn is of nobody's family",
	"project leader /dossiers/{id}/glass": "whoever may break the glass names a dossier that they do not see",
}

func offices(who walker, pattern string) bool {
	for key := range byOffice {
		role, part, _ := strings.Cut(key, " /")
		if role == who.name && strings.Contains(pattern, "/"+part) {
			return true
		}
	}
	return strings.Contains(pattern, "/accounts/") || strings.Contains(pattern, "/facilities/") || strings.Contains(pattern, "/breaches/") || strings.Contains(pattern, "/modules/") || strings.Contains(pattern, "/dilemmas/") || strings.Contains(pattern, " /materials/") // rows of nobody's family
}

type walker struct {
	name  string
	roles authz.Role
}

var walkers = []walker{
	{"volunteer", authz.Volunteer}, {"outside coordinator", authz.OutsideCoordinator}, {"inside coordinator", authz.InsideCoordinator},
	{"project leader", authz.ProjectLeader}, {"administrator", authz.Administrator}, {"visitor", 0},
}

func (k walker) of(s side) authz.Actor {
	if k.roles == 0 {
		return authz.Visitor(authz.Origin{})
	}
	return authz.SignedIn(core.AccountID(s.id("account")), core.VolunteerID(s.id("volunteer")), s.name, k.roles, authz.Origin{})
}

type walk struct {
	t   *testing.T
	db  *db.DB
	app *App
	ids map[core.ID]string
	log bytes.Buffer
}

func newWalk(t *testing.T, now situation) *walk {
	t.Helper()
	return newWalkOn(t, db.SQLite, now)
}

func newWalkOn(t *testing.T, kind db.Kind, now situation) *walk {
	t.Helper()
	return newWalkAs(t, kind, now, web.Config{})
}

func newWalkAs(t *testing.T, kind db.Kind, now situation, c web.Config) *walk {
	t.Helper()
	return walkIn(t, neighbours(t, kind, now, true), c)
}

// walkIn walks in a database that is filled.
func walkIn(t *testing.T, d *db.DB, c web.Config) *walk {
	t.Helper()
	w := &walk{t: t, db: d, ids: map[core.ID]string{}}
	clock := &dbtest.Clock{}
	c.Clock, c.Log = clock.Now, slog.New(slog.NewTextHandler(&w.log, nil))
	w.app = Build(w.db, c)
	for _, one := range prepare(t) {
		if !common(one) {
			w.ids[db.Theirs(one.name)] = one.name
		}
	}
	return w
}

func (w *walk) lastError() string {
	lines := strings.Split(strings.TrimSpace(w.log.String()), "\n")
	return lines[len(lines)-1]
}

func (w *walk) dump(t *testing.T) (out map[string][][]any) {
	t.Helper()
	p := &probe{tables: prepare(t)}
	err := w.db.Read(context.Background(), authz.System("guard"), func(tx *db.Tx) (err error) {
		out, err = p.dump(tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// stranger asks for a route with their identifiers and with identifiers of nothing, and says what is wrong.
func (w *walk) stranger(route web.Route, who walker) (wrong []string) {
	path, nowhere := w.path(route.Pattern, db.Theirs), w.path(route.Pattern, func(string) core.ID { return 7 })
	status, body, to := w.ask(ours, who, route.Pattern, path)
	switch {
	case status >= 500:
		wrong = append(wrong, fmt.Sprintf("%d, %s", status, w.lastError()))
	case !route.Right.Allows(who.of(ours)) && who.roles == 0 && status != http.StatusUnauthorized && (status != http.StatusSeeOther || !strings.HasPrefix(to, "/sign-in")):
		wrong = append(wrong, fmt.Sprintf("%d to %q, want the sign-in page", status, to))
	case !route.Right.Allows(who.of(ours)) && who.roles != 0 && status != http.StatusNotFound:
		wrong = append(wrong, fmt.Sprintf("%d without the right", status))
	case offices(who, route.Pattern):
		return wrong
	}
	if strings.Contains(body, theirs.words("")) || strings.Contains(body, sibling.words("")) {
		wrong = append(wrong, "shows their words")
	}
	if path == nowhere || !route.Right.Allows(who.of(ours)) {
		return wrong
	}
	if strings.HasPrefix(route.Pattern, "GET ") && status != http.StatusNotFound && !route.Right.IsOpen() {
		wrong = append(wrong, fmt.Sprintf("%d for their row", status))
	}
	emptyStatus, emptyBody, emptyTo := w.ask(ours, who, route.Pattern, nowhere)
	if status != emptyStatus || without(body, path) != without(emptyBody, nowhere) || without(to, path) != without(emptyTo, nowhere) {
		wrong = append(wrong, fmt.Sprintf("%d %q for their row, %d %q for no row", status, to, emptyStatus, emptyTo))
	}
	return wrong
}

var number = regexp.MustCompile(`\b[0-9a-z]{13}\b|\b[0-9A-F]{8}\b`)

// without takes the identifiers out of a page, which a refusal may repeat, and its own number.
func without(body, path string) string {
	return number.ReplaceAllString(strings.ReplaceAll(body, path, ""), "")
}

var (
	segment  = regexp.MustCompile(`\{(\w+)\}`)
	rowsName = map[string]string{
		"dossiers": "dossier", "referrals": "referral", "volunteers": "volunteer", "accounts": "account", "facilities": "facility", "visits": "visit",
		"reports": "visit", "signals": "signal", "my-signals": "signal", "escalations": "signal", "my-families": "trajectory", "trajectories": "trajectory",
		"matches": "volunteer_match", "match": "volunteer_match", "my-matches": "volunteer_match", "proposals": "volunteer_match", "placements": "placement", "people": "person", "persons": "person",
		"children": "person", "households": "household", "members": "household_member", "detentions": "detention", "restrictions": "restriction",
		"leaves": "home_leave", "leave": "home_leave", "professionals": "professional", "notes": "note", "consents": "consent", "authorities": "authority", "authority": "authority", "knowledge": "person",
		"talks": "intake_talk", "questions": "support_question", "follow-ups": "follow_up", "needs": "unmet_need", "intakes": "intake", "conditions": "start_condition",
		"checkpoints": "checkpoint", "steps": "step", "releases": "release_choice", "tasks": "task", "certificates": "certificate", "breaches": "breach", "materials": "material", "exclusions": "match_exclusion",
		"sessions": "training_session", "courses": "course", "modules": "learning_module", "dilemmas": "dilemma", "peer-days": "peer_day", "my-peer-days": "peer_day",
	}
)

// inNetwork are what a network's addresses name: of the two people that each family's book has.
var inNetwork = map[string]string{"person": core.ID(7).String(), "alter": core.ID(8).String(), "file": "network.graphml"}

// inGenogram are what a genogram's addresses name: of the one person that each family's book has.
var inGenogram = map[string]string{"person": core.ID(7).String(), "row": core.ID(7).String(), "what": "parent"}

// path fills a pattern's parameters in with identifiers of the table that the parameter, or what stands before it, names.
func (w *walk) path(pattern string, id func(string) core.ID) string {
	_, path, _ := strings.Cut(pattern, " ")
	parts := strings.Split(strings.TrimSuffix(path, "{$}"), "/")
	for i, part := range parts {
		m := segment.FindStringSubmatch(part)
		if m == nil {
			continue
		}
		table := map[string]string{"match": "volunteer_match", "child": "person", "talk": "intake_talk", "release": "release_choice", "loan": "material_loan", "entry": "expense_entry", "reference": "volunteer_reference"}[m[1]]
		if fillers[m[1]] != nil {
			table = m[1]
		}
		if table == "" {
			table = rowsName[parts[i-1]]
		}
		switch {
		case strings.Contains(pattern, "/network/") && i > 3:
			parts[i] = inNetwork[m[1]]
		case strings.Contains(pattern, "/genogram/") && i > 3:
			parts[i] = inGenogram[m[1]]
		case parts[i-1] == "tools":
			parts[i] = "triptych"
		case slices.Contains([]string{"token", "kind", "code", "name"}, m[1]):
			parts[i] = "unknown"
		case table == "":
			w.t.Errorf("%s: tell the walk which rows {%s} names", pattern, m[1])
		default:
			parts[i] = id(table).String()
		}
	}
	return strings.Join(parts, "/")
}

const walkToken = "walk"

// ask sends one request as a role of the side's account, with a session that is made for it.
func (w *walk) ask(s side, who walker, pattern, path string) (status int, body, to string) {
	w.t.Helper()
	rec := w.send(s, who, pattern, path)
	return rec.Code, rec.Body.String(), rec.Header().Get("Location")
}

func (w *walk) send(s side, who walker, pattern, path string) *httptest.ResponseRecorder {
	w.t.Helper()
	return w.sendForm(s, who, pattern, path, "")
}

func (w *walk) sendForm(s side, who walker, pattern, path, fields string) *httptest.ResponseRecorder {
	w.t.Helper()
	if who.roles != 0 {
		w.signIn(s, who)
	}
	method, _, _ := strings.Cut(pattern, " ")
	r := httptest.NewRequest(method, path, strings.NewReader(fields))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("User-Agent", "Mozilla/5.0 (Android 15; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0")
	if who.roles != 0 {
		r.AddCookie(w.app.Accounts.Cookie(walkToken))
	}
	rec := httptest.NewRecorder()
	w.app.Router.ServeHTTP(rec, r)
	return rec
}

var (
	xNoSessions = db.CrossX("guard.no_sessions", authz.Works, testOnly, `DELETE FROM session`, db.Probe{}).Quiet(testOnly)
	xNoRoles    = db.CrossX("guard.no_roles", authz.Works, testOnly, `DELETE FROM account_role WHERE account_id = :id`, db.Probe{"id": 1}).Quiet(testOnly)
	xRole       = db.CrossX("guard.role", authz.Works, testOnly, `INSERT INTO account_role (account_id, role) VALUES (:id, :role)`, db.Probe{"id": 1, "role": ""}).Quiet(testOnly)
	xSession    = db.CrossX("guard.session", authz.Works, testOnly, `INSERT INTO session (token_hash, account_id, created_at, seen_at, second_factor, proved_at)
		VALUES (:token, :id, :now, :now, TRUE, :now)`, db.Probe{"token": "", "id": 1}).Quiet(testOnly)
)

func (w *walk) signIn(s side, who walker) {
	w.t.Helper()
	hash := sha256.Sum256([]byte(walkToken))
	err := w.db.Write(context.Background(), authz.System("guard"), func(tx *db.Tx) error {
		if _, err := db.Exec(tx, xNoSessions, nil); err != nil {
			return err
		}
		if _, err := db.Exec(tx, xNoRoles, db.Args{"id": s.id("account")}); err != nil {
			return err
		}
		if err := db.Do(tx, xRole, db.Args{"id": s.id("account"), "role": who.roles.Codes()[0]}); err != nil {
			return err
		}
		return db.Do(tx, xSession, db.Args{"token": hex.EncodeToString(hash[:]), "id": s.id("account")})
	})
	if err != nil {
		w.t.Fatal(err)
	}
}
