// Package gallery shows every part of a screen on a few pages, for whoever changes how the product looks: its tests walk
// over them in a real browser, and take their pictures. The product itself does not use it.
package gallery

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/a-h/templ"

	"maatje/internal/web/assets"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/layout"
	"maatje/internal/web/text"
)

// policy is the strictest the product could ask for; the parts must live with it.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

var reportFields = form.Fields{
	Lines: []string{"who", "mood", "on", "at", "minutes", "place", "mail", "code", "share"},
	Texts: []string{"story"},
}

// Pages are the addresses of the gallery.
func Pages() []string {
	return []string{"/work", "/parts", "/form", "/wrong", "/empty", "/plain", "/paper"}
}

// Store is the other end of an autosaved form: it keeps the last text, and can be told to fail.
type Store struct {
	mu     sync.Mutex
	kept   Kept
	status int // what to answer instead, if not 0
}

// Kept is what a Store holds.
type Kept struct {
	Story         string
	Version, Sent int      // Sent: how often the form itself came in
	Keys          []string // the Idempotency-Key of each time it was asked
}

// Handler serves the gallery in the given language.
func Handler(l text.Lang, s *Store) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/assets/", assets.Handler())
	mux.HandleFunc("POST /autosave", s.save)
	mux.HandleFunc("POST /form", s.send)
	for _, path := range Pages() {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Security-Policy", policy)
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_ = show(l, path, r.URL.Query().Get("q")).Render(r.Context(), w) //nolint:contextcheck // a part gets the context when it is drawn
		})
	}
	return mux
}

func (s *Store) save(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := form.From(r, text.NL, reportFields)
	s.kept.Keys = append(s.kept.Keys, r.Header.Get("Idempotency-Key"))
	if s.status != 0 {
		w.WriteHeader(s.status)
		_, _ = w.Write([]byte("<p>Petra schreef: iets anders.</p>"))
		return
	}
	s.kept.Story, s.kept.Version = f.Value("story"), f.Version+1
	_ = json.NewEncoder(w).Encode(map[string]any{"saved_at": "14:03", "version": s.kept.Version})
}

// send takes its time, so that an impatient thumb can press again.
func (s *Store) send(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.kept.Sent++
	s.mu.Unlock()
	time.Sleep(300 * time.Millisecond)
	http.Redirect(w, r, "/work", http.StatusSeeOther)
}

// Fail makes the store answer with the status from now on; 0 is well again.
func (s *Store) Fail(status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.status = status
}

// Kept is a copy of what the store holds.
func (s *Store) Kept() Kept {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := s.kept
	k.Keys = slices.Clone(k.Keys)
	return k
}

func show(l text.Lang, path, q string) templ.Component {
	f := frame(l, path)
	switch path {
	case "/work":
		return work(f)
	case "/parts":
		return parts(f, q)
	case "/form":
		return report(f, filled(l))
	case "/wrong":
		return report(f, wrong(l))
	case "/plain":
		return plain(f, form.New(l, reportFields))
	case "/paper":
		return paper(f)
	}
	return empty(f)
}

func frame(l text.Lang, path string) layout.Frame {
	return layout.Frame{
		Lang: l, Title: "Werklijst", Path: path, Account: "Petra de Boer", SignOut: true, Demo: true,
		Nav: []layout.Link{
			{Href: "/work", Label: "Werklijst", Here: path == "/work"}, {Href: "/parts", Label: "Gezinnen", Here: path == "/parts"},
			{Href: "/form", Label: "Vrijwilligers", Here: path == "/form"}, {Href: "/empty", Label: "Agenda", Here: path == "/empty"},
			{Href: "/plain", Label: "Cijfers"}, {Href: "/paper", Label: "Sociale kaart"},
		},
	}
}

func filled(l text.Lang) *form.Form {
	f := form.New(l, reportFields).Set("who", "sara", "noor").Set("mood", "usual").Set("on", "2026-11-14").Set("minutes", "90").
		Set("story", "Naar het park. Sara vertelde over school, ze wil mama een tekening sturen.")
	f.Token, f.Version = "k3jd8s", 2
	return f
}

