package signal

import (
	"maatje/internal/core"
	"maatje/internal/web/components"
	"maatje/internal/web/text"
)

func wordPairs(l text.Lang, s Signal) []components.Pair {
	pairs := []components.Pair{{Term: l.SignalSawLabel(), Text: s.Saw}}
	if s.Thinks != "" {
		pairs = append(pairs, components.Pair{Term: l.SignalThinksLabel(), Text: s.Thinks})
	}
	return pairs
}

func answerPairs(l text.Lang, a Answer) []components.Pair {
	return []components.Pair{
		{Term: l.SignalOutcomeLabel(), Text: l.SignalOutcome(a.Outcome)},
		{Term: l.SignalNeededLabel(), Text: a.Needed},
		{Term: l.SignalAnswerLabel(), Text: a.Words},
	}
}

func escalatedPairs(l text.Lang, e Escalated, today core.Date) []components.Pair {
	return []components.Pair{
		{Term: l.SignalUrgencyLabel(), Text: l.SignalUrgency(e.Urgency)},
		{Term: l.SignalEscalatedRaised(), Text: l.DateTime(e.RaisedAt)},
		{Term: l.SignalEscalatedBefore(), Text: l.Day(e.Before.Date(), today)},
		{Term: l.SignalEscalatedOf(), Text: e.Coordinator},
	}
}

func urgencyTone(s Signal) components.Tone {
	if s.Urgency == "now" && s.IsOpen() {
		return components.Alarm
	}
	return components.Plain
}

// lines are the signals as a worklist: the open ones ask for an answer, the others can be read.
func lines(l text.Lang, all []Signal, today core.Date) []components.Task {
	out := make([]components.Task, 0, len(all))
	for _, s := range all {
		line := components.Task{When: l.Day(s.RaisedAt.Date(), today), Kind: l.SignalUrgency(s.Urgency), Title: shorten(s.Saw),
			Href: "/dossiers/" + s.Dossier.String() + "/signals/" + s.ID.String(), Action: l.SignalRead()}
		if s.IsOpen() {
			line.Action, line.Main, line.Alarm = l.SignalAnswerNow(), true, s.Urgency == "now"
			line.Detail = l.SignalAnswerBefore(l.Day(s.AnswerBefore.Date(), today))
		} else {
			line.Detail = l.SignalOutcome(s.Outcome)
		}
		out = append(out, line)
	}
	return out
}

const shortLine = 80

func shorten(s string) string {
	r := []rune(s)
	if len(r) <= shortLine {
		return s
	}
	return string(r[:shortLine-1]) + "…"
}
