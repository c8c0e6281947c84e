package draw

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"maatje/internal/core"
	"maatje/internal/kin"
)

// clan has four generations, a half sister, a carer beside the family, and somebody whom no line joins to anybody.
func clan() *told {
	return tell("Overgrootje f", "Opa m; Oma f; Buuf f", "Oom m; Mama f; Papa m; Ex f", "Nicht f; Kind f; Broer m; Half f", "Kleintje", "Los").
		union("Overgrootje", "Opa").union("Opa Oma", "Oom Mama").union("Oom", "Nicht").union("Papa Mama", "Kind Broer").
		union("Papa Ex", "Half").union("Nicht", "Kleintje").care("Buuf", "Kind", "2024").twins("Kind Broer", false).
		home("Thuis", "Mama Kind Oom", "").home("Ver", "Kleintje", "").inside("Papa Opa").tie("Mama", "Kind", "close").tie("Oom", "Nicht", "close").
		contact("Kind", "Papa", "phone", "").index("Kind")
}

func TestTOO2_AroundSomebody(t *testing.T) {
	for name, c := range map[string]struct {
		who         string
		generations int
		kept, left  string
	}{
		"nobody but them":         {"Kind", 0, "Kind", "Kind 12, nobody 1"},
		"one generation":          {"Kind", 1, "Buuf Mama Papa Kind Broer Half", "Mama 6, Papa 1, nobody 1"},
		"two":                     {"Kind", 2, "Opa Oma Buuf Oom Mama Papa Ex Kind Broer Half", "Oom 2, Opa 1, nobody 1"},
		"everybody near":          {"Kind", 9, "Overgrootje Opa Oma Buuf Oom Mama Papa Ex Nicht Kind Broer Half Kleintje", "nobody 1"},
		"from the middle":         {"Oom", 1, "Opa Oma Oom Mama Nicht", "Mama 6, Nicht 1, Opa 1, nobody 1"},
		"without anybody":         {"Los", 1, "Los", "nobody 13"},
		"less than no generation": {"Kind", -1, "Kind", "Kind 12, nobody 1"},
	} {
		t.Run(name, func(t *testing.T) {
			told := clan()
			names := map[core.ID]string{0: "nobody"}
			for n, id := range told.ids {
				names[id] = n
			}
			cut, left := Around(told.f, told.ids[c.who], c.generations)
			var kept []string
			for _, p := range cut.Persons {
				kept = append(kept, p.Name)
			}
			if got := strings.Join(kept, " "); got != c.kept {
				t.Errorf("kept %s, want %s", got, c.kept)
			}
			sum := 0
			for _, n := range left {
				sum += n
			}
			if sum+len(kept) != len(told.f.Persons) {
				t.Errorf("%d kept and %d left of %d", len(kept), sum, len(told.f.Persons))
			}
			var said []string
			for id, n := range left {
				said = append(said, names[id]+" "+strconv.Itoa(n))
			}
			slices.Sort(said)
			if got := strings.Join(said, ", "); got != c.left {
				t.Errorf("left %s, want %s", got, c.left)
			}
		})
	}
}

func TestTOO2_AroundKeepsWhatTies(t *testing.T) {
	told := clan()
	cut, _ := Around(told.f, told.ids["Kind"], 1)
	if len(cut.Unions) != 2 || len(cut.Links) != 3 || len(cut.Twins) != 1 || len(cut.Cares) != 1 || len(cut.Ties) != 1 || len(cut.Contacts) != 1 || len(cut.Detentions) != 1 {
		t.Errorf("kept %+v", cut)
	}
	if len(cut.Households) != 1 || len(cut.Stays) != 2 || !slices.Equal(cut.Index, told.f.Index) {
		t.Errorf("kept %+v", cut)
	}
	if len(told.f.Unions[4].Partners) != 2 {
		t.Error("the family itself was changed")
	}
	same, left := Around(told.f, 99999, 1)
	if len(same.Persons) != len(told.f.Persons) || left != nil {
		t.Error("around nobody something was cut")
	}
	told.change("Buuf", func(p *kin.Person) { p.Beyond = "friends" })
	if same, _ = Around(told.f, told.ids["Buuf"], 1); len(same.Persons) != len(told.f.Persons) {
		t.Error("around somebody beyond the family something was cut")
	}
}

func TestTOO2_AroundCountsEverybodyOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anybody(t)
		cut, left := Around(f, f.Index[0], rapid.IntRange(0, 4).Draw(t, "generations"))
		sum := len(cut.Persons)
		for id, n := range left {
			sum += n
			if !id.IsZero() && !slices.ContainsFunc(cut.Persons, func(p kin.Person) bool { return p.ID == id }) || n < 1 {
				t.Errorf("%d are left with %s, who is not there", n, id)
			}
		}
		if sum != len(f.Persons) {
			t.Errorf("%d of %d are kept or counted", sum, len(f.Persons))
		}
	})
}
