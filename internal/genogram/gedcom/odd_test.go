package gedcom

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"maatje/internal/genogram/arrange"
)

const top, end = "0 HEAD\n1 GEDC\n2 VERS 5.5.1\n", "0 TRLR\n"

// indi and fam write records.
func indi(key string, parts ...string) string {
	return "0 @" + key + "@ INDI\n" + strings.Join(append(parts, ""), "\n")
}

func fam(key string, parts ...string) string {
	return "0 @" + key + "@ FAM\n" + strings.Join(append(parts, ""), "\n")
}

// odd are files as they are found, with how many people and children come in, and what is told.
var odd = []struct {
	name, text    string
	people, links int
	missed        []string
}{
	{"cut in a name", top + indi("I1", "1 NAME An"), 1, 0, []string{"line 5: the file stops before its last line, 0 TRLR; the rest may be missing"}},
	{"cut in a tag", top + indi("I1") + "1 BI", 1, 0, []string{"line 5: the file stops before its last line, 0 TRLR; the rest may be missing"}},
	{"cut before the families", top + indi("I1", "1 FAMS @F1@") + indi("I2", "1 FAMC @F1@"), 2, 0, []string{
		"line 5: F1 is nowhere in the file", "line 7: the file stops before its last line, 0 TRLR; the rest may be missing", "line 7: F1 is nowhere in the file",
	}},
	{"no head", indi("I1", "1 NAME Anna") + end, 1, 0, []string{"line 1: the file does not begin with 0 HEAD"}},
	{"levels that jump", top + indi("I1", "1 BIRT", "4 DATE 1950", "9 PLAC x") + end, 1, 0, []string{
		"line 6: the level jumps to 4; it is read as a part of the line above it", "line 7: the level jumps to 9; it is read as a part of the line above it",
	}},
	{"lines that are none", top + indi("I1", "1 NAME Anna", "she said so", "1 NOTE x", "@ 1", "999 X y") + end, 1, 0, []string{
		"line 6: this is no line of a GEDCOM file", "line 8: this is no line of a GEDCOM file", "line 9: this is no line of a GEDCOM file",
	}},
	{"one person twice", top + indi("I1", "1 NAME Anna") + indi("I1", "1 NAME Bas") + end, 1, 0, []string{"line 6: I1 stands in the file twice; the first is kept"}},
	{"people who are not there", top + indi("I1") + fam("F1", "1 HUSB @I9@", "1 WIFE @I1@", "1 CHIL @I8@") + end, 1, 0, []string{
		"line 6: I9 is nowhere in the file", "line 8: I8 is nowhere in the file",
	}},
	{"a union with oneself", top + indi("I1") + fam("F1", "1 HUSB @I1@", "1 WIFE @I1@") + end, 1, 0, []string{"line 7: I1 is tied to themselves"}},
	{"one's own child", top + indi("I1") + fam("F1", "1 HUSB @I1@", "1 CHIL @I1@") + end, 1, 0, []string{"line 7: I1 is named as their own child"}},
	{"one's own grandfather by birth", top + indi("I1") + indi("I2") + fam("F1", "1 HUSB @I1@", "1 CHIL @I2@") + fam("F2", "1 HUSB @I2@", "1 CHIL @I1@") + end, 2, 1, []string{
		"line 4: I1 would be their own ancestor; this parent is left out",
	}},
	{"one's own grandfather by marriage", top + indi("I1") + indi("I2") + indi("I3") + indi("I4") + fam("F1", "1 HUSB @I3@", "1 CHIL @I1@") +
		fam("F2", "1 WIFE @I2@", "1 CHIL @I4@") + fam("F3", "1 HUSB @I1@", "1 WIFE @I2@") + fam("F4", "1 HUSB @I3@", "1 WIFE @I4@") + end, 4, 2, nil},
	{"placements that go round", top + indi("I1", "1 FAMC @F2@", "2 PEDI foster") + indi("I2", "1 FAMC @F1@", "2 PEDI foster") +
		fam("F1", "1 HUSB @I1@", "1 CHIL @I2@") + fam("F2", "1 HUSB @I2@", "1 CHIL @I1@") + end, 2, 2, nil},
	{"an uncle and his niece", top + indi("I1") + indi("I2") + indi("I3") + indi("I4") + fam("F1", "1 HUSB @I1@", "1 CHIL @I2@", "1 CHIL @I3@") +
		fam("F2", "1 HUSB @I2@", "1 CHIL @I4@") + fam("F3", "1 HUSB @I3@", "1 WIFE @I4@") + end, 4, 3, nil},
	{"two families without a link", top + indi("I1") + indi("I2") + indi("I3") + indi("I4") + fam("F1", "1 HUSB @I1@", "1 CHIL @I2@") +
		fam("F2", "1 HUSB @I3@", "1 CHIL @I4@") + end, 4, 2, nil},
	{"a child older than its parent", top + indi("I1", "1 BIRT", "2 DATE 1990") + indi("I2", "1 BIRT", "2 DATE 1950") + fam("F1", "1 HUSB @I1@", "1 CHIL @I2@") + end, 2, 1, nil},
	{"a name of 200 letters, and one of 5000", top + indi("I1", "1 NAME "+strings.Repeat("x", 200)) + indi("I2", "1 NAME "+strings.Repeat("long ", 1000)) + end, 2, 0, nil},
	{"nothing is known of anybody", top + indi("I1") + indi("I2") + indi("I3") + fam("F1", "1 HUSB @I1@", "1 CHIL @I2@", "1 CHIL @I3@") + end, 3, 2, nil},
	{"children whom the family does not name", top + indi("I1", "1 FAMS @F1@") + indi("I2", "1 FAMC @F1@") + fam("F1") + end, 2, 1, nil},
	{"a union of nobody", top + indi("I1") + indi("I2") + fam("F1", "1 CHIL @I1@", "1 CHIL @I2@") + end, 2, 2, nil},
	{"a person without a name in the file", top + "0 INDI\n1 NAME Anna\n" + indi("I2") + end, 2, 0, nil},
	{"words that nobody knows", top + indi("I1", "1 SEX ?", "1 FAMC @F1@", "2 PEDI borrowed") + indi("I2") + fam("F1", "1 HUSB @I2@", "1 CHIL @I1@") + end, 2, 1, []string{
		"line 5: ? is not a word that is known here", "line 7: borrowed is not a word that is known here",
	}},
	{"pointers to nothing", top + indi("I1", "1 FAMS @@", "1 FAMC @VOID@", "1 FAMS") + fam("F1", "1 HUSB @VOID@", "1 WIFE") + end, 1, 0, nil},
	{"letters of nothing at all", top + indi("I1", "1 NAME \x00\x01\x02\xff") + end, 1, 0, []string{
		"line 5: letters from here on are not in the alphabet that the file names; they are read as Windows-1252",
	}},
	{"thirty partners", top + partners(30), 61, 30, nil},
	{"five hundred people", top + crowd(500), 500, 499, nil},
}

