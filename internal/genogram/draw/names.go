package draw

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// widths are those of the printable ASCII letters, in hundredths of the size: of Atkinson Hyperlegible Next and of Arial, which
// stands in for it, the wider.
var widths = [95]uint8{
	28, 29, 35, 65, 59, 92, 73, 19, 33, 33, 48, 61, 28, 36, 28, 39, 65, 56, 56, 58, 61, 59, 60, 56, 61, 59, 28, 28,
	58, 63, 58, 56, 102, 67, 67, 72, 72, 67, 61, 78, 72, 39, 51, 67, 56, 83, 72, 78, 67, 78, 72, 67, 61, 72, 67, 94, 67, 67, 61,
	32, 39, 34, 55, 56, 33, 56, 57, 50, 56, 56, 31, 56, 56, 25, 24, 50, 26, 84, 56, 56, 57, 57, 35, 50, 33, 56, 50, 72, 50, 50, 50,
	34, 26, 34, 58,
}

// width is how wide a text of that size can be at most, in the typefaces it may be shown in.
func width(s string, size float64) (sum float64) {
	for _, r := range s {
		sum += letter(r)
	}
	return sum * size
}

func letter(r rune) float64 {
	switch {
	case r >= ' ' && r <= '~':
		return float64(widths[r-' ']) / 100
	case unicode.Is(unicode.Mn, r):
		return 0
	case r < 0x250:
		if unicode.IsUpper(r) || strings.ContainsRune("æœ…½", r) {
			return 1
		}
		return .68
	case r < 0x600:
		return .95
	}
	return 1.35
}

// clean makes a text safe to be shown anywhere: what is no letter of any writing becomes a space, marks that pile up and
// those that turn the direction of writing go.
func clean(s string) string {
	var b strings.Builder
	piled := 0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Mn, r):
			if piled++; piled > 2 {
				continue
			}
		case r == utf8.RuneError || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r) || r&0xFFFE == 0xFFFE:
			continue
		case unicode.IsSpace(r) || unicode.IsControl(r):
			r = ' '
			piled = 0
		default:
			piled = 0
		}
		b.WriteRune(r)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// wrap breaks a text into at most so many lines of that width, between words where it can; what does not fit ends in dots.
func wrap(s string, size, wide float64, lines int) []string {
	var out []string
	words := strings.Fields(s)
	for len(words) > 0 {
		line := ""
		for len(words) > 0 && width(joined(line, words[0]), size) <= wide {
			line, words = joined(line, words[0]), words[1:]
		}
		if len(out) == lines-1 && len(words) > 0 {
			return append(out, shorten(joined(line, words[0]), size, wide))
		}
		if line == "" { // a word that is wider than a line
			line, words[0] = broken(words[0], size, wide)
		}
		out = append(out, line)
	}
	return out
}

func joined(a, b string) string {
	if a == "" {
		return b
	}
	return a + " " + b
}

// broken is the begin of a word that fits with a hyphen, and the rest of it.
func broken(s string, size, wide float64) (begin, rest string) {
	at := fitting(s, size, wide-width("-", size))
	if hyphen := strings.LastIndexByte(s[:at], '-'); hyphen > 0 {
		return s[:hyphen+1], s[hyphen+1:]
	}
	return s[:at] + "-", s[at:]
}

func shorten(s string, size, wide float64) string {
	return strings.TrimRight(s[:fitting(s, size, wide-width("…", size))], " -") + "…"
}

// fitting is how many bytes fit, at least one letter.
func fitting(s string, size, wide float64) int {
	sum := 0.0
	for i, r := range s {
		sum += letter(r) * size
		if i > 0 && sum > wide && !unicode.Is(unicode.Mn, r) {
			return i
		}
	}
	return len(s)
}
