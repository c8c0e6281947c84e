package gedcom

import (
	"strings"
	"testing"

	"maatje/internal/kin"
)

func TestTOO2_WhatAFileSaysOfAPerson(t *testing.T) {
	for parts, want := range map[string]kin.Person{
		"1 NAME Jan Piet /de Vries/ jr":               {Name: "Jan Piet de Vries jr"},
		"1 NAME //":                                   {},
		"1 NAME\n2 GIVN Jan\n2 SPFX de\n2 SURN Vries": {Name: "Jan de Vries"},
		"1 NAME Jan\n1 NAME Johan":                    {Name: "Jan"},
		"1 NAME a@@b":                                 {Name: "a@b"},
		"1 NAME Jan\n2 CONC neke":                     {Name: "Janneke"},
		"1 SEX M":                                     {Sex: "m"},
		"1 SEX Female":                                {Sex: "f"},
		"1 SEX X":                                     {Sex: "x"},
		"1 SEX U":                                     {},
		"1 BIRT\n2 DATE 1950":                         {Born: kin.When{Year: 1950}},
		"1 CHR\n2 DATE 3 MAR 1950":                    {Born: kin.When{Year: 1950, Month: 3, Day: 3, About: true}},
		"1 CHR\n2 DATE 1951\n1 BIRT\n2 DATE 1950":     {Born: kin.When{Year: 1950}},
		"1 DEAT Y":                                    {Dead: true},
		"1 DEAT":                                      {Dead: true},
		"1 DEAT N":                                    {},
		"1 DEAT\n2 DATE 1990":                         {Died: kin.When{Year: 1990}},
		"1 BURI\n2 PLAC Deventer":                     {Dead: true},
		"1 CREM Y":                                    {Dead: true},
		"1 DEAT\n2 AGE STILLBORN":                     {Life: "stillbirth", Dead: true},
		"1 OCCU baker\n1 NOTE x\n2 CONT 1 SEX M\n1 OBJE\n2 FILE x": {},
	} {
		told, missed := read(t, top+indi("I1", parts)+end)
		want.ID, want.Key = 1, "I1"
		if got := told.Family.Persons[0]; got != want || missed != "" {
			t.Errorf("%q is read as %+v, not %+v; %s", parts, got, want, missed)
		}
	}
}

func TestTOO2_WhatAFileSaysOfAUnion(t *testing.T) {
	for parts, want := range map[string]string{
		"1 MARR":                            "married",
		"1 MARR N":                          "",
		"1 MARR\n2 DATE 1990\n1 DIV Y":      "married 1990, divorced",
		"1 DIV Y\n1 MARR\n2 DATE 1990":      "married 1990, divorced",
		"1 DIV N\n1 MARR":                   "married",
		"1 ENGA\n2 DATE 1989\n1 MARR":       "together 1989, married",
		"1 EVEN\n2 TYPE Separation\n1 MARR": "married, separated",
		"1 MARR\n2 TYPE common law":         "together",
		"1 MARR\n2 TYPE civil":              "married",
		"1 EVEN\n2 TYPE Samenwonend":        "together",
		"1 EVEN\n2 TYPE moved house":        "",
		"1 ANUL":                            "divorced",
		"1 DIVF\n2 DATE 1999\n1 _SEPR":      "separated 1999, separated",
		"1 DIV\n2 DATE 1999\n1 MARR\n2 DATE 2001\n1 MARR\n2 DATE 1990": "married 1990, divorced 1999, married 2001",
	} {
		told, missed := read(t, top+indi("I1")+indi("I2")+fam("F1", "1 HUSB @I1@", "1 WIFE @I2@", parts)+end)
		var got []string
		for _, s := range told.Family.Unions[0].States {
			got = append(got, strings.TrimSpace(s.Kind+" "+s.From.String()))
		}
		if strings.Join(got, ", ") != want || missed != "" {
			t.Errorf("%q is read as %q, not %q; %s", parts, got, want, missed)
		}
	}
}

