package network

import (
	"maps"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/familytest"
	"maatje/internal/web/webtest"
)

// site is a family, and the address of the network of Noor on both sides, told so far as step says.
func site(t *testing.T, d *db.DB, clock *dbtest.Clock) (w *webtest.Site, f *familytest.Family, own, office string) {
	clock.Set(core.MustInstant(familytest.Start))
	f = familytest.New(t, d)
	w = webtest.New(t, clock.Now)
	NewService(d).Routes(w.Router)
	root := "/my-families/" + f.Trajectory.String() + "/network"
	start := w.As(f.Ria).Get(root).Is(200, "Van wie?", "Noor").Form(root)
	w.Post(root, with(start, "whose", core.ID(f.Noor).String())).Is(303)
	w.Post(root, with(start, "whose", core.ID(f.Noor).String())).Is(303) // a double tap
	rest := "/network/" + core.ID(f.Noor).String()
	return w, f, "/my-families/" + f.Trajectory.String() + rest, "/dossiers/" + f.Dossier.String() + rest
}

func with(values url.Values, pairs ...string) url.Values {
	out := url.Values{}
	maps.Copy(out, values)
	for i := 0; i+1 < len(pairs); i += 2 {
		out.Set(pairs[i], pairs[i+1])
	}
	return out
}

// told tells three names, who they are, where they stand, who knows whom and what one gives.
func told(t *testing.T, w *webtest.Site, own string) (ids map[string]string) {
	t.Helper()
	names := w.Get(own+"/names").Is(200, "Wie merkt het als je ziek bent?", "Sara").Form(own + "/names")
	for range 2 { // a double tap
		w.Post(own+"/names", with(names, "names", "tante Mo, buurvrouw Li; juf Els")).Is(303)
	}
	page := w.Get(own+"/names").Is(200, "3 namen", "tante Mo", "juf Els")
	ids = map[string]string{}
	for _, m := range regexp.MustCompile(`/people/(\w+)"[^>]*>([^<]+)<`).FindAllStringSubmatch(page.Body, -1) {
		ids[m[2]] = m[1]
	}
	who := w.Get(own+"/who").Is(200, "Waar ken je ze van?").Form(own + "/who")
	w.Post(own+"/who", who).Is(422, "Kies waar tante Mo bij hoort.") // nobody is family because nothing was said
	w.Post(own+"/who", with(who, "quarter_"+ids["tante Mo"], "family", "is_"+ids["tante Mo"], "zus van oma",
		"quarter_"+ids["buurvrouw Li"], "neighbourhood", "quarter_"+ids["juf Els"], "professionals")).Is(303)
	for i, name := range []string{"tante Mo", "buurvrouw Li", "juf Els"} {
		places := w.Get(own+"/places").Is(200, "Tik op een naam").Form(own + "/places")
		w.Post(own+"/places", with(places, "who", ids[name], "ring", string(rune('1'+i)))).Is(303)
	}
	ties := w.Get(own+"/ties?who="+ids["tante Mo"]).Is(200, "Wie van hen kent tante Mo?").Form(own + "/ties")
	w.Post(own+"/ties", with(ties, "knows", ids["buurvrouw Li"])).Is(303)
	tasks := w.Get(own+"/tasks").Is(200, "Er staat nog niet").Form(own + "/tasks")
	w.Post(own+"/tasks", with(tasks, "tasks", "zwemles\nkoken")).Is(303)
	gives := w.Get(own+"/support?who="+ids["tante Mo"]).Is(200, "Wat geeft tante Mo nu?", "zwemles").Form(own + "/support")
	w.Post(own+"/support", with(gives, "gives", "practical", "could", "advice", "tasks", "koken")).Is(303)
	return ids
}

