// Package bench measures what people feel: pages, a saved report, the whole program under load, at several sizes of the
// programme. It tests nothing; docs/performance.md holds what came out. scripts/bench runs it.
package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"maatje/internal/account"
	"maatje/internal/app"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/seed"
	"maatje/internal/web"
)

// sizes are the programmes to measure: MAATJE_BENCH_SIZES="1000 10000".
func sizes(b *testing.B) []int {
	b.Helper()
	var out []int
	for word := range strings.FieldsSeq(os.Getenv("MAATJE_BENCH_SIZES")) {
		n, err := strconv.Atoi(word)
		if err != nil {
			b.Fatal(err)
		}
		out = append(out, n)
	}
	if len(out) == 0 {
		return []int{1000}
	}
	return out
}

// each runs a benchmark for every size.
func each(b *testing.B, measure func(b *testing.B, w *world)) {
	b.Helper()
	for _, n := range sizes(b) {
		b.Run(fmt.Sprintf("dossiers=%d", n), func(b *testing.B) { measure(b, open(b, n)) })
	}
}

// world is a seeded database on disk, with people who are signed in.
type world struct {
	*seed.Programme
	place    app.Place
	db       *db.DB
	handler  http.Handler // the whole program as it is served, without the network
	sessions map[core.AccountID]*http.Cookie
}

// open opens the seeded database of this size; it is made once and kept in MAATJE_BENCH_DIR.
func open(b *testing.B, n int) *world {
	b.Helper()
	folder := os.Getenv("MAATJE_BENCH_DIR")
	if folder == "" {
		folder = filepath.Join(os.TempDir(), "maatje-bench")
	}
	folder = filepath.Join(folder, fmt.Sprintf("%s-%d", db.SchemaID(), n))
	if _, err := os.Stat(filepath.Join(folder, "programme.json")); err != nil {
		fill(b, folder, n)
	}
	warm(b, filepath.Join(folder, "maatje.db"))
	w := &world{place: placeIn(folder), Programme: &seed.Programme{}, sessions: map[core.AccountID]*http.Cookie{}}
	text, err := os.ReadFile(filepath.Join(folder, "programme.json"))
	check(b, err)
	check(b, json.Unmarshal(text, w.Programme))
	w.db, err = app.Open(b.Context(), w.place)
	check(b, err)
	b.Cleanup(func() { w.close(b) })
	w.signIn(b)
	w.handler = app.Build(w.db, web.Config{Clock: app.Clock, Base: "http://localhost", Log: app.NewLog()}).Handler(app.Listen{})
	return w
}

// warm has the machine read the file into its memory, as it is after a day of work: no measuring of this machine's disk.
func warm(b *testing.B, path string) {
	b.Helper()
	f, err := os.Open(path)
	check(b, err)
	_, err = io.Copy(io.Discard, f)
	check(b, errors.Join(err, f.Close()))
}

func placeIn(folder string) app.Place { return app.Place{DB: filepath.Join(folder, "maatje.db")} }

func check(b testing.TB, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

func fill(b *testing.B, folder string, n int) {
	b.Helper()
	check(b, os.RemoveAll(folder))
	check(b, os.MkdirAll(folder, 0o700))
	d, err := app.Open(b.Context(), placeIn(folder))
	check(b, err)
	begin := time.Now()
	p, err := seed.Seed(b.Context(), d, n, func(int) {})
	check(b, err)
	check(b, d.Close())
	text, err := json.Marshal(p)
	check(b, err)
	check(b, os.WriteFile(filepath.Join(folder, "programme.json"), text, 0o600))
	b.Logf("seeded %d dossiers in %s", n, time.Since(begin).Round(time.Second))
}

func (w *world) close(b *testing.B) {
	b.Helper()
	if w.db != nil {
		check(b, w.db.Close())
		w.db = nil
	}
}

const signedInAtMost = 1000

// signIn opens sessions for those who ask for pages.
func (w *world) signIn(b *testing.B) {
	b.Helper()
	accounts := account.NewService(w.db, account.Config{Demo: true})
	who := append([]core.AccountID{w.Leader}, w.Coordinators[:min(len(w.Coordinators), signedInAtMost)]...)
	for _, v := range w.Volunteers {
		if len(v.Trajectories) > 0 && len(who) < 2*signedInAtMost {
			who = append(who, v.Account)
		}
	}
	for _, id := range who {
		entered, err := accounts.EnterDemo(context.Background(), authz.Visitor(authz.Origin{}), id, account.SignIn{})
		check(b, err)
		w.sessions[id] = accounts.Cookie(entered.Token)
	}
}
