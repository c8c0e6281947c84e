package draw

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"maatje/internal/core"
	"maatje/internal/genogram/arrange"
	"maatje/internal/kin"
	"maatje/internal/web/text"
)

var out = flag.String("out", "", "a folder to write the pictures of the tests to, for somebody to look at")

func all(l text.Lang) Options {
	return Options{Lang: l, On: today, ShowAbuse: true, ShowContacts: true}
}

// TestTOO2_Pictures draws the invented families as files; go test -run Pictures -args -out DIR keeps them.
func TestTOO2_Pictures(t *testing.T) {
	for name, told := range goldens {
		b := written(t, told.f, all(text.NL))
		if *out == "" {
			continue
		}
		if err := os.WriteFile(filepath.Join(*out, strings.ReplaceAll(name, " ", "-")+".svg"), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTOO2_EverySignIsDrawnSomewhere(t *testing.T) {
	seen := map[string]bool{}
	for _, told := range goldens {
		for _, s := range picture(told.f, told.drawing(), all(text.NL)).Legend {
			if s.Word == "" || len(s.Marks) == 0 || seen[s.Word+" twice"] {
				t.Errorf("a sign is explained by %q and %d marks", s.Word, len(s.Marks))
			}
			seen[s.Word] = true
		}
	}
	s := studio{}
	for _, code := range signs() {
		if code != "tie_"+kin.Acquainted && !seen[s.signed(code)] {
			t.Errorf("no drawing shows the sign %s", code)
		}
	}
	if seen[text.NL.KinTie(kin.Acquainted)] {
		t.Error("that people know each other is drawn in a genogram")
	}
}

func TestTOO2_NoTwoTiesLookAlike(t *testing.T) {
	seen := map[string]string{}
	for _, kind := range kin.Ties[1:] {
		look := fmt.Sprint(tieMarks(kind, curve{{0, 0}, {100, 0}}))
		if other := seen[look]; other != "" {
			t.Errorf("%s looks like %s", kind, other)
		}
		seen[look] = kind
	}
	if len(seen) != 16 {
		t.Errorf("%d kinds of ties are drawn", len(seen))
	}
}

func TestTOO2_WhatThePictureSaysOfSomebody(t *testing.T) {
	told := goldens["fostered"]
	d := picture(told.f, told.drawing(), all(text.NL))
	for name, want := range map[string]string{
		"Sara de Boer": "Sara de Boer, om wie het gaat, 9 jaar, geboren 3 mei 2017, kind van Ron de Boer en Kim Jansen, " +
			"verzorgd door Wil Jansen sinds maart 2025.",
		"Henk Jansen": "Henk Jansen, geboren 1955, overleden 30 juni 2019, partner van Wil Jansen (getrouwd sinds 1980).",
		"Ron de Boer": "Ron de Boer, 40 jaar, geboren 1 juli 1986, zit vast, partner van Kim Jansen (samen sinds 2014, uit elkaar sinds 2024).",
		"Joost Smit": "Joost Smit, ca. 49 jaar, geboren ca. 1977, partner van Iris Smit (getrouwd sinds 2005), " +
			"woont in het huishouden Familie Smit sinds januari 2025.",
		"Daan de Boer": "Daan de Boer, ca. 4 jaar, geboren 2022, kind van Ron de Boer en Kim Jansen, " +
			"kind van Joost Smit en Iris Smit (pleegkind, via pleegzorg), woont in het huishouden Familie Smit sinds januari 2025.",
	} {
		i := slices.IndexFunc(d.People, func(p person) bool { return p.Name == name })
		if got := d.People[i].Sentence; got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	if want := "Genogram van Sara de Boer en Noor de Boer"; d.Title != want {
		t.Errorf("titled %q", d.Title)
	}
	want := "9 mensen in " + text.NL.DrawingGenerations(3) + ". Rond 2 huishoudens staat een lijn. De tekening gaat om Sara de Boer en Noor de Boer. " +
		"Wil Jansen zorgt voor Sara de Boer. Vast zit nu: Ron de Boer en Kim Jansen."
	if d.Desc != want {
		t.Errorf("described as %q", d.Desc)
	}
}

func TestTOO2_WhoWasNotBornIsCalledByThat(t *testing.T) {
	told := goldens["expecting"]
	d := picture(told.f, told.drawing(), all(text.NL))
	for _, want := range []string{"zwangerschap, kind van", "miskraam, kind van", "doodgeboren, kind van"} {
		if !slices.ContainsFunc(d.People, func(p person) bool { return strings.HasPrefix(p.Sentence, want) }) {
			t.Errorf("nobody is %s", want)
		}
	}
	for _, p := range d.People {
		if strings.Contains(p.Sentence, text.NL.DrawingNameless()) {
			t.Errorf("said of a child that was not born: %s", p.Sentence)
		}
	}
}

func TestINT8_WhoIsInsideCanBeLeftOut(t *testing.T) {
	told := goldens["fostered"]
	o := all(text.NL)
	o.HideDetention = true
	if b := written(t, told.f, o); bytes.Contains(b, []byte("vast")) || bytes.Contains(b, []byte("detention")) || bytes.Contains(b, []byte(`class="inside`)) {
		t.Error("a picture without detentions gives one away")
	}
	if b := written(t, told.f, all(text.NL)); !bytes.Contains(b, []byte("zit vast")) {
		t.Error("the mark is not explained")
	}
}

func TestTOO2_AbuseAndContactAreDrawnByChoiceAlone(t *testing.T) {
	for name, told := range map[string]*told{"hard words": goldens["hard words"], "network foster": goldens["network foster"], "fostered": goldens["fostered"]} {
		b := string(written(t, told.f, Options{On: today}))
		for _, word := range []string{"geweld", "mishandeling", "verwaarlozing", "beeldbellen", `data-kind="contact"`} {
			if strings.Contains(b, word) {
				t.Errorf("%s shows %q though nobody chose it", name, word)
			}
		}
	}
}

func TestTOO2_AgesAndYears(t *testing.T) {
	s := &studio{o: Options{On: core.MustDate("2026-11-14")}}
	for _, c := range []struct{ born, died, age, year string }{
		{"2017-11-14", "", "9", "2017"}, {"2017-11-15", "", "8", "2017"}, {"2017", "", "±9", "2017"}, {"2017-01", "", "9", "2017"},
		{"~1950", "", "±76", "ca. 1950"}, {"1950-01-01", "1999-12-31", "49", "1950"}, {"1950-06-01", "1999", "±49", "1950"}, {"2026-11-14", "", "0", "2026"},
		{"2027", "", "", "2027"}, {"1800", "", "", "1800"}, {"", "1990", "", ""},
	} {
		p := kin.Person{Born: when(c.born), Died: when(c.died)}
		if got := s.age(p); got != c.age {
			t.Errorf("born %s, died %s: inside stands %q, want %q", c.born, c.died, got, c.age)
		}
		if c.year != "" && s.year(p.Born) != c.year {
			t.Errorf("born %s: above stands %q", c.born, s.year(p.Born))
		}
	}
	if s.age(kin.Person{Born: when("1950"), Dead: true}) != "" {
		t.Error("who died nobody knows when has an age")
	}
}

func TestTOO2_NamesOnTwoLines(t *testing.T) {
	for name, want := range map[string][]string{
		"": nil, "Jo": {"Jo"}, "Sara de Boer": {"Sara de Boer"},
		"Maria Magdalena van der Westhuizen":      {"Maria Magdalena", "van der West…"},
		"Wolfeschlegelsteinhausenbergerdorff":     {"Wolfeschlegelst-", "einhausenber…"},
		"Anne-Wilhelmina-Margaretha Jansen":       {"Anne-", "Wilhelmina-M…"},
		strings.Repeat("a", 200):                  {strings.Repeat("a", 13) + "-", strings.Repeat("a", 11) + "…"},
		strings.TrimSpace(strings.Repeat("长", 9)): {"长长长长长-", "长长长长"},
	} {
		got := wrap(name, nameSize, across-10, 2)
		if !slices.Equal(got, want) {
			t.Errorf("%.30q is written %q, want %q", name, got, want)
		}
	}
}

func FuzzNames(f *testing.F) {
	for _, s := range []string{"Sara", "</text><script>", "\x00\xff", strings.Repeat("W", 200), "\u202eomgekeerd", "a̐é̐̐̐̐", "👩‍👧", "&#60;", "\"'>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, line := range wrap(clean(s), nameSize, across-10, 2) {
			if width(line, nameSize) > across || !utf8.ValidString(line) && utf8.ValidString(s) {
				t.Errorf("%q is written %q", s, line)
			}
		}
		told := tell("A f; B m", "C").union("A B", "C").home("H", "A", "").tie("A", "C", "close").care("A", "C", "2020")
		for i := range told.f.Persons {
			told.f.Persons[i].Name, told.f.Persons[i].Is = s, s
		}
		told.f.Households[0].Name = s
		whole(t, written(t, told.f, all(text.EN)))
	})
}

type failing interface {
	Errorf(string, ...any)
	Fatal(...any)
	Helper()
}

func written(t failing, f kin.Family, o Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, f, arrange.Of(f, nil), o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// whole reads a file as XML and counts what is drawn of each kind; nothing may carry its own style, or run.
func whole(t failing, b []byte) map[string]int {
	t.Helper()
	drawn := map[string]int{}
	for d := xml.NewDecoder(bytes.NewReader(b)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return drawn
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok {
			drawn[kindOf(t, e)]++
		}
	}
}

func kindOf(t failing, e xml.StartElement) string {
	of := map[string]string{}
	for _, a := range e.Attr {
		of[a.Name.Local] = a.Value
		if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") {
			t.Errorf("an attribute %s", a.Name.Local)
		}
	}
	if e.Name.Local == "script" || e.Name.Local == "foreignObject" {
		t.Errorf("an element %s", e.Name.Local)
	}
	return of["data-kind"] + " " + of["data-id"]
}

// anybody is a family as they occur: some generations, in which everything can be told of anybody.
func anybody(t *rapid.T) kin.Family {
	words := func(n int, of string) string { return strings.TrimSpace(strings.Repeat(of+" ", n)) }
	var rows, names []string
	for r := range rapid.IntRange(1, 4).Draw(t, "rows") {
		var row []string
		for i := range rapid.IntRange(1, 5).Draw(t, "row") {
			name := fmt.Sprintf("P%d.%d_%s", r, i, strings.ReplaceAll(words(rapid.IntRange(0, 3).Draw(t, "words"), "van_Wxyz"), " ", "_"))
			names = append(names, name)
			row = append(row, name+" "+rapid.SampledFrom([]string{"f", "m", "x", "?"}).Draw(t, "sex")+rapid.SampledFrom([]string{"", " ~1950", " 2001-02-03 2020"}).Draw(t, "dates"))
		}
		rows = append(rows, strings.Join(row, ";"))
	}
	told := tell(rows...).index(names[len(names)-1])
	anyone := rapid.SampledFrom(names)
	for r := range len(rows) - 1 {
		partners := namesOf(rows[r])[:1]
		if len(namesOf(rows[r])) > 1 && rapid.Bool().Draw(t, "couple") {
			partners = namesOf(rows[r])[:2]
		}
		told.union(strings.Join(partners, " "), strings.Join(namesOf(rows[r+1]), " "), rapid.SampledFrom(kin.States).Draw(t, "state"))
	}
	if len(told.f.Unions) > 0 && rapid.Bool().Draw(t, "fostered") {
		if last := namesOf(rows[len(rows)-1]); len(last) > 1 {
			told.link(last[0], rapid.SampledFrom(kin.Links[1:]).Draw(t, "link")).twins(last[0]+" "+last[1], rapid.Bool().Draw(t, "identical"))
		}
	}
	for range rapid.IntRange(0, 2).Draw(t, "homes") {
		told.home("Bij "+anyone.Draw(t, "home"), anyone.Draw(t, "lives"), "2020")
	}
	for range rapid.IntRange(0, 2).Draw(t, "inside") {
		told.inside(anyone.Draw(t, "who is inside"))
	}
	for range rapid.IntRange(0, 5).Draw(t, "ties") {
		a, b := anyone.Draw(t, "a"), anyone.Draw(t, "b")
		told.tie(a, b, rapid.SampledFrom(kin.Ties).Draw(t, "tie"))
		if a != b {
			told.care(b, a, "2024-03")
		}
	}
	return told.f
}

func namesOf(row string) (out []string) {
	for one := range strings.SplitSeq(row, ";") {
		name, _, _ := strings.Cut(one, " ")
		out = append(out, name)
	}
	return out
}

func TestTOO2_EverythingIsDrawnOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anybody(t)
		b := written(t, f, all(text.NL))
		if !bytes.Equal(b, written(t, f, all(text.NL))) {
			t.Error("the same family is drawn in two ways")
		}
		drawn := whole(t, b)
		once := func(kind string, id core.ID) {
			if n := drawn[kind+" "+id.String()]; n != 1 {
				t.Errorf("%s %s is drawn %d times", kind, id, n)
			}
		}
		for _, p := range f.Persons {
			once("person", p.ID)
		}
		for _, u := range f.Unions {
			once("union", u.ID)
		}
		for _, l := range f.Links {
			once("link", l.ID)
		}
		for _, h := range f.Households {
			once("household", h.ID)
		}
		for _, d := range f.Detentions {
			once("detention", d.ID)
		}
		for _, c := range f.Cares {
			once("care", c.ID)
		}
		for _, tie := range f.Ties {
			if tie.Kind != kin.Acquainted && tie.A != tie.B {
				once("tie", tie.ID)
			}
		}
	})
}

