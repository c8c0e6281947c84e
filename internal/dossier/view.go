package dossier

import (
	"cmp"

	"maatje/internal/web/components"
	"maatje/internal/web/text"
)

// KnowsLines says what each child knows, for the top of every screen that prepares a visit (INT-8).
func KnowsLines(l text.Lang, all []Knows) []components.ChildKnows {
	out := make([]components.ChildKnows, 0, len(all))
	for _, k := range all {
		out = append(out, components.ChildKnows{Name: k.ChildName, What: knowsSentence(l, k)})
	}
	return out
}

func knowsSentence(l text.Lang, k Knows) string {
	s := l.KnowsLevel(cmp.Or(string(k.Level), "not_asked"))
	if k.Story != "" {
		s += " " + k.Story
	}
	if k.ToldBy != "" {
		s += " " + l.KnowsToldBy(k.ToldBy)
	}
	if !k.Since.IsZero() {
		s += " " + l.DossierKnowsSince(l.Date(k.Since))
	}
	return s
}
