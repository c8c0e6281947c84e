// Package triptych keeps, for each member of a family, three panels in their own words: what is difficult, what they wish, and how
// (TOO-1). A change is a new sheet, so that the picture of May stays beside that of October. A wish becomes a goal of the step
// plan in one tap.
package triptych

import "maatje/internal/core"

// Sheet is the three panels of one person as they were written at one moment.
type Sheet struct {
	ID      core.ID // from the screen, so that a double tap is one sheet
	Person  core.PersonID
	Seq     int // of this person's sheets, the first is 1
	At      core.Instant
	Problem string
	Wish    string
	How     string
	Goal    core.ID // what the wish became; zero while it is no goal

	problem, wish, how []byte
}

// panels are what somebody wrote, whenever it was.
func (s Sheet) panels() [3]string { return [3]string{s.Problem, s.Wish, s.How} }

// Member is somebody of the family and the sheets they have, the newest first. Those of somebody who died stay as they are.
type Member struct {
	ID     core.PersonID
	Name   string
	Lives  bool
	Sheets []Sheet
}

// Now is the newest sheet; the zero Sheet if there is none.
func (m Member) Now() Sheet {
	if len(m.Sheets) == 0 {
		return Sheet{Person: m.ID}
	}
	return m.Sheets[0]
}
