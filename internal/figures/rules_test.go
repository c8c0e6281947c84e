package figures

import (
	"testing"
)

func TestFIG2_SharesToOneDecimalHalvesUp(t *testing.T) {
	for _, tt := range []struct{ value, of, want float64 }{
		{199, 226, 88.1}, {150, 199, 75.4}, {46, 199, 23.1}, {3, 199, 1.5}, {1, 8, 12.5}, {1, 16, 6.3}, {1, 800, 0.1}, {1, 2001, 0},
		{0, 5, 0}, {5, 5, 100}, {1, 3, 33.3}, {2, 3, 66.7}, {7, 5, 140},
	} {
		if got := percent(tt.value, tt.of); got == nil || *got != tt.want {
			t.Errorf("%v of %v: %v, want %v", tt.value, tt.of, *got, tt.want)
		}
	}
	if percent(0, 0) != nil {
		t.Error("nothing has a share of nothing")
	}
}

func TestFIG3_TheMedianIsTheMiddle(t *testing.T) {
	for _, tt := range []struct {
		days []int
		want float64
	}{{nil, 0}, {[]int{7}, 7}, {[]int{9, 1}, 5}, {[]int{3, 100, 1}, 3}, {[]int{4, 1, 2, 100}, 3}, {[]int{1, 2}, 1.5}} {
		if got := median(tt.days); got != tt.want {
			t.Errorf("%v: %v, want %v", tt.days, got, tt.want)
		}
	}
}
