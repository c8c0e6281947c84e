// Package peer keeps the days on which volunteers come back together every month: who was invited, who came, what was talked
// about without names, and who missed three in a row (VOL-5).
package peer

import (
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/training"
)

// Day is a peer day.
type Day struct {
	ID        core.ID
	On        core.Date
	Starts    string
	Place     string
	About     string
	Area      training.Area
	Cases     string // what was discussed, without names
	CalledOff core.Instant
	Version   int
}

// IsOff says that it was called off.
func (d Day) IsOff() bool { return !d.CalledOff.IsZero() }

// Guest is a volunteer who was invited, and whether she came.
type Guest struct {
	Volunteer core.VolunteerID
	Name      string
	Attended  string
}

// Missing is a volunteer who missed several days in a row.
type Missing struct {
	Volunteer core.VolunteerID
	Name      string
	Times     int
}

// Service keeps them.
type Service struct{ db *db.DB }

// NewService makes the service.
func NewService(d *db.DB) *Service { return &Service{d} }
