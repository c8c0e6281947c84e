package figures

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"unicode"
	"unicode/utf8"
)

// Formats are the ways in which Write writes.
var Formats = []string{"json", "csv", "text"}

// Write writes the cells: json is a flat list, csv the same as rows, text is for reading.
func Write(w io.Writer, format string, cells []Cell) error {
	switch format {
	case "json":
		e := json.NewEncoder(w)
		e.SetIndent("", " ")
		if cells == nil {
			cells = []Cell{}
		}
		return e.Encode(cells)
	case "csv":
		return writeCSV(w, cells)
	case "text":
		return writeText(w, cells)
	}
	return fmt.Errorf("%s is no format; there are %s", format, strings.Join(Formats, ", "))
}

func writeCSV(w io.Writer, cells []Cell) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"figure", "unit", "basis", "by", "part", "value", "of", "percent"}}
	for _, c := range cells {
		dim, code := c.part()
		rows = append(rows, []string{c.Figure, c.Unit, c.Basis, dim, plain(code), c.shown(), number(c.Of), number(c.Percent)})
	}
	return errors.Join(out.WriteAll(rows), out.Error())
}

func writeText(w io.Writer, cells []Cell) error {
	out := tabwriter.NewWriter(w, 2, 8, 2, ' ', 0)
	figure := ""
	for _, c := range cells {
		if head := c.Figure + " (" + c.Basis + ")"; head != figure {
			figure = head
			fmt.Fprintf(out, "\n%s\n", figure)
		}
		dim, code := c.part()
		share := ""
		switch {
		case c.Percent != nil:
			share = number(c.Percent) + " %"
		case c.Of != nil:
			share = "of " + number(c.Of)
		}
		fmt.Fprintf(out, "  %s\t%s\t%s\t%s\n", dim, code, c.shown(), share)
	}
	return out.Flush()
}

// part is the dimension and the code of a cell that is no whole.
func (c Cell) part() (dim, code string) {
	dims := slices.Sorted(maps.Keys(c.By))
	codes := make([]string, len(dims))
	for i, d := range dims {
		codes[i] = c.By[d]
	}
	if len(dims) == 0 {
		return "", "all"
	}
	return strings.Join(dims, "+"), strings.Join(codes, "+")
}

func (c Cell) shown() string {
	if c.Hidden {
		return "hidden"
	}
	return number(&c.Value)
}

func number(x *float64) string {
	if x == nil {
		return ""
	}
	return strconv.FormatFloat(*x, 'f', -1, 64)
}

// plain keeps a spreadsheet from taking a name for a formula, also behind what it may pass over and in wide letters.
func plain(s string) string {
	seen := strings.TrimLeftFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) })
	if first, _ := utf8.DecodeRuneInString(seen); seen != "" && strings.ContainsRune("=+-@＝＋－＠|%", first) || s != "" && strings.ContainsRune("\t\r\n", rune(s[0])) {
		return "'" + s
	}
	return s
}
