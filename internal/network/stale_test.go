package network

import (
	"testing"

	"maatje/internal/db"
	"maatje/internal/db/dbtest"
)

// Two people who tell of the same person at once: the second hears of it with everything that was typed, and sending that again is
// a choice, not a circle.
func TestTOO4_WhatSomebodyElseToldMeanwhileIsSeenAndThenSentAgain(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		w, f, own, office := site(t, d, clock)
		ids := told(t, w, own)
		who := ids["juf Els"]
		stale := with(w.As(f.Ria).Get(own+"/places").Form(own+"/places"), "who", who, "ring", "1")
		w.Post(office+"/places", with(w.As(f.Petra).Get(office+"/places").Form(office+"/places"), "who", who, "ring", "2")).Is(303)
		again := w.As(f.Ria).Post(own+"/places", stale).Is(409, "Dit is intussen veranderd.").Form(own + "/places")
		w.Get(own).Is(200, "1 heel dichtbij")
		w.Post(own+"/places", with(again, "who", who, "ring", "1")).Is(303)
		w.Get(own).Is(200, "2 heel dichtbij")

		path := own + "/people/" + who
		name := with(w.Get(path).Form(path), "name", "juf Elske")
		w.Post(office+"/people/"+who, with(w.As(f.Petra).Get(office+"/people/"+who).Form(office+"/people/"+who), "name", "Els Vos")).Is(303)
		again = w.As(f.Ria).Post(path, name).Is(409, "Dit is intussen veranderd.", "juf Elske").Form(path)
		w.Post(path, again).Is(303)
		w.Get(own).Is(200, "juf Elske")
	})
}
