package gedcom

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"maatje/internal/kin"
)

// throughJSON holds that a family that is written and read is written the same.
func throughJSON(t rapid.TB, f kin.Family) {
	t.Helper()
	var once, twice bytes.Buffer
	if err := WriteJSON(&once, f); err != nil {
		t.Fatal(err)
	}
	again, err := ReadJSON(bytes.NewReader(once.Bytes()))
	if err != nil {
		t.Fatalf("%v of what we wrote: %s", err, once.String())
	}
	if err := WriteJSON(&twice, again); err != nil || once.String() != twice.String() {
		t.Errorf("first\n%s\nthen\n%s: %v", once.String(), twice.String(), err)
	}
}

func TestTOO2_AFamilyGoesThroughJSON(t *testing.T) {
	told, _ := read(t, small)
	throughJSON(t, told.Family)
}

func TestTOO2_JSONThatIsNoFamilyIsRefusedWithASentence(t *testing.T) {
	for text, want := range map[string]string{
		``:                          "this file is empty",
		`{`:                         "this is no JSON of a family: unexpected EOF",
		`{}`:                        `this JSON has no "family" in it`,
		`{"family":{"persons":1}}`:  "this is no JSON of a family: json: cannot unmarshal number into Go struct field familyJSON.family.persons of type []kin.Person",
		`{"family":{"persons":[]}}`: "nobody stands in this file",
		`{"family":{"persons":[{"id":1,"born":"x"}]}}`:                           `this is no JSON of a family: not a date: "x"`,
		`{"family":{"persons":[{"id":0}]}}`:                                      "a person has no identifier above 0",
		`{"family":{"persons":[{"id":1},{"id":1}]}}`:                             "the identifier 1 stands there twice",
		`{"family":{"persons":[{"id":1,"sex":"q"}]}}`:                            `"q" is not a sex that is known here`,
		`{"family":{"index":[2],"persons":[{"id":1}]}}`:                          "index 2 is no person of this family",
		`{"family":{"persons":[{"id":1}],"unions":[{"id":2,"partners":[1,1]}]}}`: "partners names 1 twice",
		`{"family":{"persons":[{"id":1}],"unions":[{"id":2,"partners":[1]}],"links":[{"id":3,"child":1,"union":2,"kind":"birth"}]}}`:                                                                              "person 1 is named as their own child",
		`{"family":{"persons":[{"id":1},{"id":2}],"unions":[{"id":3,"partners":[1]},{"id":4,"partners":[2]}],"links":[{"id":5,"child":2,"union":3,"kind":"birth"},{"id":6,"child":1,"union":4,"kind":"birth"}]}}`: "person 1 would be their own ancestor",
		`{"family":{"persons":[{"id":1},{"id":2}],"ties":[{"id":3,"a":1,"b":2,"kind":"x"}]}}`:                                                                                                                     `"x" is not a tie that is known here`,
		`{"family":{"persons":[{"id":1},{"id":2}],"places":[{"id":3,"centre":1,"person":2,"ring":-1}]}}`:                                                                                                          "-1 is no ring",
	} {
		if _, err := ReadJSON(strings.NewReader(text)); err == nil || err.Error() != want {
			t.Errorf("%s is answered with %v", text, err)
		}
	}
}

func FuzzReadJSON(f *testing.F) {
	for _, s := range []string{``, `{}`, `{"family":{"persons":[{"id":1,"name":"x","born":"~1950"}]}}`, `{"family":{"index":[1],"persons":[{"id":1},{"id":2}],"stays":[{"id":3}]}}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if family, err := ReadJSON(strings.NewReader(s)); err == nil {
			throughJSON(t, family)
			family, err := Read(strings.NewReader(written(t, Told{Family: family})))
			if err != nil || len(family.Missed) > 0 {
				t.Errorf("%s as GEDCOM: %v %v", s, err, family.Missed)
			}
		}
	})
}
