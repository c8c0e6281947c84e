package pipeline

import (
	"testing"

	"maatje/internal/core"
	"maatje/internal/volunteer"
)

func TestVOL1_WhoWaitsTooLongStandsOnTop(t *testing.T) {
	on := core.MustDate("2026-11-23")
	walker := func(id int64, s volunteer.Status, waits int) Walker {
		return Walker{Profile: volunteer.Profile{ID: core.VolunteerID(id), Status: s, StatusSince: on.AddDays(-waits)}}
	}
	b := group([]Walker{
		walker(1, volunteer.Applied, 2), walker(2, volunteer.Talked, 20), walker(3, volunteer.Talked, 21), walker(4, volunteer.Trained, 90), walker(5, volunteer.Applied, 0),
		walker(6, volunteer.Applied, 9),
	}, on, volunteer.DefaultTerms)
	if len(b.Stuck) != 2 || b.Stuck[0].ID != 4 || b.Stuck[1].ID != 3 {
		t.Errorf("stuck: %+v", b.Stuck)
	}
	if len(b.Steps) != 7 || b.Steps[0].Status != volunteer.Applied || b.Steps[6].Status != volunteer.Trained {
		t.Errorf("steps: %+v", b.Steps)
	}
	applied := b.Steps[0].Walkers
	if len(applied) != 3 || applied[0].ID != 6 || applied[1].ID != 1 || applied[2].ID != 5 || applied[1].Waits != 2 {
		t.Errorf("applied: %+v", applied)
	}
	if len(b.Steps[1].Walkers) != 1 || b.Steps[1].Walkers[0].Missing[0].For != volunteer.HomeVisited {
		t.Errorf("talked: %+v", b.Steps[1].Walkers)
	}
	if !(Board{Steps: b.Steps[2:]}).isEmpty() || b.isEmpty() {
		t.Error("who is there is seen")
	}
}
