package task_test

import (
	"testing"

	"maatje/internal/core"
	"maatje/internal/task"
)

func TestHref(t *testing.T) {
	id := core.DossierID(7)
	tests := []struct {
		name string
		task task.Task
		want string
	}{
		{"a dossier", task.Task{Kind: "x", Dossier: id}, "/dossiers/" + id.String()},
		{"a referral", task.Task{Kind: "x", Referral: 8}, "/referrals/" + core.ID(8).String()},
		{"a volunteer", task.Task{Kind: "x", Volunteer: 9}, "/volunteers/" + core.ID(9).String()},
		{"the dossier before the volunteer", task.Task{Kind: "x", Dossier: id, Volunteer: 9}, "/dossiers/" + id.String()},
		{"nothing", task.Task{Kind: "x"}, "/"},
	}
	for _, tt := range tests {
		if got := tt.task.Href(); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}
