package gedcom

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// french is a file whose name has letters that every alphabet writes in its own way.
func french(char string) string {
	return "0 HEAD\n1 CHAR " + char + "\n0 @I1@ INDI\n1 NAME Zoé /Müller/\n0 TRLR\n"
}

func TestTOO2_AFileIsReadInWhateverAlphabet(t *testing.T) {
	little := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()
	big := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder()
	bare := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder()
	must := func(s string, err error) string {
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for name, text := range map[string]string{
		"UTF-8":                           french("UTF-8"),
		"UTF-8 with a mark":               "\ufeff" + french("UTF-8"),
		"UTF-8 that says nothing":         strings.Replace(french("x"), "1 CHAR x\n", "", 1),
		"UTF-8 that says ANSEL":           french("ANSEL"),
		"UTF-8 that says ANSI":            french("ANSI"),
		"UTF-16, small end first":         must(little.String(french("UNICODE"))),
		"UTF-16, large end first":         must(big.String(french("UNICODE"))),
		"UTF-16 without a mark":           must(bare.String(french("UTF-16"))),
		"ANSEL":                           "0 HEAD\r\n1 CHAR ANSEL\r\n0 @I1@ INDI\r\n1 NAME Zo\xe2e /M\xe8uller/\r\n0 TRLR\r\n",
		"ANSI":                            must(charmap.Windows1252.NewEncoder().String(french("ANSI"))),
		"Windows-1252 in a file of ANSEL": must(charmap.Windows1252.NewEncoder().String(french("CP1252"))),
		"MS-DOS":                          must(charmap.CodePage437.NewEncoder().String(french("IBMPC"))),
		"Macintosh":                       strings.ReplaceAll(must(charmap.Macintosh.NewEncoder().String(french("MACINTOSH"))), "\n", "\r"),
	} {
		told, missed := read(t, text)
		if missed != "" || told.Family.Persons[0].Name != "Zoé Müller" {
			t.Errorf("%s is read as %q: %s", name, told.Family.Persons[0].Name, missed)
		}
	}
}

func TestTOO2_LettersOfAnotherAlphabetAreToldOnce(t *testing.T) {
	told, missed := read(t, "0 HEAD\n1 CHAR UTF-8\n0 @I1@ INDI\n1 NAME Zo\xe9\n0 @I2@ INDI\n1 NAME Zo\xeb\n0 TRLR\n")
	if p := told.Family.Persons; p[0].Name != "Zoé" || p[1].Name != "Zoë" || strings.Count(missed, "\n") != 0 || !strings.HasPrefix(missed, "line 4: letters") {
		t.Errorf("%s and %s: %s", p[0].Name, p[1].Name, missed)
	}
	if _, missed := read(t, french("KLINGON")); missed != "line 1: the alphabet KLINGON is not known; it is read as UTF-8, or else as Windows-1252" {
		t.Error(missed)
	}
}

func TestTOO2_ANSELHasItsMarksBeforeTheLetter(t *testing.T) {
	for in, want := range map[string]string{
		"\xe8a\xe8o\xe8u": "äöü", "\xa1\xb1\xa2": "Łł" + "Ø", "Gar\xf0con": "Garçon", "\xe3\xf2a": "ậ", "\xcf\xc7": "ßß", "e\xe2": "e", "\xff": "\ufffd",
	} {
		if got := fromANSEL([]byte(in)); got != want {
			t.Errorf("%x is read as %q, not %q", in, got, want)
		}
	}
}

func TestTOO2_ALineEndsInEveryWay(t *testing.T) {
	for _, end := range []string{"\n", "\r", "\r\n", "\n\n", "\r\n\r\n", "\n  "} {
		told, missed := read(t, strings.ReplaceAll(small, "\n", end))
		if missed != "" || len(told.Family.Persons) != 6 {
			t.Errorf("with %q: %d people, %s", end, len(told.Family.Persons), missed)
		}
	}
	l := lines{opened: opened{as: utf8Or1252}, told: &Told{}}
	file, err := open(bytes.NewReader([]byte("0 HEAD\r\n\r\n0 TRLR\n")))
	if err != nil {
		t.Fatal(err)
	}
	l.opened = file
	for _, want := range []int{1, 3} {
		if got, err := l.next(); err != nil || got.n != want {
			t.Errorf("line %d is told as %d: %v", want, got.n, err)
		}
	}
}
