package house

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// list is a whole list of requirements, all of level 1 and not applying, but for the rows that are given.
func list(rows ...string) string {
	out := []string{"id,level,applies,evidence,reason"}
	for chapter, n := range asvsRows {
		for i := range n {
			id := fmt.Sprintf("V%d.2.%d", chapter, i)
			given := slices.IndexFunc(rows, func(r string) bool { return strings.HasPrefix(r, id+",") })
			if given >= 0 {
				out = append(out, rows[given])
				continue
			}
			out = append(out, id+",1,no,,nothing of the kind")
		}
	}
	return strings.Join(out, "\n") + "\n"
}

func TestASVS(t *testing.T) {
	source := texts{
		"internal/web/page.go": "package web\nfunc Show() {}\nconst most = 1",
		"docs/page.md":         "# Page\n\n## What comes in\n",
		"web/app.ts":           "export function busy() {}",
	}
	tests := map[string]struct {
		page string
		want []string
	}{
		"nothing applies":      {list(), nil},
		"not there":            {"", []string{"not there"}},
		"other columns":        {"id,level\nV1.2.0,1\n", []string{"cannot be read"}},
		"a function":           {list("V1.2.0,1,yes,internal/web/page.go:Show,"), nil},
		"a constant":           {list("V1.2.0,2,yes,internal/web/page.go:most,"), nil},
		"a file":               {list("V1.2.0,2,yes,internal/web/page.go,"), nil},
		"words of a script":    {list("V1.2.0,1,yes,web/app.ts:busy,"), nil},
		"two":                  {list("V1.2.0,1,yes,web/app.ts:busy; internal/web/page.go:Show,"), nil},
		"one of two is gone":   {list("V1.2.0,1,yes,web/app.ts:busy; internal/web/page.go:Hide,"), []string{"V1.2.0 names internal/web/page.go:Hide, which does not hold that"}},
		"a file that is gone":  {list("V1.2.0,1,yes,internal/web/gone.go,"), []string{"which is not there"}},
		"words that are gone":  {list("V1.2.0,1,yes,web/app.ts:lazy,"), []string{"does not hold that"}},
		"no evidence":          {list("V1.2.0,1,yes,,"), []string{"V1.2.0 applies and names no test or code"}},
		"a reason is not it":   {list("V1.2.0,2,yes,,we trust people"), []string{"names no test or code"}},
		"documents alone":      {list("V1.2.0,1,yes,docs/page.md#What comes in,"), []string{"documents alone"}},
		"with a reason":        {list("V1.2.0,1,yes,docs/page.md#What comes in,it is the organisation's"), nil},
		"a heading gone":       {list("V1.2.0,1,yes,docs/page.md#What goes,it is the organisation's"), []string{"no such heading"}},
		"does not apply, why?": {list("V1.2.0,1,no,,"), []string{"V1.2.0 does not apply"}},
		"level 3 with reason":  {list("V1.2.0,3,yes,,the domain is theirs"), []string{"level 3 0 of 1"}},
		"level 3 without":      {list("V1.2.0,3,yes,,", "V1.2.1,3,yes,web/app.ts,"), []string{"V1.2.0 applies", "level 3 1 of 2"}},
		"a level too high":     {list("V1.2.0,4,yes,web/app.ts,"), []string{"V1.2.0 stands twice", "V1 has 29 requirements"}},
		"twice":                {list() + "V1.2.0,1,no,,again\n", []string{"V1.2.0 stands twice"}},
		"one too many":         {list() + "V1.3.99,1,no,,again\n", []string{"V1 has 31 requirements, and the standard 30"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			all := maps.Clone(source)
			if tt.page != "" {
				all["docs/asvs.csv"] = tt.page
			}
			expect(t, ASVS(all.tree(t)), tt.want)
		})
	}
	t.Run("what the standard wants documented", func(t *testing.T) {
		page := strings.Replace(list(), "V1.2.0,1,no,,nothing of the kind", "V1.1.1,1,yes,docs/page.md#What comes in,", 1)
		source["docs/asvs.csv"] = page
		expect(t, ASVS(source.tree(t)), nil)
	})
}
