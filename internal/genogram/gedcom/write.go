package gedcom

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"maatje/internal/core"
	"maatje/internal/kin"
)

// Write writes a family as GEDCOM 7.0. What GEDCOM has no words for stands in our own, which the head explains; who somebody is
// in a dossier does not leave it.
func Write(to io.Writer, f kin.Family) error {
	w := writer{out: bufio.NewWriter(to), family: f, links: inFile(f)}
	w.refer()
	w.header()
	for _, p := range f.Persons {
		w.person(p)
	}
	for _, u := range f.Unions {
		w.union(u)
	}
	w.ourOwn()
	w.line(0, "TRLR", "")
	return w.out.Flush()
}

type writer struct {
	out    *bufio.Writer
	family kin.Family
	links  []kin.Link
	refs   map[core.ID]string
}

// inFile puts the links in the order in which a file has them: by union, and in it by child.
func inFile(f kin.Family) []kin.Link {
	type at struct{ union, child core.ID }
	unions, children := map[core.ID]int{}, map[at]int{}
	for i, u := range f.Unions {
		unions[u.ID] = i + 1
	}
	persons := map[core.ID]bool{}
	for _, p := range f.Persons {
		persons[p.ID] = true
	}
	var links []kin.Link
	for i, l := range f.Links {
		if unions[l.Union] == 0 || !persons[l.Child] {
			continue
		}
		if _, known := children[at{l.Union, l.Child}]; !known {
			children[at{l.Union, l.Child}] = i
		}
		links = append(links, l)
	}
	slices.SortStableFunc(links, func(a, b kin.Link) int {
		if d := unions[a.Union] - unions[b.Union]; d != 0 {
			return d
		}
		return children[at{a.Union, a.Child}] - children[at{b.Union, b.Child}]
	})
	return links
}

// refer gives everybody the name under which a file knew them, or else a new one.
func (w *writer) refer() {
	w.refs = map[core.ID]string{}
	taken := map[string]bool{"VOID": true}
	keep := func(id core.ID, key string) {
		if isTag(key) && len(key) <= 20 && !taken[key] && w.refs[id] == "" {
			w.refs[id], taken[key] = key, true
		}
	}
	for _, p := range w.family.Persons {
		keep(p.ID, p.Key)
	}
	for _, u := range w.family.Unions {
		keep(u.ID, u.Key)
	}
	give := func(id core.ID, letter string, n int) {
		for ; w.refs[id] == ""; n++ {
			keep(id, letter+strconv.Itoa(n+1))
		}
	}
	for i, p := range w.family.Persons {
		give(p.ID, "I", i)
	}
	for i, u := range w.family.Unions {
		give(u.ID, "F", i)
	}
	for i, h := range w.family.Households {
		give(h.ID, "H", i)
	}
}

func (w *writer) header() {
	w.line(0, "HEAD", "")
	w.line(1, "GEDC", "")
	w.line(2, "VERS", "7.0")
	w.line(1, "SCHMA", "")
	for _, tag := range slices.Sorted(maps.Keys(ourWords)) {
		w.line(2, "TAG", tag+" "+ourWords[tag])
	}
	w.line(1, "SOUR", ourName)
	for _, id := range w.family.Index {
		w.point(tagIndex, id)
	}
}

// line writes one line, and the further lines of a value with line ends. No value is written as none.
func (w *writer) line(level int, tag, value string) {
	for i, part := range strings.Split(value, "\n") {
		if i == 1 {
			level, tag = level+1, "CONT"
		}
		switch {
		case part == "":
			fmt.Fprintf(w.out, "%d %s\n", level, tag)
		case part[0] == '@':
			fmt.Fprintf(w.out, "%d %s @%s\n", level, tag, part)
		default:
			fmt.Fprintf(w.out, "%d %s %s\n", level, tag, part)
		}
	}
}

// text writes a value that somebody typed, if there is one.
func (w *writer) text(level int, tag, value string) {
	if value = clean(value); value != "" {
		w.line(level, tag, value)
	}
}

// clean is what can stand in a file: no control signs but line ends, no spaces around it, and not without end.
func clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\r\n", "\n")
	s = strings.Map(func(c rune) rune {
		switch {
		case c == '\r':
			return '\n'
		case c < ' ' && c != '\n' && c != '\t', c == 0x7f, c == '\ufeff', c == 0xfffe, c == 0xffff:
			return -1
		}
		return c
	}, s)
	if r := []rune(s); len(r) > 10000 {
		s = string(r[:10000])
	}
	return strings.TrimSpace(s)
}

// point writes a pointer, on level 1; false means that there is nobody to point to.
func (w *writer) point(tag string, id core.ID) bool {
	ref := w.refs[id]
	if ref != "" {
		fmt.Fprintf(w.out, "1 %s @%s@\n", tag, ref)
	}
	return ref != ""
}

func (w *writer) day(level int, tag string, d kin.When) { w.text(level, tag, dateText(d)) }

func (w *writer) record(ref, tag string) {
	if ref != "" {
		ref = "@" + ref + "@ "
	}
	fmt.Fprintf(w.out, "0 %s%s\n", ref, tag)
}
