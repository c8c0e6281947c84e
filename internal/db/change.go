package db

import (
	"fmt"
	"slices"

	"maatje/internal/authz"
)

// checkChange holds an insert to the scope in its SELECT and again in its conflict clause, and keeps every change from
// moving a row to another family.
func checkChange(blocks []*block) error {
	first := blocks[0]
	if len(first.sources) == 0 || first.sources[0].root == authz.NoRoot {
		return nil
	}
	target := first.sources[0]
	for _, b := range blocks {
		if b.outer == nil && b.sets(target.rootColumn()) {
			return fmt.Errorf("it moves a row of %s to another %s", target.table, target.root.Name())
		}
		if b.verb == "conflict" && b.updates() {
			b.sources = append(b.sources, &source{table: target.table, alias: target.alias, root: target.root})
			if !b.within() {
				return fmt.Errorf("its conflict clause does not carry the scope")
			}
		}
	}
	if first.verb == "insert" {
		return checkInsert(blocks, target)
	}
	return nil
}

// rootColumn is the column that says whose the row is.
func (s *source) rootColumn() string {
	if s.table == s.root.Name() {
		return "id"
	}
	return s.root.Name() + "_id"
}

// checkInsert sees to it that the new row's root is one that the scope gave.
func checkInsert(blocks []*block, target *source) error {
	if target.table == target.root.Name() {
		return fmt.Errorf("a new %s is in nobody's scope; say why it may be made, with CrossX", target.table)
	}
	if len(blocks) < 2 || blocks[1].verb != "select" || blocks[1].outer != nil {
		return fmt.Errorf("it inserts into %s without a SELECT from visible_%s", target.table, target.root.Name())
	}
	at := slices.Index(blocks[0].columns(), target.rootColumn())
	items := blocks[1].items()
	if at < 0 || at >= len(items) || len(items) != len(blocks[0].columns()) {
		return fmt.Errorf("it inserts into %s without naming %s, or names more columns than values", target.table, target.rootColumn())
	}
	for _, s := range blocks[1].sources {
		one := items[at]
		if s.root == target.root && len(one) == 3 && one[0].text == s.alias && one[2].text == s.ownerColumn() {
			return nil
		}
	}
	return fmt.Errorf("the %s it inserts does not come from visible_%s", target.rootColumn(), target.root.Name())
}

// ownerColumn is the column that says whose the row is, in a visible_ relation too.
func (s *source) ownerColumn() string {
	if s.scope {
		return "id"
	}
	return s.rootColumn()
}

// columns are those that an INSERT names.
func (b *block) columns() []string {
	var out []string
	for _, t := range b.tokens {
		if t.depth == b.depth+1 && t.isWord() {
			out = append(out, t.text)
		}
	}
	return out
}

// items are the expressions that a SELECT gives.
func (b *block) items() [][]token {
	out := [][]token{nil}
	for _, t := range b.tokens[1:] {
		if t.depth == b.depth && t.text == "from" {
			break
		}
		if t.depth == b.depth && t.text == "," {
			out = append(out, nil)
			continue
		}
		out[len(out)-1] = append(out[len(out)-1], t)
	}
	return out
}

// updates says that a conflict clause changes the row it meets.
func (b *block) updates() bool {
	return slices.ContainsFunc(b.tokens, func(t token) bool { return t.text == "update" })
}

// within says that a condition ties the conflict clause to a scope.
func (b *block) within() bool {
	for _, t := range b.ties() {
		if t.from.scope {
			return true
		}
	}
	return false
}

func (b *block) asksWho() bool {
	return slices.ContainsFunc(b.tokens, func(t token) bool { return t.text == ":volunteer" || t.text == ":actor" })
}

// sets says that the block writes the column of a row that is there already.
func (b *block) sets(column string) bool {
	in := false
	for i, t := range b.tokens {
		if t.depth != b.depth {
			continue
		}
		switch t.text {
		case "set":
			in = true
		case "where", "from":
			in = false
		case column:
			if in && b.tokens[i-1].text != "." && i+1 < len(b.tokens) && b.tokens[i+1].text == "=" &&
				(b.tokens[i-1].text == "set" || b.tokens[i-1].text == ",") {
				return true
			}
		}
	}
	return false
}
