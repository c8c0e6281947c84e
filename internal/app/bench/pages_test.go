package bench

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"

	"maatje/internal/app"
	"maatje/internal/core"
)

// ask makes the i-th request for a page: each from the next person, so that the whole programme is read.
type ask func(w *world, i int) *http.Request

var pages = []struct {
	name string
	ask  ask
}{
	{"worklist", worklist},
	{"volunteer_home", volunteerHome},
	{"dossier", dossierPage},
	{"search", search},
	{"save_report", saveReport},
	{"figures", yearsFigures},
}

func (w *world) request(method, path string, who core.AccountID, body string) *http.Request {
	r := httptest.NewRequest(method, "http://localhost"+path, strings.NewReader(body))
	r.Header.Set("Accept-Encoding", "gzip")
	r.RemoteAddr = "192.0.2.1:1234"
	if body != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.AddCookie(w.sessions[who])
	return r
}

// scattered spreads the requests over everything there is.
func scattered(i, n int) int { return i * 7919 % n }

func worklist(w *world, i int) *http.Request {
	return w.request("GET", "/", w.Coordinators[scattered(i, min(len(w.Coordinators), signedInAtMost))], "")
}

func (w *world) volunteer(i int) (volunteer int) {
	for i = scattered(i, len(w.Volunteers)); w.sessions[w.Volunteers[i].Account] == nil; {
		i = (i + 1) % len(w.Volunteers)
	}
	return i
}

func volunteerHome(w *world, i int) *http.Request {
	return w.request("GET", "/", w.Volunteers[w.volunteer(i)].Account, "")
}

// coordinated is a dossier with the one who coordinates it.
func (w *world) coordinated(i int) (core.DossierID, core.AccountID) {
	i = scattered(i, len(w.Dossiers))
	return w.Dossiers[i], w.Coordinators[i%len(w.Coordinators)]
}

func dossierPage(w *world, i int) *http.Request {
	id, who := w.coordinated(i)
	return w.request("GET", "/dossiers/"+id.String(), who, "")
}

func search(w *world, i int) *http.Request {
	_, who := w.coordinated(i)
	return w.request("GET", "/dossiers?q="+url.QueryEscape([]string{"jan", "sar", "mei", "no", "klake", "ver"}[i%6]), who, "")
}

// yearsFigures is the project leader's page of one year, each time another one of those that have figures.
func yearsFigures(w *world, i int) *http.Request {
	year := app.Clock().Date().Year() - i%2
	return w.request("GET", fmt.Sprintf("/figures?from=%d-01-01&to=%d-12-31", year, year), w.Leader, "")
}

var saves atomic.Int64

// saveReport keeps the first words of a new report, as the page does while somebody types.
func saveReport(w *world, i int) *http.Request {
	v := w.Volunteers[w.volunteer(i)]
	now := app.Clock()
	visit := core.NewID[core.ID](now)
	form := url.Values{"trajectory": {v.Trajectories[0].String()}, "held_on": {now.Date().String()}, "held_time": {"00:01"}, "minutes": {"90"}, "km": {"4"},
		"present": {v.Children[0].String()}, "activities": {"relaxing"}, "mood": {"good"}, "version": {"0"},
		"words": {"Wij zijn naar de speeltuin geweest en hebben daarna thuis getekend. Oma kon even zitten."}}
	r := w.request("POST", "/reports/"+visit.String()+"/save", v.Account, form.Encode())
	r.Header.Set("Idempotency-Key", fmt.Sprintf("bench%d-%s.1", saves.Add(1), visit))
	return r
}
