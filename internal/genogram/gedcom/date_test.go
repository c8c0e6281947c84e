package gedcom

import "testing"

func TestTOO2_ADateIsAsExactAsAFileSaysIt(t *testing.T) {
	for text, want := range map[string][3]string{
		"3 MAR 1950":                       {"1950-03-03"},
		"03 Mar. 1950":                     {"1950-03-03"},
		"MAR 1950":                         {"1950-03"},
		"3 mrt 1950":                       {"1950-03-03"},
		"1950":                             {"1950"},
		"987":                              {"0987"},
		"ABT 1950":                         {"~1950"},
		"CAL 3 MAR 1950":                   {"~1950-03-03"},
		"EST 1950":                         {"~1950"},
		"BEF 1950":                         {"~1950"},
		"AFT MAR 1950":                     {"~1950-03"},
		"BET 1950 AND 1954":                {"~1952"},
		"BET 3 MAR 1950 AND 8 MAR 1950":    {"~1950"},
		"FROM 1950 TO MAR 1960":            {"1950", "1960-03"},
		"FROM 1950":                        {"1950"},
		"TO 1960":                          {"", "1960"},
		"INT 1950 (the year of the flood)": {"~1950"},
		"@#DGREGORIAN@ 3 MAR 1950":         {"1950-03-03"},
		"11 FEB 1731/32":                   {"~1732-02-11"},
		"1950-03-04":                       {"1950-03-04"},
		"23/03/1950":                       {"1950-03-23"},
		"03/23/1950":                       {"1950-03-23"},
		"03/04/1950":                       {"~1950"},
		"":                                 {""},
		"?":                                {""},
		"unknown":                          {""},
		"44 BC":                            {"", "", "before_christ"},
		"44 B.C.":                          {"", "", "before_christ"},
		"@#DJULIAN@ 3 MAR 1700":            {"", "", "other_calendar"},
		"HEBREW 3 TSH 5700":                {"", "", "other_calendar"},
		"FRENCH_R 3 VEND 3":                {"", "", "other_calendar"},
		"@#DROMAN@ x":                      {"", "", "other_calendar"},
		"(in the spring)":                  {"", "", "no_date"},
		"31 FEB 1950":                      {"1950-02", "", "no_such_day"},
		"1950-13-40":                       {"1950", "", "no_such_day"},
		"29 FEB 1900":                      {"1900-02", "", "no_such_day"},
		"last week":                        {"", "", "no_date"},
		"12":                               {"", "", "no_date"},
		"0":                                {"", "", "no_date"},
		"FROM":                             {"", "", "no_date"},
		"ABT":                              {"", "", "no_date"},
		"3 4 5 6":                          {"", "", "no_date"},
		"99999":                            {"", "", "no_date"},
		"FROM 1950 TO yesterday":           {"1950", "", "no_date"},
		"BET 1950 AND (the war)":           {"~1950", "", "no_date"},
	} {
		s, why := parseSpan(text)
		if got := [3]string{s.from.String(), s.until.String(), string(why)}; got != want {
			t.Errorf("%q is read as %q, not %q", text, got, want)
		}
	}
}
