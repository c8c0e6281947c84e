package genogram

import (
	"testing"

	"maatje/internal/kin"
	"maatje/internal/tool"
)

// The book of a family is one for the genogram and the networks. A button beside the genogram that took back what was told of a
// network would change what its page does not show.
func TestTOO2_WhatAGenogramTakesBackIsItsOwn(t *testing.T) {
	drawn := func(seq, undoes int) kin.Change { return kin.Change{Seq: seq, Undoes: undoes, Tool: tool.Genogram} }
	around := func(seq int) kin.Change { return kin.Change{Seq: seq, Tool: tool.NetworkMap} }
	for name, c := range map[string]struct {
		changes []kin.Change
		want    int
	}{
		"nothing yet":                      {nil, 0},
		"the newest":                       {[]kin.Change{drawn(1, 0), drawn(2, 0)}, 2},
		"a network since":                  {[]kin.Change{drawn(1, 0), around(2), around(3)}, 1},
		"a network alone":                  {[]kin.Change{around(1)}, 0},
		"taken back, with a network since": {[]kin.Change{drawn(1, 0), drawn(2, 0), drawn(3, 2), around(4)}, 1},
	} {
		if got := Last(kin.Book{Changes: c.changes}).Seq; got != c.want {
			t.Errorf("%s: %d would be taken back, not %d", name, got, c.want)
		}
	}
}
