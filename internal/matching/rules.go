package matching

import (
	"slices"
	"strings"

	"maatje/internal/core"
)

// moves says from where to where a match goes (TRA-3). Each of the three can still say no until the family said yes.
var moves = map[State][]State{
	Proposed:   {Agreed, Declined},
	Agreed:     {Introduced, Declined},
	Introduced: {Accepted, Declined},
	Accepted:   {Ended},
}

// MayMove says whether a match goes on to a state, or that somebody was quicker (TRA-3).
func MayMove(m Match, to State) error {
	if !slices.Contains(moves[m.State], to) {
		return core.Conflict("matching_moved_on", string(m.State))
	}
	return nil
}

// CheckProposal says whether somebody can be proposed beside the matches that a trajectory has (TRA-3): one at a time is
// asked, so that no family gets two yeses; somebody who is matched already is not asked again.
func CheckProposal(all []Match, who core.ID) error {
	for _, m := range all {
		switch {
		case !m.IsOpen():
		case core.ID(m.Volunteer) == who:
			return core.Conflict("matching_proposed_already", m.VolunteerName)
		case m.State != Accepted:
			return core.Conflict("matching_somebody_asked", m.VolunteerName)
		}
	}
	return nil
}

// CheckDoubleRole says whether a second role in one family was decided, with reasons (VOL-9). Without one there is nothing
// to decide.
func CheckDoubleRole(roles []string, d DoubleRole) error {
	switch {
	case len(roles) == 0:
		return nil
	case strings.TrimSpace(d.Words) == "":
		return core.Invalid("double_role_words", "matching_double_role_words")
	case !d.Wanted:
		return core.Refuse("VOL-9", "matching_double_role_unwanted")
	}
	return nil
}

// CheckIntroduction says whether an introduction can be planned on a day (TRA-3).
func CheckIntroduction(m Match, on, today core.Date) error {
	switch {
	case m.State != Agreed:
		return core.Conflict("matching_moved_on", string(m.State))
	case on.IsZero():
		return core.Invalid("introduction_on", "matching_introduction_day")
	case on.Before(today):
		return core.Invalid("introduction_on", "matching_introduction_past")
	}
	return nil
}

// CheckIntroduced says whether the introduction can have been on a day: not ahead, and not before the volunteer agreed
// (TRA-3).
func CheckIntroduced(m Match, on, today core.Date) error {
	switch {
	case on.IsZero():
		return core.Invalid("introduced_on", "matching_introduction_day")
	case on.After(today):
		return core.Invalid("introduced_on", "matching_introduction_ahead")
	case on.Before(m.AgreedAt.Date()):
		return core.Invalid("introduced_on", "matching_introduction_before_yes", m.AgreedAt.Date())
	}
	return MayMove(m, Introduced)
}

// CheckDecline says whether a side can say no now. No reason is asked of anybody (TRA-3).
func CheckDecline(m Match, by Side) error {
	if !slices.Contains([]Side{ByVolunteer, ByFamily, ByCoordinator}, by) {
		return core.Invalid("by", "matching_who_declined")
	}
	return MayMove(m, Declined)
}

// CheckDeviation says whether it was said why another is chosen than was advised (VOL-7): the coordinator decides, and the
// reason is kept. Who is as good as the best is no deviation.
func CheckDeviation(deviates bool, known []string, d Deviation) error {
	switch {
	case !deviates:
		return nil
	case !slices.Contains(known, d.Code):
		return core.Invalid("deviation", "matching_deviation")
	case d.Code == "other" && strings.TrimSpace(d.Words) == "":
		return core.Invalid("deviation_words", "matching_deviation_words")
	}
	return nil
}
