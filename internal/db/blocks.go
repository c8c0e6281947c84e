package db

import (
	"fmt"
	"slices"
	"strings"

	"maatje/internal/authz"
)

// block is one SELECT, INSERT, UPDATE or DELETE of a query, or the part behind ON CONFLICT. Its tokens are those that
// belong to no block inside it; where one stood, only its parentheses are left.
type block struct {
	verb    string
	depth   int
	outer   *block
	tokens  []token
	inner   map[int]*block // the blocks inside, by the index in tokens of the parenthesis that opens them
	sources []*source
	narrows bool // it stands behind IN: it can only take rows away
}

// source is a table that a block reads or changes, under the name by which the block calls it.
type source struct {
	table, alias string
	root         authz.Root
	scope        bool // it is a visible_ relation
	filtered     bool // it is a subquery or a name from WITH with somebody's rows in it, each held there
	left         bool // it is joined from the left: it may be missing, and restricts nothing before it
	within       *block
	held         bool // only rows that the scope reaches can come from it
}

// blocksOf takes a query apart into its blocks, outer ones first.
func blocksOf(tokens []token) []*block {
	var all []*block
	open := func(verb string, t token, outer *block) *block {
		b := &block{verb: verb, depth: t.depth, outer: outer, inner: map[int]*block{}}
		all = append(all, b)
		return b
	}
	b := open(tokens[0].text, tokens[0], nil)
	for i, t := range tokens {
		for b.outer != nil && t.depth < b.depth {
			b = b.outer
		}
		switch {
		case t.text == "select" && i > 0 && t.depth > b.depth:
			inside := open("select", t, b)
			inside.narrows = len(b.tokens) > 1 && b.tokens[len(b.tokens)-2].text == "in"
			b.inner[len(b.tokens)-1] = inside
			b = inside
		case t.text == "select" && i > 0 && t.depth == b.depth && b.verb != "with":
			b = open("select", t, b.outer) // after UNION, or the SELECT of an INSERT
		case t.text == "on" && i+1 < len(tokens) && tokens[i+1].text == "conflict":
			b = open("conflict", t, b.outer)
		}
		b.tokens = append(b.tokens, t)
	}
	return all
}

// notAliases are the words that may follow a table's name without being its alias.
var notAliases = strings.Fields(`on where join left inner cross group order limit having union except intersect set values select
	returning using as conflict default do`)

// tables finds the block's sources. Every name must be a table, a visible_ relation or a name from WITH.
func (b *block) tables(with map[string]*block) error {
	for i, t := range b.tokens {
		if !b.namesTable(i) {
			continue
		}
		next := b.tokens[i+1]
		if next.text == "(" {
			in := b.inner[i+1]
			if in == nil {
				return fmt.Errorf("a parenthesis after %s holds no SELECT", t.text)
			}
			b.sources = append(b.sources, &source{table: "(", alias: b.aliasAfter(i + 2), within: in, left: b.leftAt(i)})
			continue
		}
		s := &source{table: next.text, alias: b.aliasAfter(i + 1), left: b.leftAt(i)}
		if s.alias == "" {
			s.alias = s.table
		}
		if err := s.identify(with); err != nil {
			return err
		}
		b.sources = append(b.sources, s)
	}
	return b.noComma()
}

func (b *block) namesTable(i int) bool {
	if i+1 >= len(b.tokens) {
		return false
	}
	switch b.tokens[i].text {
	case "from":
		return i == 0 || b.tokens[i-1].text != "distinct" // IS DISTINCT FROM
	case "join", "into":
		return true
	case "update":
		return i == 0
	}
	return false
}

// aliasAfter is the alias behind the name, or behind the parenthesis that closes a subquery, at i.
func (b *block) aliasAfter(i int) string {
	if i+1 < len(b.tokens) && b.tokens[i+1].text == "as" {
		i++
	}
	if i+1 < len(b.tokens) && b.tokens[i+1].isWord() && !slices.Contains(notAliases, b.tokens[i+1].text) {
		return b.tokens[i+1].text
	}
	return ""
}

func (b *block) leftAt(i int) bool {
	return b.tokens[i].text == "join" && i > 0 && (b.tokens[i-1].text == "left" || b.tokens[i-1].text == "outer")
}

func (s *source) identify(with map[string]*block) error {
	if name, ok := strings.CutPrefix(s.table, "visible_"); ok {
		for _, r := range authz.Roots() {
			if r.Name() == name {
				s.root, s.scope = r, true
				return nil
			}
		}
	}
	if in := with[s.table]; in != nil {
		s.within = in
		return nil
	}
	root, known := tableRoot(s.table)
	if !known {
		return fmt.Errorf("%s is no table", s.table)
	}
	s.root = root
	return nil
}

// noComma refuses a comma between tables, which hides one.
func (b *block) noComma() error {
	in := false
	for _, t := range b.tokens {
		switch {
		case t.depth != b.depth:
		case t.text == "from":
			in = true
		case t.text == "where" || t.text == "group" || t.text == "order" || t.text == "limit":
			in = false
		case t.text == "," && in:
			return fmt.Errorf("it joins with a comma, which hides a table; write JOIN")
		}
	}
	return nil
}

// withNames are the names that WITH gives to subqueries.
func withNames(first *block) map[string]*block {
	out := map[string]*block{}
	if first.verb != "with" {
		return out
	}
	for i := 0; i+2 < len(first.tokens); i++ {
		if t := first.tokens[i]; t.isWord() && first.tokens[i+1].text == "as" && first.inner[i+2] != nil {
			out[t.text] = first.inner[i+2]
		}
	}
	return out
}

// holdsRows says that somebody's rows are in the block's sources.
func (b *block) holdsRows() bool {
	return slices.ContainsFunc(b.sources, func(s *source) bool {
		return s.root != authz.NoRoot || s.within != nil && s.within != b && s.within.holdsRows()
	})
}