func TestTOO2_NoWordLiesOnAnother(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anybody(t)
		d := picture(f, arrange.Of(f, nil), all(text.NL))
		words := slices.Clone(d.Words)
		for _, p := range d.People {
			words = append(words, p.Words...)
		}
		for i, w := range words {
			a := w.box()
			if a.x0 < d.Box.x0 || a.y0 < d.Box.y0 || a.x1 > d.Box.x1 || a.y1 > d.Box.y1 {
				t.Errorf("%q hangs out of the picture", w.Text)
			}
			for _, other := range words[i+1:] {
				b := other.box()
				if min(a.x1, b.x1)-max(a.x0, b.x0) > .5 && min(a.y1, b.y1)-max(a.y0, b.y0) > 3 {
					t.Errorf("%q lies on %q", w.Text, other.Text)
				}
			}
		}
	})
}

func TestTOO2_ArrowsReachEverybody(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anybody(t)
		cut, left := Around(f, f.Index[0], rapid.IntRange(0, 3).Draw(t, "generations"))
		to := func(id core.ID) string { return "/" + id.String() }
		d := picture(cut, arrange.Of(cut, nil), Options{Link: to, MoreLink: to, More: left})
		ways, first := map[string]walk{}, ""
		for _, p := range d.People {
			ways[p.Anchor] = p.Walk
			if p.First {
				first = p.Anchor
			}
			if p.More != nil {
				ways[p.More.Anchor] = p.More.Walk
			}
		}
		seen, front := map[string]bool{first: true}, []string{first}
		for ; len(front) > 0; front = front[1:] {
			w := ways[front[0]]
			for _, to := range []string{w.Up, w.Down, w.Left, w.Right} {
				if _, there := ways[to]; to != "" && !there {
					t.Errorf("an arrow leads to nobody: %s", to)
				}
				if to != "" && !seen[to] {
					seen[to] = true
					front = append(front, to)
				}
			}
		}
		if len(seen) != len(ways) {
			t.Errorf("the arrows reach %d of %d", len(seen), len(ways))
		}
	})
}

func TestTOO2_TheYearsOfAUnion(t *testing.T) {
	at := func(kind, from string) kin.State { return kin.State{Kind: kind, From: when(from)} }
	for want, states := range map[string][]kin.State{
		"":                  {at("married", "")},
		"2010":              {at("married", "2010-05-03")},
		"2010–2018":         {at("married", "2010"), at("divorced", "2018")},
		"2006, 2011–2015":   {at("together", "2006"), at("married", "2011"), at("separated", "2015"), at("divorced", "2017")},
		"2011–2015, 2016":   {at("married", "2011"), at("separated", "2015"), at("reunited", "2016")},
		"–2018":             {at("married", ""), at("divorced", "2018")},
		"ca. 2010–ca. 2018": {at("together", "~2010"), at("separated", "~2018")},
	} {
		s := &studio{l: text.NL}
		if got := s.bondYears(kin.Union{States: states}); got != want {
			t.Errorf("%v stands as %q, want %q", states, got, want)
		}
	}
}