func wrong(l text.Lang) *form.Form {
	f := form.New(l, reportFields).Set("on", "31-2-2026").Set("minutes", "anderhalf").Set("story", "Naar het park.")
	f.Date("on")
	f.Int("minutes")
	f.Errors["mood"] = "Kies hoe het was."
	f.Errors["place"] = "Kies waar het was."
	f.Errors["share"] = "Vink dit aan, of laat het gesprek uit het verslag."
	f.General = []string{"De afspraak is intussen verzet naar 21 november."}
	return f
}

var (
	family = []components.Option{{Value: "sara", Label: "Sara"}, {Value: "noor", Label: "Noor"}, {Value: "oma", Label: "oma Wil"}, {Value: "mama", Label: "mama"}}
	moods  = []components.Option{{Value: "hard", Label: "moeilijk"}, {Value: "usual", Label: "gewoon"}, {Value: "nice", Label: "fijn", Hint: "dat mag ook"}}
	places = []components.Option{{Value: "home", Label: "thuis"}, {Value: "out", Label: "buiten"}}
)

var tasks = []components.Task{
	{When: "vandaag", Kind: "signaal", Title: "Ria over Noor", Detail: "Gegeven om 09:12. Antwoord voor 17:00.", Href: "#", Action: "Beantwoorden", Main: true, Alarm: true},
	{When: "nog 2 dagen", Kind: "aanmelding", Title: "Jongen van 11, via school", Detail: "Zwolle. Misschien al bekend: één dossier lijkt erop.", Href: "#", Action: "Bekijken"},
	{When: "wacht 19 dagen", Kind: "koppelen", Title: "Familie in Hattem zoekt een maatje", Detail: "Drie vrijwilligers passen, de beste op 12 minuten.", Href: "#", Action: "Kiezen"},
	{When: "23 november", Kind: "contactmoment", Title: "Oma Wil: drie maanden", Detail: "Laatste gesprek 24 augustus.", Href: "#", Action: "Plannen"},
}

var bars = []components.Bar{
	{Label: "wachten", Value: 3, Href: "#"}, {Label: "kennismaken", Value: 2, Href: "#"}, {Label: "lopen", Value: 12, Href: "#"}, {Label: "afronden", Value: 4, Href: "#"},
}

var funnel = components.Funnel{
	ID: "funnel", Title: "Van aanmelding naar start, dit jaar", Description: "48 aanmeldingen, 31 gesprekken, 9 gestart.",
	Steps: []components.FunnelStep{{Label: "Aanmeldingen", Value: 48, Percent: 100}, {Label: "Gesprekken", Value: 31, Percent: 64.6}, {Label: "Gestart", Value: 9, Percent: 18.8}},
}

var events = []components.Event{
	{Machine: "2026-11-14", When: "14 november 2026", Title: "Bezoek van Ria", Detail: "Anderhalf uur, naar het park.", Href: "#", Tone: components.Done},
	{Machine: "2026-11-12", When: "12 november 2026", Title: "Signaal", Detail: "Beantwoord op dezelfde dag.", Href: "#", Tone: components.Alarm},
	{Machine: "2026-11-11", When: "11 november 2026", Title: "Verslag nog niet af", Tone: components.Late},
	{Machine: "2026-08-24", When: "24 augustus 2026", Title: "Kennismaking"},
}

func volunteers() components.Table {
	cell := func(s string) components.Cell { return components.Cell{Text: s} }
	return components.Table{
		Caption: "Vrijwilligers die kunnen, de dichtstbijzijnde eerst",
		Columns: []components.Column{{Label: "Naam", Sort: "?sort=name"}, {Label: "Plaats"}, {Label: "VOG tot"}, {Label: "Minuten rijden", Num: true, Sort: "?sort=-minutes", Order: "ascending"}, {Label: "Stand"}},
		Rows: [][]components.Cell{
			{{Text: "Ria Jansen", Href: "#"}, cell("Zwolle"), cell("3 mrt 2028"), cell("12"), {Content: components.Chip(components.Done, "past")}},
			{{Text: "Mehmet Yıldız", Href: "#"}, cell("Hattem"), cell("9 dec 2026"), cell("19"), {Content: components.Chip(components.Late, "VOG loopt af")}},
		},
	}
}

func pager() components.Pager {
	return components.Pager{Page: 2, Pages: 7, Href: func(n int) string { return "?page=" + strconv.Itoa(n) }}
}
