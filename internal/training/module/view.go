package module

import (
	"strconv"

	"maatje/internal/web/components"
	"maatje/internal/web/text"
)

func table(l text.Lang, all []Module) components.Table {
	t := components.Table{Caption: l.ModuleTitle(), Empty: l.ModuleNone(), Columns: []components.Column{
		{Label: l.ModuleName()}, {Label: l.ModulePages(), Num: true}, {Label: l.TrainingState()},
	}}
	for _, m := range all {
		t.Rows = append(t.Rows, []components.Cell{{Text: m.Name.In(l), Href: href(m.ID)}, {Text: l.Number(len(m.Pages))}, {Content: components.Chip(stateTone(m), stateWords(l, m))}})
	}
	return t
}

func stateTone(m Module) components.Tone {
	if m.Edition > 0 && !m.Changed {
		return components.Done
	}
	return components.Late
}

func stateWords(l text.Lang, m Module) string {
	switch {
	case m.Edition == 0:
		return l.ModuleDraft()
	case m.Changed:
		return l.ModuleChanged(l.Number(m.Edition))
	}
	return l.ModuleEdition(l.Number(m.Edition))
}

func textLabel(l text.Lang, kind string) string {
	switch kind {
	case Question:
		return l.ModuleTextQuestion()
	case Dilemma:
		return l.ModuleTextDilemma()
	}
	return l.ModuleText()
}

func numbers(l text.Lang) []components.Option {
	out := make([]components.Option, mostAnswers)
	for i := range out {
		out[i] = components.Option{Value: strconv.Itoa(i + 1), Label: l.ModuleAnswer(strconv.Itoa(i + 1))}
	}
	return out
}

func onWords(l text.Lang, last bool) string {
	if last {
		return l.ModuleDone()
	}
	return l.ModuleOn()
}

func answerTone(a Answer) components.Tone {
	if a.Good {
		return components.Done
	}
	return components.Plain
}

func answerWords(l text.Lang, a Answer, hers bool) string {
	if hers {
		return l.ModuleYouChose(a.Text.In(l))
	}
	return a.Text.In(l)
}
