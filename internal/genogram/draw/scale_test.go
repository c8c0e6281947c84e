package draw

import (
	"testing"

	"maatje/internal/genogram/arrange"
)

// TestTOO2_EveryLaneHasAHeightOfItsOwn: what lies below something else in the arrangement lies below it in the picture.
func TestTOO2_EveryLaneHasAHeightOfItsOwn(t *testing.T) {
	ys := []float64{0, .46, .6, .67, .8, 1, 1.46, 2}
	var d arrange.Drawing
	d.Rows = 3
	for i, y := range ys {
		d.Links = append(d.Links, arrange.ChildLine{Way: []arrange.Point{{X: float64(i), Y: y}}})
	}
	s := measure(d, false)
	for i := 1; i < len(ys); i++ {
		if s.y(ys[i]) <= s.y(ys[i-1]) {
			t.Errorf("%v lies at %v, and %v at %v", ys[i-1], s.y(ys[i-1]), ys[i], s.y(ys[i]))
		}
	}
}
