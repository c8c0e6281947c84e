package standin

import "maatje/internal/core"

const longestStand = 366 // days for which somebody may stand in

// check says what is wrong with standing in from one day until another, both included.
func check(absent, backup core.AccountID, from, until, today core.Date) error {
	var wrong []*core.Fail
	if backup.IsZero() || backup == absent {
		wrong = append(wrong, core.Invalid("backup", "account_no_backup"))
	}
	switch {
	case from.IsZero() || from.Before(today):
		wrong = append(wrong, core.Invalid("from", "account_stand_from"))
	case until.IsZero() || until.Before(from):
		wrong = append(wrong, core.Invalid("until", "account_stand_until"))
	case from.DaysUntil(until) > longestStand:
		wrong = append(wrong, core.Invalid("until", "account_stand_long"))
	}
	return core.Join(wrong...)
}