// partners is somebody with so many partners, and a child of each.
func partners(n int) string {
	s := indi("I0", "1 SEX M")
	for i := 1; i <= n; i++ {
		s += indi(fmt.Sprintf("I%d", i), "1 SEX F") + indi(fmt.Sprintf("C%d", i))
		s += fam(fmt.Sprintf("F%d", i), "1 HUSB @I0@", fmt.Sprintf("1 WIFE @I%d@", i), fmt.Sprintf("1 CHIL @C%d@", i))
	}
	return s + end
}

// crowd is a family in which everybody but the first has one parent and two children.
func crowd(n int) string {
	var s strings.Builder
	for i := range n {
		s.WriteString(indi(fmt.Sprintf("I%d", i)) + fam(fmt.Sprintf("F%d", i), fmt.Sprintf("1 HUSB @I%d@", i)))
		for _, c := range []int{2*i + 1, 2*i + 2} {
			if c < n {
				fmt.Fprintf(&s, "1 CHIL @I%d@\n", c)
			}
		}
	}
	return s.String() + end
}

func TestTOO2_AnOddFileGivesWhatCanBeReadAndAListOfWhatCannot(t *testing.T) {
	for _, c := range odd {
		t.Run(c.name, func(t *testing.T) {
			told, missed := read(t, c.text)
			if f := told.Family; len(f.Persons) != c.people || len(f.Links) != c.links {
				t.Errorf("%d people and %d links, not %d and %d", len(f.Persons), len(f.Links), c.people, c.links)
			}
			if want := strings.Join(c.missed, "\n"); missed != want {
				t.Errorf("told is\n%s\nnot\n%s", missed, want)
			}
			once := written(t, told)
			again, _ := read(t, once)
			if twice := written(t, again); twice != once {
				t.Errorf("first\n%s\nthen\n%s", once, twice)
			}
			throughJSON(t, told.Family)
			if d := arrange.Of(told.Family, nil); len(d.Places) > len(told.Family.Persons) {
				t.Errorf("%d places for %d people", len(d.Places), len(told.Family.Persons))
			}
		})
	}
}