func TestTOO3_TheTalkWithoutScript(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		w, f, own, office := site(t, d, clock)
		ids := told(t, w, own)
		for who, base := range map[*authz.Actor]string{&f.Ria: own, &f.Petra: office} {
			w.As(*who).Get(base).Is(200, "Noor noemt 3 mensen.", "1 heel dichtbij, 1 dichtbij en 1 verder weg", "juf Els kent niemand van de anderen.",
				"Niemand geeft nu: gezelschap, raad en een luisterend oor.", "tante Mo zou kunnen geven: raad.", "tante Mo, Familie, heel dichtbij. Dat is: zus van oma. Kent buurvrouw Li.")
			w.Get(base+"?ties=1").Is(200, "Het sociogram van Noor", "kennen elkaar")
			w.Get(base+"/tasks").Is(200, "Voor 1 ding is er nog niemand.", "tante Mo", "nog niemand")
		}
		w.As(f.Ria)
		bond := w.Get(own+"/people/"+ids["tante Mo"]).Is(200, "zus van oma").Form(own + "/people/" + ids["tante Mo"] + "/tie")
		w.Post(own+"/people/"+ids["tante Mo"]+"/tie", bond).Is(422, "Kies wat er tussen hen is.")
		w.Post(own+"/people/"+ids["tante Mo"]+"/tie", with(bond, "kind", "best_friends")).Is(422, "Tik eerst op een naam.")
		w.Post(own+"/people/"+ids["tante Mo"]+"/tie", with(bond, "other", ids["juf Els"], "kind", "best_friends")).Is(303)
		w.Get(own).Is(200, "juf Els (beste vrienden)")
		w.Post(own+"/people/"+ids["juf Els"]+"/remove", nil).Is(303)
		undo := w.Get(own).Is(200, "Noor noemt 2 mensen.").Without("juf Els").Form(own + "/undo")
		w.Post(own+"/undo", undo).Is(303)
		w.Get(own).Is(200, "Noor noemt 3 mensen.", "juf Els (beste vrienden)")
	})
}

func TestTOO4_TheMonthBefore(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		w, f, own, _ := site(t, d, clock)
		ids := told(t, w, own)
		clock.Set(core.MustInstant(familytest.Start).Add(30 * 24 * time.Hour))
		w.As(f.Ria)
		closer := w.Get(own+"/places").Is(200, "Dichterbij").Form(own + "/places")
		w.Post(own+"/places", with(closer, "who", ids["juf Els"], "ring", "", "step", "closer")).Is(303)
		w.Post(own+"/names", with(w.Get(own+"/names").Form(own+"/names"), "names", "Sara")).Is(303) // of the dossier by her name
		since := core.MustInstant(familytest.Start).Date().String()
		w.Get(own+"?since="+since).Is(200, "juf Els staat nu dichter bij Noor.", "Sara is erbij gekomen.")
		w.Get(own+"/compare?from="+since).Is(200, "juf Els staat nu dichter bij Noor.", "Noor noemt 3 mensen.", "Noor noemt 4 mensen.")
		w.Get(own+"/compare?from=2020-01-01&to="+since).Is(200, "Om Noor heen staat nog niemand.", "tante Mo, buurvrouw Li en juf Els zijn erbij gekomen.")
		w.Get(own+"/compare?from=x&to=9999-12-31").Is(200, "Sara is erbij gekomen.")
	})
}

// What is taken back beside a network is its own newest change, never one of another member's network.
func TestTOO3_TheWayBackIsOfThisNetworkAlone(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		w, f, own, _ := site(t, d, clock)
		told(t, w, own)
		w.As(f.Ria).Get(own).Is(200, own+"/undo")
		root := "/my-families/" + f.Trajectory.String() + "/network"
		start := w.Get(root).Is(200, "Van wie?", "Sara").Form(root)
		w.Post(root, with(start, "whose", core.ID(f.Sara).String())).Is(303)
		w.Get(own).Is(200, "Noor noemt 3 mensen.").Without(own + "/undo")
	})
}

