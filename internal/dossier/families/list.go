// Package families is the way into the files: the list in which one is found by the beginnings of its names, and the form with
// which one is opened by hand.
package families

import (
	"maps"
	"strconv"
	"strings"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/facility"
)

// Search is what somebody looks for in the list of families. It stands whole in the address of the page.
type Search struct {
	Words        string
	State        string
	Municipality core.ID
	Mine         bool // coordinated by the reader
	Sort         string
	Page         int
}

// Line is one family in the list.
type Line struct {
	ID           core.DossierID
	Name         string
	Municipality string
	State        dossier.State
	Since        core.Date
	Coordinator  string
	Children     int
}

const (
	perPage  = 50
	maxWords = 3 // further words narrow nothing
)

// sorts are the orders of the list: the first is the one nobody has to ask for.
var sorts = []struct{ name, order string }{
	{"name", "x.name_fold, x.id"}, {"since", "x.state_since, x.id"}, {"newest", "x.opened_at DESC, x.id"},
}

// A name is looked up by the beginnings of its words in name_word, an index look-up in each family within reach for each word
// that is typed; going from the word to the families would walk through everybody in the country with that name. One text
// for each number of words, so that an empty search never touches the names.
var qFound, qFoundCount = func() (map[string]*db.Query, []*db.Query) {
	found, counts := map[string]*db.Query{}, []*db.Query{}
	for n := 0; n <= maxWords; n++ {
		probe := db.Probe{"state": "", "place": db.Theirs("municipality").Int64(), "mine": false}
		var where strings.Builder
		where.WriteString(` WHERE (:state = '' OR d.state = :state) AND (CAST(:place AS BIGINT) = 0 OR d.municipality_id = CAST(:place AS BIGINT))
			AND (NOT CAST(:mine AS BOOLEAN) OR d.coordinator_id = :actor OR d.inside_coordinator_id = :actor)`)
		for i := range n {
			k := strconv.Itoa(i)
			where.WriteString(` AND EXISTS (SELECT 1 FROM name_word w WHERE w.dossier_id = d.id AND w.word >= :from` + k + ` AND w.word < :to` + k + `)`)
			probe["from"+k], probe["to"+k] = "z", "zz"
		}
		k := strconv.Itoa(n)
		counts = append(counts, db.Q("families.count_"+k, authz.Identity, `SELECT COUNT(*) FROM visible_dossier d`+where.String(), probe))
		paged := db.Probe{"limit": perPage, "offset": 0}
		maps.Copy(paged, probe)
		for _, s := range sorts {
			order := strings.ReplaceAll(s.order, "x.", "d.")
			found[s.name+k] = db.Q("families.list_"+s.name+"_"+k, authz.Identity, `SELECT x.id, x.name, COALESCE(m.name, ''), x.state, x.state_since, COALESCE(a.name, ''),
				(SELECT COUNT(*) FROM person p WHERE p.dossier_id = x.id AND p.is_child)
				FROM (SELECT d.id, d.name, d.name_fold, d.municipality_id, d.state, d.state_since, d.opened_at, d.coordinator_id
					FROM visible_dossier d`+where.String()+` ORDER BY `+order+` LIMIT :limit OFFSET :offset) x
				LEFT JOIN municipality m ON m.id = x.municipality_id LEFT JOIN account a ON a.id = x.coordinator_id
				ORDER BY `+s.order, paged)
		}
	}
	return found, counts
}()

// Find lists the families in the actor's reach that the search asks for: one page of them, and how many there are.
func Find(t *db.Tx, s Search) (lines []Line, all int, err error) {
	words := db.Words(s.Words)
	words = words[:min(len(words), maxWords)]
	args := db.Args{"state": s.State, "place": s.Municipality.Int64(), "mine": s.Mine}
	for i, w := range words {
		k := strconv.Itoa(i)
		args["from"+k], args["to"+k] = db.Prefix(w)
	}
	if all, err = db.Count(t, qFoundCount[len(words)], args); err != nil {
		return nil, 0, err
	}
	args["limit"], args["offset"] = perPage, perPage*(max(s.Page, 1)-1)
	lines, err = db.All(t, qFound[s.order()+strconv.Itoa(len(words))], args, func(l *Line) []any {
		return []any{&l.ID, &l.Name, &l.Municipality, &l.State, &l.Since, &l.Coordinator, &l.Children}
	})
	return lines, all, err
}

func (s Search) order() string {
	for _, o := range sorts {
		if o.name == s.Sort {
			return o.name
		}
	}
	return sorts[0].name
}

var qPlaces = db.Q("families.places", authz.Identity, `
	SELECT g.id, g.name FROM municipality g WHERE g.id IN (SELECT d.municipality_id FROM visible_dossier d) ORDER BY g.name, g.id LIMIT :limit`,
	db.Probe{"limit": 500})

// placesWithFamilies are the municipalities that have a family within the reader's reach.
func placesWithFamilies(t *db.Tx) ([]facility.Place, error) {
	return db.All(t, qPlaces, db.Args{"limit": 500}, func(p *facility.Place) []any { return []any{&p.ID, &p.Name} })
}
