package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"maatje/internal/account"
	"maatje/internal/app"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/seed"
)

// rounds is how often a test about faults does what it does: more with make faults.
func rounds(t *testing.T, name string, usual int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// server is the built program, serving.
type server struct {
	*exec.Cmd
	t    *testing.T
	addr string // host:port
}

// starts serves what lies in the program's folder, at an address.
func (p program) starts(addr string, more ...string) *server {
	p.t.Helper()
	s := &server{exec.Command(p.path, append([]string{"serve", "--listen", addr}, more...)...), p.t, ""}
	s.Dir = p.folder
	if log, err := os.OpenFile(filepath.Join(p.folder, "messages"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600); err == nil {
		s.Stderr = log
		defer log.Close()
	}
	out, err := s.StdoutPipe()
	if err == nil {
		err = s.Start()
	}
	if err != nil {
		p.t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() || told.FindStringSubmatch(lines.Text()) == nil {
		messages, _ := os.ReadFile(filepath.Join(p.folder, "messages"))
		p.t.Fatalf("it does not start: %q\n%s", lines.Text(), messages)
	}
	s.addr = told.FindStringSubmatch(lines.Text())[1]
	go func() { _, _ = io.Copy(io.Discard, out) }() // what else it prints has somewhere to go
	return s
}

// kill ends it as a power cut does: nothing is told to it.
func (s *server) kill() {
	_ = s.Process.Kill()
	_ = s.Wait()
}

// stop asks it to end, and says how long that took and with what code.
func (s *server) stop(how os.Signal) (time.Duration, int) {
	begin := time.Now()
	_ = s.Process.Signal(how)
	_ = s.Wait() // its code is looked at
	return time.Since(begin), s.ProcessState.ExitCode()
}

func (s *server) stopped() {
	s.t.Helper()
	if _, code := s.stop(syscall.SIGTERM); code != 0 {
		s.t.Errorf("it ended with code %d", code)
	}
}

// people are those of a small programme who write, each signed in.
type people struct {
	*seed.Programme
	sessions map[core.AccountID]*http.Cookie
}

// lived puts a small programme into the place.
func lived(t *testing.T, at app.Place) people {
	t.Helper()
	d := open(t, at)
	p, err := seed.Seed(t.Context(), d, 40, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	out := people{p, map[core.AccountID]*http.Cookie{}}
	accounts := account.NewService(d, account.Config{Demo: true})
	for _, id := range append(out.writers(), p.Coordinators[0]) {
		entered, err := accounts.EnterDemo(context.Background(), authz.Visitor(authz.Origin{}), id, account.SignIn{})
		if err != nil {
			t.Fatal(err)
		}
		out.sessions[id] = accounts.Cookie(entered.Token)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return out
}

func open(t *testing.T, at app.Place) *db.DB {
	t.Helper()
	d, err := app.Open(t.Context(), at)
	if err != nil {
		t.Fatalf("the database does not open: %v", err)
	}
	return d
}

func (p people) withFamily() (out []seed.Volunteer) {
	for _, v := range p.Volunteers {
		if len(v.Trajectories) > 0 && len(out) < 2 {
			out = append(out, v)
		}
	}
	return out
}

func (p people) writers() (out []core.AccountID) {
	for _, v := range p.withFamily() {
		out = append(out, v.Account)
	}
	return out
}

// load are people who write all the while: two volunteers their reports, a coordinator the referrals that come by phone. Each
// sends the same form again until it is accepted, and notes what was.
type load struct {
	people
	client  *http.Client
	bases   []string // the nodes; who gets no answer of one asks the next
	begun   string
	from    core.ID // what is newer was written under this load
	ctx     context.Context
	end     func()
	group   sync.WaitGroup
	mu      sync.Mutex
	reports []*typed
	calls   []string // the names of those who called
	kept    atomic.Int64
	again   atomic.Int64
	bad     atomic.Int64
}

func (p people) write(t *testing.T, bases ...string) *load {
	t.Helper()
	l := &load{people: p, bases: bases, begun: app.Clock().String(), from: core.NewID[core.ID](app.Clock())}
	l.client = &http.Client{Timeout: 20 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	l.ctx, l.end = context.WithCancel(t.Context())
	for _, v := range p.withFamily() {
		l.group.Go(func() { l.writeReports(v) })
	}
	l.group.Go(l.writeReferrals)
	t.Cleanup(l.stop)
	return l
}

// stop waits until each has got its last answer.
func (l *load) stop() {
	l.end()
	l.group.Wait()
}

// writeReports types one report, which the page keeps as it grows: each sending is one version more.
func (l *load) writeReports(v seed.Volunteer) {
	r := &typed{id: core.NewID[core.ID](app.Clock())}
	l.mu.Lock()
	l.reports = append(l.reports, r)
	l.mu.Unlock()
	for n := 1; l.ctx.Err() == nil; n++ {
		form := url.Values{"trajectory": {v.Trajectories[0].String()}, "held_on": {app.Clock().Date().String()}, "held_time": {"00:01"}, "minutes": {"90"},
			"km": {"4"}, "present": {v.Children[0].String()}, "activities": {"relaxing"}, "mood": {"good"}, "version": {strconv.Itoa(n - 1)},
			"words": {strings.Repeat("Wij zijn naar de speeltuin geweest. ", 1+n%20)}}
		if !l.send(sending{v.Account, "/reports/" + r.id.String() + "/save", fmt.Sprintf("served-%s.%d", r.id, n), form}) {
			return
		}
		r.version = n
	}
}

func (l *load) writeReferrals() {
	for n := 0; l.ctx.Err() == nil; n++ {
		caller := fmt.Sprintf("Beller %s %d", l.begun, n)
		form := url.Values{"channel": {"school"}, "referrer": {caller}, "phone": {"038 1234567"}, "municipality": {"Zwolle"}, "child_name_1": {"Sem"},
			"child_birth_1": {"2017-02-01"}, "words": {"Een jongen van negen."}, "token": {"referral-" + strconv.Itoa(n) + l.begun}}
		if l.send(sending{l.Coordinators[0], "/referrals/new", "", form}) {
			l.mu.Lock()
			l.calls = append(l.calls, caller)
			l.mu.Unlock()
		}
	}
}

// typed is a report with the last version of it that was kept.
type typed struct {
	id      core.ID
	version int
}

// sending is one form on its way.
type sending struct {
	who  core.AccountID
	path string
	key  string // of a form that the script sends; others carry theirs inside
	form url.Values
}

// send asks until it is accepted; when the load stops, what is on its way gets some time, and what was not accepted by
// then was never promised.
func (l *load) send(f sending) (accepted bool) {
	until := time.Time{}
	for node := 0; ; node++ {
		code, err := l.post(l.bases[node%len(l.bases)], f)
		switch {
		case err == nil && (code == http.StatusSeeOther || f.key != "" && code == http.StatusOK):
			l.kept.Add(1)
			return true
		case err == nil && code != http.StatusServiceUnavailable && code != http.StatusTooManyRequests:
			l.bad.Add(1)
			return false
		}
		l.again.Add(1)
		if l.ctx.Err() != nil && until.IsZero() {
			until = time.Now().Add(5 * time.Second)
		}
		if !until.IsZero() && time.Now().After(until) {
			return false
		}
		time.Sleep(15 * time.Millisecond)
	}
}

func (l *load) post(base string, f sending) (code int, err error) {
	r, err := http.NewRequest(http.MethodPost, base+f.path, strings.NewReader(f.form.Encode()))
	if err != nil {
		return 0, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if f.key != "" {
		r.Header.Set("Idempotency-Key", f.key)
	}
	r.AddCookie(l.sessions[f.who])
	answer, err := l.client.Do(r)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, answer.Body)
	return answer.StatusCode, err
}

const servedWhy = "the test counts"

var (
	servedReports = db.CrossQ("served.reports", authz.Works, servedWhy, `SELECT id, version FROM visit WHERE id >= :from ORDER BY id`, db.Probe{"from": 1})
	servedCalls   = db.CrossQ("served.calls", authz.Works, servedWhy, `SELECT r.referrer, COUNT(*), COUNT(k.id) FROM referral r
		LEFT JOIN task k ON k.referral_id = r.id WHERE r.referrer LIKE :like GROUP BY r.referrer`, db.Probe{"like": "x"})
	servedLeases = db.CrossQ("served.leases", authz.Works, servedWhy, `SELECT (SELECT COUNT(*) FROM job WHERE leased_until IS NOT NULL) +
		(SELECT COUNT(*) FROM outbox WHERE leased_until IS NOT NULL) FROM municipality LIMIT 1`, db.Probe{})
	servedActor = authz.System("served.test")
)

type call struct {
	name        string
	rows, tasks int
}

// check holds what lies in the place against what was promised: all of it is there, once, and nothing else.
func (l *load) check(t *testing.T, at app.Place) {
	t.Helper()
	d := open(t, at)
	defer d.Close()
	var reports []typed
	var calls []call
	err := d.Read(t.Context(), servedActor, func(tx *db.Tx) (err error) {
		if reports, err = db.All(tx, servedReports, db.Args{"from": l.from}, func(r *typed) []any { return []any{&r.id, &r.version} }); err != nil {
			return err
		}
		calls, err = db.All(tx, servedCalls, db.Args{"like": "Beller " + l.begun + "%"}, func(c *call) []any { return []any{&c.name, &c.rows, &c.tasks} })
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	versions, there := map[core.ID]int{}, map[string]bool{}
	for _, r := range reports {
		versions[r.id] = r.version
	}
	for _, r := range l.reports { // what was on its way at the end may be there as well
		if got := versions[r.id]; got < r.version || got > r.version+1 {
			t.Errorf("version %d of a report was promised, and %d is there", r.version, got)
		}
	}
	for _, c := range calls {
		if there[c.name] = true; c.rows != 1 || c.tasks != 1 {
			t.Errorf("%s: %d referrals, %d tasks", c.name, c.rows, c.tasks)
		}
	}
	for _, name := range l.calls {
		if !there[name] {
			t.Errorf("the referral of %s was promised and is lost", name)
		}
	}
	if len(reports) > len(l.reports) || len(calls) > len(l.calls)+1 || l.bad.Load() > 0 || l.kept.Load() == 0 {
		t.Errorf("%d reports and %d referrals of %d promised writes, %d bad answers", len(reports), len(calls), l.kept.Load(), l.bad.Load())
	}
}
