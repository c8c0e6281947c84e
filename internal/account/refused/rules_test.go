package refused

import (
	"testing"
	"time"

	"maatje/internal/core"
)

func TestWhichRefusalsTell(t *testing.T) {
	told := 0
	for n := range int64(100_000) {
		if telling(n + 1) {
			told++
		}
	}
	if told != 6 { // 1, 10, 100, 1,000, 10,000, 100,000
		t.Errorf("100,000 refusals are told %d times, want 6", told)
	}
	for n, want := range map[int64]bool{1: true, 2: false, 9: false, 10: true, 11: false, 20: false, 100: true, 110: false, 1000: true} {
		if telling(n) != want {
			t.Errorf("the %dth: %v, want %v", n, !want, want)
		}
	}
}

func TestAnHourBeginsOnTheHour(t *testing.T) {
	for at, want := range map[string]string{
		"2026-11-23T09:00:00Z": "2026-11-23T09:00:00Z", "2026-11-23T09:59:59.999Z": "2026-11-23T09:00:00Z", "2026-11-23T10:00:00Z": "2026-11-23T10:00:00Z",
	} {
		if got := since(core.MustInstant(at)); got != core.MustInstant(want) {
			t.Errorf("%s is counted from %s, want %s", at, got, want)
		}
	}
}

func TestManyDifferentOnesAreToldApartLess(t *testing.T) {
	one := key{since(core.At(time.Unix(0, 0))), Right, 1, 2, "192.0.2.7", "GET /dossiers/{id}", "door"}
	for counted, want := range map[int]key{
		0: one, mostOf - 1: one, mostOf: {one.since, Right, 1, 2, "192.0.2.7", "", "door"}, most - 1: {one.since, Right, 1, 2, "192.0.2.7", "", "door"}, most: {since: one.since, kind: Right},
	} {
		if got := one.sameAs(counted); got != want {
			t.Errorf("after %d: %+v, want %+v", counted, got, want)
		}
	}
}

func TestAPageIsNamedWithoutWhatStandsInIt(t *testing.T) {
	for route, want := range map[string]string{
		"GET /": "/", "GET /{$}": "/…", "POST /dossiers/{id}/talks": "/dossiers/…/talks", "GET /proposals/{match}": "/proposals/…", "": "",
	} {
		if got := pageOf(route); got != want {
			t.Errorf("%q is named %q, want %q", route, got, want)
		}
	}
}
