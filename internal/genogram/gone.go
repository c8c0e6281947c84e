package genogram

import (
	"net/http"
	"slices"

	"maatje/internal/core"
	"maatje/internal/kin"
	"maatje/internal/web"
)

// sends says that a form comes in. What it is about may be gone by then; who typed it gets it back with a sentence.
func (x sheet) sends(q *web.Request) bool { return q.R.Method == http.MethodPost }

// with is the sheet as it was when the family had this last: as it is now, unless somebody took that away meanwhile.
func (x sheet) with(id core.ID) sheet {
	if x.Family.Has(id) {
		return x
	}
	for i, c := range slices.Backward(x.Changes) {
		if !slices.Contains(c.Drop, id) {
			continue
		}
		if before := kin.Fold(x.Changes[:i]); before.Has(id) {
			x.Family = before
			x.facts = x.teller().Facts()
			return x
		}
	}
	return x
}
