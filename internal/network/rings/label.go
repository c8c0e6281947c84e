package rings

import (
	"strings"
	"unicode"
)

// size of the letters of a label, in pixels.
const size = 13.0

// Width estimates how wide a text is in the letters of a label, rather too wide than too narrow.
func Width(text string) float64 {
	w := 0.0
	for _, r := range text {
		w += size * em(r)
	}
	return w
}

// em is the width of a letter as a part of its size.
func em(r rune) float64 {
	switch {
	case unicode.Is(unicode.Mn, r) || r == joiner || unicode.Is(unicode.Variation_Selector, r):
		return 0
	case strings.ContainsRune("iljtfr.,:;'|!()I -", r):
		return .38
	case strings.ContainsRune("mwMW@%…", r):
		return .92
	case r < 0x80 && unicode.IsLower(r), r < 0x80 && unicode.IsDigit(r):
		return .59
	case r < 0x250:
		return .72
	case r < 0x2000:
		return .85
	}
	return 1.3
}

const joiner = '\u200d'

// Lines is a name on one line or two, as much of it as fits; what is cut off ends in an ellipsis. Letters keep their accents.
func Lines(name string) []string {
	words := strings.Fields(name)
	first := ""
	for i, w := range words {
		longer := strings.TrimPrefix(first+" "+w, " ")
		if Width(longer) <= longest {
			first = longer
			continue
		}
		rest := strings.Join(words[i:], " ")
		if first == "" {
			return []string{cut(rest)}
		}
		return []string{first, cut(rest)}
	}
	return []string{first}
}

// cut is as much of a text as fits on one line.
func cut(text string) string {
	if Width(text) <= longest {
		return text
	}
	runes, w, end := []rune(text), Width("…"), 0
	for i, r := range runes {
		if w += size * em(r); w > longest {
			break
		}
		if i+1 == len(runes) || !clings(runes[i+1]) && r != joiner {
			end = i + 1
		}
	}
	return strings.TrimSpace(string(runes[:end])) + "…"
}

// clings says that a letter belongs to the one before it.
func clings(r rune) bool {
	return r == joiner || unicode.In(r, unicode.Mn, unicode.Me, unicode.Variation_Selector) || r >= 0x1f3fb && r <= 0x1f3ff
}
