package dilemma

import (
	"maatje/internal/web/components"
	"maatje/internal/web/text"
)

func events(l text.Lang, thought []Talk) []components.Event {
	out := make([]components.Event, len(thought))
	for i, k := range thought {
		out[i] = components.Event{Machine: k.On.String(), When: l.Date(k.On), Title: l.DilemmaOccasion(k.Occasion), Detail: k.Words}
	}
	return out
}
