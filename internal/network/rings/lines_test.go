package rings

import (
	"fmt"
	"testing"

	"maatje/internal/kin"
)

func TestTOO3_NoTwoKindsOfTiesLookAlike(t *testing.T) {
	seen := map[string]string{}
	for _, kind := range kin.Ties {
		if kin.Unspoken(kind) { // not shown in a network
			continue
		}
		look := fmt.Sprint(Line(kind, Point{0, 0}, Point{120, 50}))
		if other := seen[look]; other != "" {
			t.Errorf("%s looks like %s", kind, other)
		}
		seen[look] = kind
	}
	if Line("close", Point{0, 0}, Point{3, 3}) != nil || len(Line("cut_off", Point{0, 0}, Point{30, 0})) != 1 {
		t.Error("a short line is drawn over the points")
	}
}
