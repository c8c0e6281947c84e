// Package applicant is the public door for somebody who wants to become a volunteer: what it is, what it asks, what a volunteer may and may
// not do, and a form that asks the least (VOL-1, VOL-2). Whoever sends it reads nothing back but a code, and never hears whether we know
// them; a second application of the same person is put beside the first, for the coordinator to see.
package applicant

import "maatje/internal/core"

// Application is what somebody sends in.
type Application struct {
	Name         string
	Email        string
	Phone        string
	Municipality string
	Words        string // why, in their own words
	Kinds        []string
	Languages    string
	Days         []string
}

// Received is what came of it.
type Received struct {
	Code string
	Days int // working days within which somebody answers
}

// known is who we know already by the same address.
type known struct {
	id           core.VolunteerID
	municipality core.ID
	facility     core.ID
	found        bool
}
