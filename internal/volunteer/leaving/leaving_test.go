package leaving

import (
	"testing"

	"maatje/internal/core"
	"maatje/internal/volunteer"
)

func TestVOL1_WhoStopsWithoutATalkSaysWhy(t *testing.T) {
	for _, c := range []struct {
		s    volunteer.Status
		f    Farewell
		want bool
	}{
		{volunteer.Active, Farewell{Talked: true}, true}, {volunteer.Active, Farewell{}, false}, {volunteer.Resting, Farewell{WithoutTalk: " "}, false},
		{volunteer.Resting, Farewell{WithoutTalk: "verhuisd"}, true}, {volunteer.Applied, Farewell{}, true}, {volunteer.Trained, Farewell{}, true},
	} {
		if err := CheckFarewell(c.s, c.f); (err == nil) != c.want {
			t.Errorf("%s %+v: %v", c.s, c.f, err)
		}
	}
}

func TestPRV3_TheDayThatIsToldIsTheDayAfterTheTerm(t *testing.T) {
	if got := ErasedOn(core.MustDate("2026-11-23"), 28); got != core.MustDate("2026-12-22") {
		t.Errorf("%s", got)
	}
}