func TestTOO2_WhatIsNoFamilyIsRefusedWithASentence(t *testing.T) {
	for _, c := range []struct {
		name string
		file io.Reader
		want error
	}{
		{"nothing", strings.NewReader(""), ErrEmpty},
		{"empty lines", strings.NewReader("\n\n\r\n"), ErrNoGEDCOM},
		{"a letter", strings.NewReader("Dear madam,\nthank you.\n"), ErrNoGEDCOM},
		{"a picture", bytes.NewReader([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")), ErrNoGEDCOM},
		{"a head alone", strings.NewReader(top + end), ErrNobody},
		{"too many people", strings.NewReader(top + crowd(MaxPersons+1)), ErrTooMany},
		{"too many records", io.MultiReader(strings.NewReader(top+indi("I1")), again("0 FAM\n", maxRecords+1)), ErrTooTangly},
		{"too many ties", io.MultiReader(strings.NewReader(top+indi("I1")), again("0 FAM\n"+strings.Repeat("1 CHIL @I1@\n", 10), maxRecords-1)), ErrTooTangly},
		{"a hundred megabytes", io.MultiReader(strings.NewReader(top+indi("I1")), again("1 NOTE "+strings.Repeat("x", 2000)+"\n", 50000)), ErrTooLarge},
		{"a hundred megabytes in one line", again(strings.Repeat("x", 2000), 50000), ErrTooLarge},
	} {
		if _, err := Read(c.file); !errors.Is(err, c.want) {
			t.Errorf("%s is answered with %v, not %v", c.name, err, c.want)
		}
	}
}

// again is a text so many times, without having it in memory.
func again(text string, times int) io.Reader {
	return io.MultiReader(slices.Collect(func(yield func(io.Reader) bool) {
		for range times {
			if !yield(strings.NewReader(text)) {
				return
			}
		}
	})...)
}

func TestTOO2_OfAThousandMistakesTwoHundredAreTold(t *testing.T) {
	told, _ := read(t, top+indi("I1")+strings.Repeat("nonsense\n", 1000)+end)
	if len(told.Missed) != maxMissed || told.More != 1000-maxMissed {
		t.Errorf("%d are told and %d counted", len(told.Missed), told.More)
	}
}

func TestTOO2_EveryReasonHasItsSentence(t *testing.T) {
	for _, why := range []Why{
		NoLine, LongLine, LongRecord, LevelJump, NoHead, CutOff, SecondRecord, NoRecord, OtherLetters, UnknownCharset, OtherCalendar, BeforeChrist,
		NoDate, NoSuchDay, WithOneself, OwnChild, OwnAncestor, UnknownWord,
	} {
		if s := (Missed{7, why, "x"}).String(); !strings.HasPrefix(s, "line 7: ") || strings.Contains(s, "%") || len(s) < 20 {
			t.Errorf("%s is told as %q", why, s)
		}
	}
}
