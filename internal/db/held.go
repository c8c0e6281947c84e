package db

import (
	"fmt"
	"slices"
	"strings"

	"maatje/internal/authz"
)

// A source is held when only rows that the scope reaches can come from it. A visible_ relation is; a table of the same
// root is when a condition ties it to something held: an equality of identifiers, or `x.id IN (SELECT ...)` from something
// held. Only conditions at the block's own depth count, and there is no OR at that depth, so that each of them must be
// true; the ON of a LEFT JOIN holds only what it joins. The neighbour probe tries whether it is so.

// hold marks what is held and refuses a block in which something is not. A subquery behind IN without a scope of its own
// holds nothing: it only takes rows away from a block that must be held itself.
func (b *block) hold() error {
	if b.narrows && !slices.ContainsFunc(b.sources, func(s *source) bool { return s.scope || s.within != nil }) {
		return nil
	}
	if err := b.refuse("or", "right", "full", "natural", "using"); err != nil && b.isRooted() {
		return err
	}
	for _, s := range b.sources {
		s.filtered = s.within != nil && s.within.holdsRows()
		s.held = s.scope || s.filtered
	}
	ties := b.ties()
	for range b.sources {
		for _, t := range ties {
			t.pull()
		}
	}
	for _, s := range b.sources {
		if s.root != authz.NoRoot && !s.held && !b.inserts(s) {
			return fmt.Errorf("it touches %s, which nothing ties to visible_%s in the same SELECT (%s)", s.table, s.root.Name(), s.alias)
		}
	}
	return nil
}

func (b *block) isRooted() bool {
	return slices.ContainsFunc(b.sources, func(s *source) bool { return s.root != authz.NoRoot && !s.scope })
}

func (b *block) inserts(s *source) bool {
	return b.verb == "insert" && len(b.sources) > 0 && b.sources[0] == s
}

func (b *block) refuse(words ...string) error {
	for _, t := range b.tokens {
		if t.depth == b.depth && slices.Contains(words, t.text) {
			return fmt.Errorf("%s stands loose between its conditions; put it in parentheses, or join otherwise", strings.ToUpper(t.text))
		}
	}
	return nil
}

// tie is a condition under which `to` is held if `from` is.
type tie struct{ from, to *source }

func (t tie) pull() {
	if (t.from.held || t.from.scope) && (t.from.root == t.to.root || t.from.filtered) {
		t.to.held = true
	}
}

// ties finds the equalities of identifiers, and the IN of subqueries, among the conditions at the block's own depth.
func (b *block) ties() []tie {
	var out []tie
	var joined *source // the table that the present ON joins from the left
	at, condition := 0, false
	for i, t := range b.tokens {
		if b.namesTable(i) {
			joined = nil
			if at < len(b.sources) && b.sources[at].left {
				joined = b.sources[at]
			}
			at++
		}
		if t.depth != b.depth {
			continue
		}
		switch t.text {
		case "where":
			joined, condition = nil, true
		case "on", "end":
			condition = true
		case "select", "set", "from", "join", "group", "order", "having", "limit", "case":
			condition = false
		}
		if !condition || i > 0 && b.tokens[i-1].text == "not" {
			continue
		}
		for _, one := range append(b.equality(i), b.membership(i)...) {
			if joined == nil || one.to == joined {
				out = append(out, one)
			}
		}
	}
	return out
}

// equality reads `a.x = b.y` at i.
func (b *block) equality(i int) []tie {
	left, column, n := b.column(i)
	if left == nil || !tying(column, left.root) || i+n >= len(b.tokens) || b.tokens[i+n].text != "=" {
		return nil
	}
	right, other, m := b.column(i + n + 1)
	if right == nil || !tying(other, right.root) || !b.endsAt(i+n+1+m) {
		return nil
	}
	return []tie{{left, right}, {right, left}}
}

// membership reads `a.x IN (SELECT ...)` at i.
func (b *block) membership(i int) []tie {
	left, column, n := b.column(i)
	if left == nil || !tying(column, left.root) || i+n+1 >= len(b.tokens) || b.tokens[i+n].text != "in" {
		return nil
	}
	inside := b.inner[i+n+1]
	if inside == nil {
		return nil
	}
	var out []tie
	for _, s := range inside.sources {
		if (s.scope || s.within != nil && s.within.holdsRows()) && !s.left {
			out = append(out, tie{s, left})
		}
	}
	return out
}

// endsAt says that the condition before i is not part of a larger expression.
func (b *block) endsAt(i int) bool {
	return i >= len(b.tokens) || slices.Contains(afterCondition, b.tokens[i].text)
}

var afterCondition = strings.Fields("and where join left inner cross group order having limit union except intersect )")

// column reads `alias.name`, or `name` where there is but one table, at i. It looks in the blocks around as well.
func (b *block) column(i int) (s *source, name string, length int) {
	if i >= len(b.tokens) || !b.tokens[i].isWord() {
		return nil, "", 0
	}
	if i+2 < len(b.tokens) && b.tokens[i+1].text == "." {
		for o := b; o != nil; o = o.outer {
			for _, s := range o.sources {
				if s.alias == b.tokens[i].text {
					return s, b.tokens[i+2].text, 3
				}
			}
		}
		return nil, "", 0
	}
	if i > 0 && b.tokens[i-1].text == "." || len(b.sources) != 1 {
		return nil, "", 0
	}
	return b.sources[0], b.tokens[i].text, 1
}

// elsewhere are the identifiers that lead out of a family: two families share a coordinator, a town or a prison.
var elsewhere = []string{"account_id", "coordinator_id", "inside_coordinator_id", "municipality_id", "facility_id", "absent_id", "backup_id"}

// tying says whether a column can hold a row of the root to another one.
func tying(column string, root authz.Root) bool {
	if column != "id" && !strings.HasSuffix(column, "_id") || slices.Contains(elsewhere, column) {
		return false
	}
	return column != "volunteer_id" || root == authz.VolunteerRoot
}