func TestTOO2_InWhichWaySomebodyIsAChild(t *testing.T) {
	for parts, want := range map[string]string{
		"1 FAMC @F1@":                                           "F1 birth",
		"1 FAMC @F1@\n2 PEDI birth":                             "F1 birth",
		"1 FAMC @F1@\n2 PEDI adopted":                           "F1 adopted",
		"1 FAMC @F1@\n2 PEDI FOSTER":                            "F1 foster_agency",
		"1 FAMC @F1@\n2 PEDI SEALING":                           "F1 unknown",
		"1 FAMC @F1@\n2 PEDI OTHER\n3 PHRASE Guardian":          "F1 guardian",
		"1 FAMC @F1@\n2 PEDI OTHER\n3 PHRASE raised":            "F1 unknown",
		"1 FAMC @F1@\n1 FAMC @F1@":                              "F1 birth",
		"1 FAMC @F1@\n1 FAMC @F2@\n2 PEDI adopted":              "F1 birth, F2 adopted",
		"1 FAMC @F2@\n1 ADOP\n2 DATE 1999\n2 FAMC @F1@":         "F1 adopted 1999, F2 birth",
		"1 FAMC @F1@\n1 ADOP\n2 DATE 1999\n2 FAMC @F1@":         "F1 adopted 1999",
		"1 BIRT\n2 FAMC @F1@\n1 ADOP\n2 FAMC @F2@\n3 ADOP BOTH": "F1 birth, F2 adopted",
		"1 ADOP Y":    "",
		"1 FAMC @F3@": "F3 adopted",
	} {
		third := ""
		if strings.Contains(parts, "F3") {
			third = fam("F3", "1 WIFE @I2@", "1 CHIL @I1@", "2 _FREL Adopted", "2 _MREL Adopted")
		}
		told, missed := read(t, top+indi("I1", parts)+indi("I2")+fam("F1", "1 HUSB @I2@")+fam("F2", "1 WIFE @I2@")+third+end)
		var got []string
		for _, l := range told.Family.Links {
			for _, u := range told.Family.Unions {
				if u.ID == l.Union {
					got = append(got, strings.TrimSpace(u.Key+" "+l.Kind+" "+l.From.String()))
				}
			}
		}
		if strings.Join(got, ", ") != want || missed != "" {
			t.Errorf("%q is read as %q, not %q; %s", parts, got, want, missed)
		}
	}
}

// seven is a file of version 7.0 from another program: its own words, a union of two women, and three who share a child.
const seven = "\ufeff" + `0 HEAD
1 GEDC
2 VERS 7.0
1 SCHMA
2 TAG _LIFE https://example.com/alive
0 @A1@ INDI
1 NAME @@nna
1 SEX F
1 _LIFE yes
1 FAMS @F1@
1 NO DEAT
0 @A2@ INDI
1 SEX F
0 @A3@ INDI
1 SEX M
1 FAMS @F1@
1 ASSO @A4@
2 ROLE OTHER
3 PHRASE Twin brother
0 @A4@ INDI
1 SEX M
1 BIRT
2 DATE BET 1990 AND 1992
2 SOUR @VOID@
0 @F1@ FAM
1 HUSB @A1@
1 WIFE @A2@
1 CHIL @A4@
0 TRLR
`

func TestTOO2_Version7OfAnotherProgram(t *testing.T) {
	told, missed := read(t, seven)
	f := told.Family
	if missed != "" || told.Version != "7.0" || f.Persons[0].Name != "@nna" || f.Persons[0].Life != "" || told.LeftOut["_LIFE"] != 1 {
		t.Errorf("%+v: %s", told, missed)
	}
	if u := f.Unions[0]; len(u.Partners) != 3 || f.Persons[3].Born.String() != "~1991" {
		t.Errorf("%+v", f)
	}
	if len(f.Twins) != 1 || len(f.Twins[0].Children) != 2 {
		t.Errorf("%+v", f.Twins)
	}
}
