package db

import (
	"fmt"
	"slices"

	"maatje/internal/authz"
)

// subject says how the log finds the dossier of a query that names one of its rows and not the dossier itself: a look-up
// of the row that `x.id = :param` names.
type subject struct{ lookup, param string }

func (q *Query) findSubject(blocks []*block) subject {
	if q.section.Root() != authz.DossierRoot || q.cross != "" || slices.Contains(q.Params(), "dossier") {
		return subject{}
	}
	for _, b := range blocks {
		if b.outer != nil {
			continue
		}
		if s := b.subject(); s.lookup != "" {
			return s
		}
	}
	return subject{}
}

// subject looks among the block's own conditions for one that names a row.
func (b *block) subject() subject {
	for i, t := range b.tokens {
		s, column, n := b.column(i)
		if t.depth != b.depth || s == nil || s.root != authz.DossierRoot || !tying(column, s.root) {
			continue
		}
		if i+n+1 < len(b.tokens) && b.tokens[i+n].text == "=" && b.tokens[i+n+1].isParameter() && !filledIn[b.tokens[i+n+1].text[1:]] {
			table, whose := s.table, s.rootColumn()
			if s.scope {
				table, whose = s.root.Name(), "id"
			}
			return subject{fmt.Sprintf("SELECT %s FROM %s WHERE %s = :row LIMIT 1", whose, table, column), b.tokens[i+n+1].text[1:]}
		}
	}
	return subject{}
}