func TestTOO3_WhatIsWrongHasItsSentence(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		w, f, own, _ := site(t, d, clock)
		ids := told(t, w, own)
		w.As(f.Ria)
		names := w.Get(own + "/names").Form(own + "/names")
		w.Post(own+"/names", names).Is(422, "Typ een naam.")
		w.Post(own+"/names", with(names, "names", "TANTE MO, Jan")).Is(422, "TANTE MO staat er al", "TANTE MO, Jan")
		w.Post(own+"/names", with(names, "names", "noor")).Is(422, "staat er al")
		w.Post(own+"/names", with(names, "names", strings.Repeat("x", 201))).Is(422, "Dit is te lang.")
		w.Post(own+"/names", with(names, "names", many(148))).Is(422, "Er passen 150 namen op een kaart.")
		who := w.Get(own + "/who").Form(own + "/who")
		w.Post(own+"/who", with(who, "quarter_"+ids["juf Els"], "enemies")).Is(422, "Kies waar juf Els bij hoort.")
		places := w.Get(own + "/places").Form(own + "/places")
		w.Post(own+"/places", with(places, "who", "", "ring", "1")).Is(422, "Tik eerst op een naam.")
		w.Post(own+"/places", with(places, "who", ids["juf Els"], "ring", "5")).Is(422, "Kies een kring.")
		w.Post(own+"/places", with(places, "who", ids["juf Els"], "ring", "4")).Is(303)
		w.Post(own+"/places", with(places, "who", ids["juf Els"], "ring", "1")).Is(409, "intussen veranderd")
		w.Post(own+"/tasks", with(w.Get(own+"/tasks").Form(own+"/tasks"), "tasks", " , ")).Is(422, "Schrijf op wat het maatje nu doet.")
		drop := w.Get(own + "/tasks").Form(own + "/tasks/remove")
		for _, status := range []int{303, 404} {
			w.Post(own+"/tasks/remove", drop).Is(status)
		}
		w.Get(own + "/people/" + core.ID(f.Sara).String()).Is(404)
		root := strings.TrimSuffix(own, "/"+core.ID(f.Noor).String())
		w.Get(root + "/" + core.ID(77).String()).Is(404)
		w.Post(root, w.Get(root).Form(root)).Is(422, "Kies iemand, of typ een naam.")
	})
}

func many(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(",n" + core.ID(i).String())
	}
	return b.String()
}

func TestTOO4_TheNetworkIsNotThereForOthers(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		w, f, own, office := site(t, d, clock)
		ids := told(t, w, own)
		for _, a := range []authz.Actor{f.Stranger, f.Omar, f.Leader} {
			w.As(a)
			for _, base := range []string{own, office} {
				for _, page := range []string{"", "/names", "/places", "/tasks", "/compare", "/people/" + ids["juf Els"], "/import", "/export/network.graphml"} {
					if r := w.Get(base + page); r.Status == 200 || strings.Contains(r.Body, "juf Els") {
						t.Errorf("%s reads %s: %d", a.Name(), base+page, r.Status)
					}
				}
				w.Post(base+"/names", url.Values{"names": {"x"}, "line": {core.ID(9).String()}}).Is(404)
			}
		}
	})
}

func TestTOO4_OutAsAFileAndInAgain(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		w, f, own, office := site(t, d, clock)
		ids := told(t, w, own)
		w.As(f.Petra)
		out := w.Get(office+"/export/network.graphml").Is(200, "graphml.graphdrawing.org", "tante Mo", "juf Els").Body
		w.Get(office+"/export/attributeList_Person.csv").Is(200, "nodeID,networkCanvasEgoUUID", "tante Mo")
		w.Get(office+"/export/edgeList_Knows.csv").Is(200, "acquainted")
		w.Get(office+"/export/ego.csv").Is(200, "Noor")
		w.Get(office + "/export/ego").Is(404)
		w.Get(office + "/export/secrets.csv").Is(404)
		w.Post(office+"/people/"+ids["juf Els"]+"/remove", nil).Is(303)
		out = strings.Replace(out, "juf Els", "meester Jan", 2)
		form := w.Get(office+"/import").Is(200, "plak het hier").Form(office + "/import")
		w.Post(office+"/import", with(form, "graphml", "Oma en Wil")).Is(422, "geen heel GraphML-bestand", "Oma en Wil")
		seen := w.Post(office+"/import", with(form, "graphml", out)).Is(200, "3 mensen in dit bestand", "meester Jan", "nieuw", "tante Mo, die er al staat").Form(office + "/import")
		w.Get(office).Is(200, "Noor noemt 2 mensen.")
		for range 2 { // a double tap
			w.Post(office+"/import", with(seen, "take", "1")).Is(303)
		}
		w.Get(office).Is(200, "Noor noemt 3 mensen.", "meester Jan", "zus van oma")
	})
}

// INT-8: a child may look along.
func TestINT8_ANetworkSaysNothingOfWhyAParentIsAway(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		w, f, own, _ := site(t, d, clock)
		told(t, w, own)
		w.As(f.Ria)
		for _, page := range []string{"", "?ties=1", "/names", "/who", "/places", "/ties", "/support", "/tasks", "/compare"} {
			body := strings.ToLower(w.Get(own + page).Is(200).Body)
			body = body[strings.Index(body, "<main"):]
			for _, word := range []string{"detentie", "gevangen", "gedetineerd", "inrichting", "vast in"} {
				if strings.Contains(body, word) {
					t.Errorf("%s says %q", page, word)
				}
			}
		}
	})
}
