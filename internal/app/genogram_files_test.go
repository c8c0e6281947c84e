package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"maatje/internal/app"
)

// zoe is a family of one, whose name every alphabet writes in its own way; its lines end as they are told to.
func zoe(alphabet, end string) string {
	return strings.ReplaceAll("0 HEAD\n1 CHAR "+alphabet+"\n0 @I1@ INDI\n1 NAME Zoé\n0 TRLR\n", "\n", end)
}

// Whatever file is given: a picture, with what could not be read, or a sentence and an error, in the language that was asked for.
func TestTOO2_AnyFileIsDrawnOrGetsASentence(t *testing.T) {
	in := func(e encoding.Encoding, words string) string {
		out, err := e.NewEncoder().String(words)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	utf16 := func(end unicode.Endianness, mark unicode.BOMPolicy) string {
		return in(unicode.UTF16(end, mark), zoe("UNICODE", "\r\n"))
	}
	wrong := `{"family":{"persons":[{"id":1,"name":"Zoé"}],`
	for _, c := range []struct {
		name, file, text string
		refused          bool
		nl, en           string // what is told beside the picture, or instead of it
	}{
		{"UTF-8", "f.ged", zoe("UTF-8", "\n"), false, "", ""},
		{"UTF-8 with a mark", "f.ged", "\ufeff" + zoe("UTF-8", "\n"), false, "", ""},
		{"UTF-16, small end first, with a mark", "f.ged", utf16(unicode.LittleEndian, unicode.UseBOM), false, "", ""},
		{"UTF-16, small end first, without", "f.ged", utf16(unicode.LittleEndian, unicode.IgnoreBOM), false, "", ""},
		{"UTF-16, large end first, with a mark", "f.ged", utf16(unicode.BigEndian, unicode.UseBOM), false, "", ""},
		{"UTF-16, large end first, without", "f.ged", utf16(unicode.BigEndian, unicode.IgnoreBOM), false, "", ""},
		{"ANSEL", "f.ged", strings.Replace(zoe("ANSEL", "\n"), "é", "\xe2e", 1), false, "", ""},
		{"ANSI", "f.ged", in(charmap.Windows1252, zoe("ANSI", "\r\n")), false, "", ""},
		{"Macintosh", "f.ged", in(charmap.Macintosh, zoe("MACINTOSH", "\r")), false, "", ""},
		{"lines that end in a return", "f.ged", zoe("UTF-8", "\r"), false, "", ""},
		{"lines that end in both", "f.ged", zoe("UTF-8", "\r\n"), false, "", ""},
		{"the name of the file in capitals", "F.GED", zoe("UTF-8", "\n"), false, "", ""},
		{"cut", "f.ged", strings.TrimSuffix(zoe("UTF-8", "\n"), "0 TRLR\n") + "1 BIRT\n2 DA", false,
			"regel 6: het bestand houdt op vóór de laatste regel, 0 TRLR; er kan iets ontbreken", "line 6: the file stops before its last line, 0 TRLR; the rest may be missing"},
		{"an alphabet that nobody knows", "f.ged", zoe("KLINGON", "\n"), false, "regel 1: het alfabet KLINGON is niet bekend", "line 1: the alphabet KLINGON is not known"},
		{"a date that is none", "f.ged", strings.Replace(zoe("UTF-8", "\n"), "0 TRLR", "1 BIRT\n2 DATE soon\n1 OCCU smid\n0 TRLR", 1), false,
			"regel 6: soon is geen datum; hij is opengelaten\nweggelaten, want een genogram laat het niet zien: OCCU 1", "line 6: soon is no date; it is left open\nleft out, since"},
		{"nothing", "f.ged", "", true, "Dit bestand is leeg.", "this file is empty"},
		{"a photograph", "f.ged", "\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01" + strings.Repeat("\x00\x80\xfe", 3000), true, "Dit is geen GEDCOM-bestand", "this is no GEDCOM file"},
		{"a letter", "f.ged", "Beste Ria,\ntot morgen.\n", true, "Dit is geen GEDCOM-bestand", "this is no GEDCOM file"},
		{"JSON under a wrong name", "f.ged", wrong + `"index":[1]}}`, true, "Dit is geen GEDCOM-bestand", "this is no GEDCOM file"},
		{"JSON", "f.json", wrong + `"index":[1]}}`, false, "", ""},
		{"no JSON", "f.json", zoe("UTF-8", "\n"), true, "dit is geen JSON van een familie", "this is no JSON of a family"},
		{"JSON that was cut", "f.json", wrong, true, "dit is geen JSON van een familie", "this is no JSON of a family"},
		{"JSON of something else", "f.json", `{"nodes":[]}`, true, `in deze JSON staat geen "family"`, `this JSON has no "family" in it`},
		{"JSON with a number for a name", "f.json", `{"family":{"persons":[{"id":1,"name":7}]}}`, true, "dit is geen JSON van een familie", "this is no JSON of a family"},
		{"JSON with a date that is none", "f.json", `{"family":{"persons":[{"id":1,"born":"soon"}]}}`, true, "dit is geen JSON van een familie", "this is no JSON of a family"},
		{"JSON with somebody who is nowhere", "f.json", wrong + `"index":[9]}}`, true, "index 9 is geen person van deze familie", "index 9 is no person of this family"},
		{"JSON with one identifier twice", "f.json", wrong + `"households":[{"id":1}]}}`, true, "het kenmerk 1 staat er twee keer", "the identifier 1 stands there twice"},
		{"JSON with a word that nobody knows", "f.json", wrong + `"unions":[{"id":2,"partners":[1],"states":[{"kind":"engaged"}]}]}}`, true, `"engaged" is geen state`, `"engaged" is not a state`},
		{"JSON of nobody", "f.json", `{"family":{"persons":[]}}`, true, "In dit bestand staat niemand.", "nobody stands in this file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), c.file)
			if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			for lang, want := range map[string]string{"nl": c.nl, "en": c.en} {
				out, told, err := drawn(t, app.Picture{File: path, Lang: lang})
				if (err != nil) != c.refused {
					t.Fatalf("%s: %v", lang, err)
				}
				if err != nil {
					told = err.Error()
				} else if !strings.Contains(out, "Zoé") {
					t.Errorf("%s: nobody of the name is drawn", lang)
				}
				if !strings.Contains(told, want) || want == "" && told != "" {
					t.Errorf("%s: told is %q, not %q", lang, told, want)
				}
			}
		})
	}
}
