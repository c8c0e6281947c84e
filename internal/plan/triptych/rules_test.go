package triptych

import (
	"testing"

	"maatje/internal/core"
)

func TestTOO1_ASheetHasWordsAndFollowsTheOneOnTheScreen(t *testing.T) {
	now := Sheet{Seq: 2, Problem: "druk in huis", Wish: "rust"}
	for name, c := range map[string]struct {
		in      Sheet
		version int
		isNew   bool
		message string
	}{
		"all three":            {Sheet{Problem: "a", Wish: "b", How: "c"}, 2, true, ""},
		"the wish alone":       {Sheet{Wish: "rust"}, 2, true, ""},
		"nothing":              {Sheet{}, 2, false, "triptych_empty"},
		"the same again":       {Sheet{Problem: "druk in huis", Wish: "rust"}, 2, false, ""},
		"from an older sheet":  {Sheet{Wish: "x"}, 1, false, "triptych_changed"},
		"from one not written": {Sheet{Wish: "x"}, 3, false, "triptych_changed"},
	} {
		isNew, err := MayKeep(c.in, now, c.version)
		f, refused := core.AsFail(err)
		if isNew != c.isNew || refused != (c.message != "") || refused && f.Message != c.message {
			t.Errorf("%s: new is %v, %v", name, isNew, err)
		}
	}
	if isNew, err := MayKeep(Sheet{How: "samen"}, Sheet{}, 0); !isNew || err != nil {
		t.Errorf("the first sheet: %v %v", isNew, err)
	}
}

func TestTOO1_AWishBecomesAGoal(t *testing.T) {
	if err := MayBecomeGoal(Sheet{Wish: "rust"}); err != nil {
		t.Errorf("a wish: %v", err)
	}
	if f, ok := core.AsFail(MayBecomeGoal(Sheet{Problem: "druk", How: "praten"})); !ok || f.Rule != "TOO-1" || f.Message != "triptych_no_wish" {
		t.Errorf("a sheet without a wish: %v", f)
	}
}
