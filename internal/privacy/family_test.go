package privacy

import (
	"reflect"
	"testing"

	"maatje/internal/core"
	"maatje/internal/dossier/looks"
	"maatje/internal/web/text"
)

func a(at core.Instant, who, actor, action, what, by, outcome string) looks.Look {
	return looks.Look{At: at, Who: who, Actor: actor, Action: action, What: what, By: by, Outcome: outcome}
}

func at(s string) core.Instant { return core.MustInstant(s) }

func TestAFamilyIsToldWhoLookedWhenAndAsWhat(t *testing.T) {
	const petra, sam, lea = "outside_coordinator", "volunteer", "project_leader"
	got := tell([]looks.Look{ // the latest first, as the page reads them
		a(at("2026-11-24T09:00:00.000Z"), "Petra", petra, "read", "identity, signals", "municipality, standing in", "done"),
		a(at("2026-11-23T23:30:00.000Z"), "Sam", sam, "read", "own visits", "running match", "done"), // already Tuesday here
		a(at("2026-11-23T10:05:00.000Z"), "Petra", petra, "change", "visit.open", "municipality", "done"),
		a(at("2026-11-23T10:00:00.000Z"), "Petra", petra, "print", "consents", "municipality", "done"),
		a(at("2026-11-23T09:50:00.000Z"), "Lea", lea, "read", "identity", "broken glass", "done"),
		a(at("2026-11-22T09:00:00.000Z"), "Ilse", "inside_coordinator+outside_coordinator", "print", "consents", "facility", "done"),
		a(at("2026-11-22T08:00:00.000Z"), "Petra", petra, "change", "dossier.rename", "municipality", "refused"),
	})
	want := []toldDay{
		{core.MustDate("2026-11-24"), []told{{"Petra", petra, looked}, {"Sam", sam, looked}}},
		{core.MustDate("2026-11-23"), []told{{"Petra", petra, wrote}, {"Lea", lea, brokeGlass}}},
		{core.MustDate("2026-11-22"), []told{{"Ilse", "inside_coordinator+outside_coordinator", printed}, {"Petra", petra, looked}}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	for said, words := range map[told]string{
		want[0].said[0]: "Petra (coördinator) keek in het dossier.",
		want[0].said[1]: "Sam (maatje) keek in het dossier.",
		want[1].said[0]: "Petra (coördinator) keek in het dossier en schreef er iets in.",
		want[1].said[1]: "Lea (projectleider) opende het dossier in een noodgeval. De reden staat opgeschreven.",
		want[2].said[0]: "Ilse (coördinator) keek in het dossier en maakte een afdruk.",
	} {
		if got := said.in(text.NL); got != words {
			t.Errorf("%q, want %q", got, words)
		}
	}
	if day := (familyLog{lang: text.NL}).day(core.MustDate("2026-11-24")); day != "dinsdag 24 november 2026" {
		t.Error(day)
	}
}

// Who passed a worry on shows in nothing that a family reads: not by what was looked at, and not by a line of writing.
func TestSIG5_TheFamilysLogGivesNoReporterAway(t *testing.T) {
	of := func(action, what string) looks.Look {
		return a(at("2026-11-23T10:00:00.000Z"), "Sam", "volunteer", action, what, "running match", "done")
	}
	plain := tell([]looks.Look{of("read", "plan")})
	for _, k := range []looks.Look{of("change", "signal.raise"), of("change", "task.put"), of("read", "own signals"), of("read", "signals")} {
		if got := tell([]looks.Look{k, of("read", "plan")}); !reflect.DeepEqual(got, plain) {
			t.Errorf("%+v shows: %+v", k, got)
		}
	}
}
