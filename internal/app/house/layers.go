package house

import (
	"path"
	"slices"
	"strings"
)

// layers are the packages from the ground up; each may import what stands on a lower line. A package that is on no line
// is refused, so that a new one is placed on purpose. What lies in a folder of a package counts as that package.
var layers = [][]string{
	{"core"},
	{"authz", "vault", "journal"},
	{"db", "web", "job"},
	{"place"},
	{"account", "setting", "task", "dossier", "volunteer", "facility", "directory", "consent"},
	{"familytest"}, // imported by tests alone
	{"tool"},
	{"kin"},
	{
		"referral", "intake", "training", "matching", "trajectory", "visit", "signal", "plan", "genogram", "network",
		"group", "material", "care", "expense",
	},
	{"backup", "share", "figures", "privacy", "breach", "retention", "importer", "demo", "home", "seed"},
	{"app"},
	{"cmd"},
}

// Sideways are the imports allowed inside one layer, "from to", each with its reason. They may not make a circle; the
// compiler sees to that.
type Sideways map[string]string

// Layers finds imports that go up, and imports inside a layer that are not allowed. Tests may look sideways, never up.
func Layers(tree Tree, allowed Sideways) []string {
	var found []string
	used := map[string]bool{}
	for _, f := range tree.only(func(f *File) bool { return f.Go != nil }) {
		from := unit(path.Join(Module, f.Dir()))
		if level(from) < 0 {
			found = append(found, f.Path+": package "+from+" stands in no layer; place it in internal/app/house/layers.go")
			continue
		}
		for _, spec := range f.Go.Imports {
			to := unit(strings.Trim(spec.Path.Value, `"`))
			switch {
			case to == "" || to == from:
			case level(to) > level(from):
				found = append(found, f.at(spec.Pos(), "%s may not import %s, which stands above it", from, to))
			case level(to) == level(from) && !f.Test:
				used[from+" "+to] = true
				if allowed[from+" "+to] == "" {
					found = append(found, f.at(spec.Pos(), "%s imports %s beside it; if it must, allow it with a reason", from, to))
				}
			}
		}
	}
	for pair := range allowed {
		if !used[pair] {
			found = append(found, "no import needs the allowance "+pair+"; take it out")
		}
	}
	slices.Sort(found)
	return found
}

// unit is the name under which an import stands in the layers, or empty for one from elsewhere.
func unit(imported string) string {
	rest, ours := strings.CutPrefix(imported, Module+"/")
	if !ours {
		return ""
	}
	rest = strings.TrimPrefix(rest, "internal/")
	name, _, _ := strings.Cut(rest, "/")
	return name
}

func level(unit string) int {
	return slices.IndexFunc(layers, func(names []string) bool { return slices.Contains(names, unit) })
}
