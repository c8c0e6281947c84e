package figures

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzWrite exports a name: no spreadsheet takes it for a formula, and the table has its eight columns.
func FuzzWrite(f *testing.F) {
	for _, s := range []string{"Utrecht", "=1+1", "+1", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", `"=1`, "a,b\nc", " =1", "＝1", "\xff", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		one := Cell{Figure: "f", Unit: "u", Basis: "b", By: map[string]string{"municipality": name}}
		var b bytes.Buffer
		if err := Write(&b, "csv", []Cell{one}); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&b).ReadAll()
		if err != nil || len(rows) != 2 || len(rows[1]) != 8 {
			t.Fatalf("%q makes %q: %v", name, rows, err)
		}
		for _, cell := range rows[1] {
			if seen := strings.Trim(cell, " \u00a0\n\r\t\v\f\x00\u200b\ufeff"); strings.IndexAny(seen, "=+-@＝＋－＠") == 0 {
				t.Errorf("%q stands in the table as %q", name, cell)
			}
		}
		b.Reset()
		if err := Write(&b, "json", []Cell{one}); err != nil || !json.Valid(b.Bytes()) || !utf8.Valid(b.Bytes()) {
			t.Errorf("%q: %v %q", name, err, b.Bytes())
		}
		if !slices.Contains(Formats, name) && Write(&b, name, nil) == nil {
			t.Errorf("%q is a format", name)
		}
	})
}
