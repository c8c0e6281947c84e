package gedcom

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// anselLetters are the signs of ANSEL (ANSI Z39.47) above ASCII that stand by themselves, with the few that GEDCOM added.
var anselLetters = map[byte]rune{
	0xA1: 'Ł', 0xA2: 'Ø', 0xA3: 'Đ', 0xA4: 'Þ', 0xA5: 'Æ', 0xA6: 'Œ', 0xA7: 'ʹ', 0xA8: '·', 0xA9: '♭', 0xAA: '®', 0xAB: '±',
	0xAC: 'Ơ', 0xAD: 'Ư', 0xAE: 'ʼ', 0xB0: 'ʻ', 0xB1: 'ł', 0xB2: 'ø', 0xB3: 'đ', 0xB4: 'þ', 0xB5: 'æ', 0xB6: 'œ', 0xB7: 'ʺ',
	0xB8: 'ı', 0xB9: '£', 0xBA: 'ð', 0xBC: 'ơ', 0xBD: 'ư', 0xBE: '□', 0xBF: '■', 0xC0: '°', 0xC1: 'ℓ', 0xC2: '℗', 0xC3: '©',
	0xC4: '♯', 0xC5: '¿', 0xC6: '¡', 0xC7: 'ß', 0xC8: '€', 0xCD: 'e', 0xCE: 'o', 0xCF: 'ß',
}

// anselMarks are those that stand before the letter they belong to; in Unicode they stand after it.
var anselMarks = map[byte]rune{
	0xE0: '\u0309', 0xE1: '\u0300', 0xE2: '\u0301', 0xE3: '\u0302', 0xE4: '\u0303', 0xE5: '\u0304', 0xE6: '\u0306', 0xE7: '\u0307',
	0xE8: '\u0308', 0xE9: '\u030C', 0xEA: '\u030A', 0xEB: '\uFE20', 0xEC: '\uFE21', 0xED: '\u0315', 0xEE: '\u030B', 0xEF: '\u0310',
	0xF0: '\u0327', 0xF1: '\u0328', 0xF2: '\u0323', 0xF3: '\u0324', 0xF4: '\u0325', 0xF5: '\u0333', 0xF6: '\u0332', 0xF7: '\u0326',
	0xF8: '\u031C', 0xF9: '\u032E', 0xFA: '\uFE22', 0xFB: '\uFE23', 0xFE: '\u0313',
}

// fromANSEL reads a line of ANSEL. A mark at its end, with no letter to belong to, is left out.
func fromANSEL(line []byte) string {
	var s strings.Builder
	var marks []rune
	for _, b := range line {
		if m, ok := anselMarks[b]; ok {
			marks = append(marks, m)
			continue
		}
		letter := rune(b)
		if b >= 0x80 {
			var ok bool
			if letter, ok = anselLetters[b]; !ok {
				letter = '\uFFFD'
			}
		}
		s.WriteRune(letter)
		s.WriteString(string(marks))
		marks = marks[:0]
	}
	return norm.NFC.String(s.String())
}
