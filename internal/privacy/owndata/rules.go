package owndata

import (
	"slices"

	"maatje/internal/core"
)

// Somebody is a person of the file as far as these rules need to know them.
type Somebody struct {
	ID                           core.PersonID
	IsChild, IsParent, Caregiver bool
	Birth                        core.Date
}

func (s Somebody) in(group string) bool {
	switch group {
	case "child":
		return s.IsChild
	case "parent":
		return s.IsParent
	case "caregiver":
		return s.Caregiver
	}
	return false
}

// isAbout says that a row is about one person alone (PRV-4): it names them, or it names nobody and they are the only one of
// their kind in the file.
func isAbout(who core.PersonID, file []Somebody, person core.PersonID, group string) bool {
	if !person.IsZero() {
		return person == who
	}
	var all []core.PersonID
	for _, s := range file {
		if s.in(group) {
			all = append(all, s.ID)
		}
	}
	return slices.Equal(all, []core.PersonID{who})
}

// isAlone says that words about these people are about one alone; words about several belong to none of them (PRV-4).
func isAlone(who core.PersonID, people []core.PersonID) bool {
	return len(people) > 0 && !slices.ContainsFunc(people, func(p core.PersonID) bool { return p != who })
}

const ownSay = 12 // from this age on a child is asked about what it said itself (CON-2)

// mayPassOn says whether what somebody said themselves goes to who asks (PRV-4, CON-2): to themselves always; of a child from
// 12 on to whoever has authority only when the child agrees.
func mayPassOn(who Somebody, asker core.PersonID, agrees bool, on core.Date) bool {
	return who.ID == asker || agrees || who.IsChild && !who.Birth.IsZero() && who.Birth.AgeOn(on) < ownSay
}

// isUnaware applies INT-8: a child who asks and was not told everything reads nothing from which more can be learned.
func isUnaware(who Somebody, asker core.PersonID, level string) bool {
	return who.ID == asker && who.IsChild && level != "all"
}
