package assign

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
)

func TestAnInstanceIsReadAndTold(t *testing.T) {
	f, p, err := Read(strings.NewReader(`{"volunteers": [{"id": "a", "capacity": 2}, {"id": "b"}],
		"families": [{"id": "x"}, {"id": "y", "need": 2}, {"id": "z"}],
		"pairs": [{"volunteer": "a", "family": "x", "cost": 4}, {"volunteer": "a", "family": "y", "cost": -1}, {"volunteer": "b", "family": "y", "cost": 3}]}`))
	if err != nil {
		t.Fatal(err)
	}
	a, err := Solve(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, _ := json.Marshal(f.Tell(p, a))
	const want = `{"assigned":[{"volunteer":"a","family":"x","cost":4},{"volunteer":"a","family":"y","cost":-1},{"volunteer":"b","family":"y","cost":3}],` +
		`"without":["z"],"families":2,"places":3,"needed":4,"total":6,"proved":true}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestABadInstanceIsASentence(t *testing.T) {
	pairs := func(list string) string {
		return `{"volunteers": [{"id": "a"}], "families": [{"id": "x"}], "pairs": [` + list + `]}`
	}
	for name, c := range map[string]struct{ text, want string }{
		"nothing":         {``, "no instance"},
		"no JSON":         {`volunteers`, "no instance"},
		"a list":          {`[]`, "no instance"},
		"another field":   {`{"drivers": []}`, "drivers"},
		"more behind":     {pairs(``) + `{}`, "behind"},
		"no id":           {`{"volunteers": [{"capacity": 1}]}`, "no id"},
		"one id twice":    {`{"families": [{"id": "x"}, {"id": "x"}]}`, `"x"`},
		"somebody else":   {pairs(`{"volunteer": "b", "family": "x", "cost": 1}`), `"b"`},
		"no cost":         {pairs(`{"volunteer": "a", "family": "x"}`), "no cost"},
		"a cost of words": {pairs(`{"volunteer": "a", "family": "x", "cost": "low"}`), "no instance"},
		"half a cost":     {pairs(`{"volunteer": "a", "family": "x", "cost": 0.5}`), "no instance"},
		"a huge cost":     {pairs(`{"volunteer": "a", "family": "x", "cost": 1000000001}`), "between"},
		"out of numbers":  {pairs(`{"volunteer": "a", "family": "x", "cost": 99999999999999999999}`), "no instance"},
		"a pair twice":    {pairs(`{"volunteer": "a", "family": "x", "cost": 1}, {"volunteer": "a", "family": "x", "cost": 2}`), "twice"},
		"less than none":  {`{"volunteers": [{"id": "a", "capacity": -1}]}`, "less than nothing"},
		"a field twice":   {`{"pairs": [], "pairs": []}`, "twice"},
		"no list":         {`{"pairs": {}}`, "no instance"},
		"cut off":         {`{"families": [{"id": "x"}`, "no instance"},
		"needs together":  {`{"families": [{"id": "x", "need": 1000000}, {"id": "y", "need": 1}]}`, "together"},
	} {
		if _, _, err := Read(strings.NewReader(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %q in it", name, err, c.want)
		}
	}
	if _, _, err := Read(strings.NewReader(pairs(`{"volunteer": "a", "family": "x", "cost": -1000000000}`))); err != nil {
		t.Errorf("the lowest cost is refused: %v", err)
	}
}

func TestThePairsMayStandFirst(t *testing.T) {
	_, p, err := Read(strings.NewReader(`{"pairs": [{"volunteer": "a", "family": "x", "cost": 4}], "families": [{"id": "y"}, {"id": "x"}], "volunteers": [{"id": "a"}]}`))
	if err != nil || len(p.Pairs) != 1 || p.Pairs[0] != (Pair{0, 1, 4}) {
		t.Errorf("%+v, %v", p, err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`{"volunteers": [{"id": "a", "capacity": 2}], "families": [{"id": "x"}], "pairs": [{"volunteer": "a", "family": "x", "cost": 4}]}`)
	f.Add(`{"families_first": true, "families": [{"id": "x", "need": 0}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		file, p, err := Read(strings.NewReader(text))
		if err != nil || len(p.Need) > 50 || len(p.Pairs) > 200 {
			return
		}
		for _, n := range p.Need {
			if n > 1000 {
				return
			}
		}
		a, err := Solve(context.Background(), p, nil)
		if err != nil || !file.Tell(p, a).Proved {
			t.Errorf("%v, proved %v", err, Prove(p, a))
		}
	})
}
