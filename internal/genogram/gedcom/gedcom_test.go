package gedcom

import (
	"bytes"
	"strings"
	"testing"
)

// small is a family in the words of version 5.5.1, with what real files have: a second marriage, foster care, a twin, a source.
const small = `0 HEAD
1 SOUR SOMEBODY
1 GEDC
2 VERS 5.5.1
1 CHAR UTF-8
1 SUBM @U1@
0 @U1@ SUBM
1 NAME Bas /Bakker/
0 @I1@ INDI
1 NAME Anna /de Boer/
2 SURN de Boer
1 SEX F
1 BIRT
2 DATE 3 MAR 1970
2 PLAC Deventer
1 NOTE She moved
2 CONT twice.
1 FAMS @F1@
1 FAMS @F2@
0 @I2@ INDI
1 NAME Cor /Bakker/
1 SEX M
1 DEAT Y
1 FAMS @F1@
0 @I3@ INDI
1 NAME Bas /Bakker/
1 SEX M
1 BIRT
2 DATE ABT 1995
1 FAMC @F1@
1 FAMC @F2@
2 PEDI foster
0 @I4@ INDI
1 NAME Dirk /Smit/
1 SEX M
1 FAMS @F2@
0 @I5@ INDI
1 NAME Eef /Smit/
1 SEX F
1 BIRT
2 DATE 6 JUN 2001
1 FAMC @F2@
0 @I6@ INDI
1 NAME Fien /Smit/
1 SEX F
1 BIRT
2 DATE 6 JUN 2001
1 FAMC @F2@
0 @F1@ FAM
1 HUSB @I2@
1 WIFE @I1@
1 CHIL @I3@
1 DIV Y
1 MARR
2 DATE 1994
0 @F2@ FAM
1 HUSB @I4@
1 WIFE @I1@
1 CHIL @I3@
1 CHIL @I5@
1 CHIL @I6@
1 MARR
2 DATE 2 FEB 2000
0 TRLR
`

// read reads text that must be read, and gives what was missed as one text.
func read(t *testing.T, text string) (Told, string) {
	t.Helper()
	told, err := Read(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%v of %q", err, text)
	}
	var missed []string
	for _, m := range told.Missed {
		missed = append(missed, m.String())
	}
	return told, strings.Join(missed, "\n")
}

// written is the family as GEDCOM 7.0.
func written(t *testing.T, told Told) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, told.Family); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTOO2_AFamilyComesInFromAFile(t *testing.T) {
	told, missed := read(t, small)
	f := told.Family
	if missed != "" || told.Version != "5.5.1" || len(f.Persons) != 6 || len(f.Unions) != 2 || len(f.Links) != 4 {
		t.Fatalf("%d people, %d unions, %d links; missed %q", len(f.Persons), len(f.Unions), len(f.Links), missed)
	}
	anna, cor, bas := f.Persons[0], f.Persons[1], f.Persons[2]
	if anna.Name != "Anna de Boer" || anna.Sex != "f" || anna.Key != "I1" || anna.Born.String() != "1970-03-03" || anna.HasDied() {
		t.Errorf("Anna is %+v", anna)
	}
	if !cor.HasDied() || bas.Born.String() != "~1995" {
		t.Errorf("Cor is %+v, Bas %+v", cor, bas)
	}
	if states := f.Unions[0].States; len(states) != 2 || f.Unions[0].Now() != "divorced" || states[0].From.String() != "1994" {
		t.Errorf("the first union was %v", states)
	}
	if len(f.Index) != 1 || f.Index[0] != bas.ID {
		t.Errorf("the picture is of %v, not of who handed the file in", f.Index)
	}
	if f.Links[0].Kind != "birth" || f.Links[1].Child != bas.ID || f.Links[1].Kind != "foster_agency" {
		t.Errorf("the links are %+v", f.Links)
	}
	if len(f.Twins) != 1 || len(f.Twins[0].Children) != 2 {
		t.Errorf("the twins are %+v", f.Twins)
	}
	if told.LeftOut["NOTE"] != 1 || told.LeftOut["PLAC"] != 1 {
		t.Errorf("left out is %v", told.LeftOut)
	}
}

func TestTOO2_WhatWentOutComesInAndGoesOutTheSame(t *testing.T) {
	told, _ := read(t, small)
	once := written(t, told)
	again, missed := read(t, once)
	if missed != "" {
		t.Error(missed)
	}
	if twice := written(t, again); twice != once {
		t.Errorf("first\n%s\nthen\n%s", once, twice)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte(seven))
	for _, c := range odd[:len(odd)-2] { // without the two large ones
		f.Add([]byte(c.text))
	}
	for _, s := range []string{"", "0", "0 HEAD", "0 @I1@ INDI\n1 DEAT Y", "\xff\xfe0\x00 \x00H\x00E\x00A\x00D\x00", "0 HEAD\r1 CHAR ANSEL\r0 @I@ INDI\r1 NAME \xe2e\xe2"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		told, err := Read(bytes.NewReader(b))
		if err != nil {
			return
		}
		once := written(t, told)
		again, err := Read(strings.NewReader(once))
		if err != nil {
			t.Fatalf("%v of what we wrote: %s", err, once)
		}
		if len(again.Missed) > 0 {
			t.Errorf("%s in what we wrote: %s", again.Missed[0], once)
		}
		if twice := written(t, again); twice != once {
			t.Errorf("first\n%s\nthen\n%s", once, twice)
		}
		throughJSON(t, told.Family)
	})
}
