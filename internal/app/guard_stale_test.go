package app

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/db"
)

// What a form changes was on a screen, and may be on somebody else's at the same time. So a change holds on to what was
// seen: the row's version, or the state out of which it is moved. What does neither stands below, with its reason.
var (
	changesARow = regexp.MustCompile(`(?is)^\s*UPDATE\b|\bDO UPDATE\b`)
	holdsOn     = []*regexp.Regexp{
		regexp.MustCompile(`(?i)\bversion = :version\b`),
		regexp.MustCompile(`(?i)\b(state|status|choice) (=|<>|IN) ?(:was\b|'|\('[^)]*\))`), // moved once, from where it was
		regexp.MustCompile(`(?i)\b\w+_(at|on|id|date|by) IS NULL\b`),                       // done once
		regexp.MustCompile(`(?i)DO UPDATE SET version = (\w+)\.version\b`),                 // the same thing again changes nothing
		regexp.MustCompile(`(?i)\b\w+ = \w+\.\w+ \+ excluded\.`),                           // adds to what is there
	}
	ofOthers = regexp.MustCompile(`(?is)\(\s*SELECT\b[^()]*(\([^()]*\)[^()]*)*\)`) // conditions on other rows hold nothing
	byItself = regexp.MustCompile(`^(job|demo|importer|guard|mutant)\.`)           // no form leads there: they line up by leases and import keys
)

var lastOneCounts = map[string]string{
	"account.choose_language":       "the reader's own language: one click, one value",
	"account.choose_passphrase":     "a new passphrase puts an end to the old one; the invitation is used once",
	"provider.used":                 "when somebody last signed in there, and nothing else of the row",
	"account.end_standing_in":       "ends with the account, whatever the days were",
	"account.count":                 "a bucket of tries, read in the same transaction",
	"account.start_again":           "nobody can sign in yet: what was typed last on the page of the first start counts",
	"begin.add_passphrase":          "only where there is none, with a code that counts once",
	"account.forget_second_factor":  "goes with a new passphrase",
	"account.my_name":               "the reader's own name, and nothing else of the row",
	"account.my_passphrase":         "asks for the passphrase that there is",
	"account.second_factor":         "a code counts once: the step it belongs to only grows",
	"account.seen":                  "the last sight of a session",
	"account.prove":                 "the session of the one who proves it, under a new token",
	"account.use_passkey":           "the record that the library keeps of a key, as it was used last",
	"account.stop_backup":           "can only end sooner",
	"account.signed_in":             "the program writes down when somebody last came in",
	"breach.stage":                  "the stage of the clock that was made known last, by the program",
	"dossier.move_on":               "a state that follows from what was done in the same transaction",
	"intake.check_contraindication": "one answer to one question; the same answer changes nothing, and another one asks for a new decision",
	"referral.spend":                "a bucket of tries, read in the same transaction",
	"retention.announce_dossier":    "the program says for which day, in the transaction that looked; nobody types it",
	"retention.announce_referral":   "the program says for which day, in the transaction that looked; nobody types it",
	"retention.announce_volunteer":  "the program says for which day, in the transaction that looked; nobody types it",
	"setting.change":                "the version of all settings together is held in the same transaction",
	"signal.reopen":                 "whoever raised it says that an answer is not enough; the answers stay",
	"signal.travel":                 "only adds whom it reached",
	"task.open":                     "the program moves a task by its key; nobody types one",
	"peer.attended":                 "there or not: the coordinator mends it by saying it again",
	"training.complete":             "a later day takes the place of an earlier one, never the other way round",
	"training.kind_needs":           "asks for the courses that were on the screen",
	"trajectory.ask_choice":         "the program asks again when a release moves again",
	"trajectory.move_final":         "goes with an extension, which has the version of the trajectory",
	"trajectory.tell_child":         "goes with the farewell, which has a version",
	"volunteer.reopen_access":       "goes with the step of somebody who stopped and comes back, which holds the status",
	"volunteer.complete_course":     "one date for one course: the coordinator mends it by saying it again",
}

// holdsOnTo looks at what the change asks of the row itself.
func holdsOnTo(text string) bool {
	text = ofOthers.ReplaceAllString(text, "()")
	if updates := changesARow.FindStringIndex(text); updates != nil {
		text = text[updates[0]:]
	}
	if at := strings.LastIndex(text, "WHERE"); at >= 0 && !strings.Contains(text, "SET version =") {
		text = text[at:]
	}
	return slices.ContainsFunc(holdsOn, func(how *regexp.Regexp) bool { return how.MatchString(text) })
}

func TestAChangeIsMadeFromWhatWasSeen(t *testing.T) {
	used := map[string]bool{}
	for _, q := range db.Registered() {
		if q.Section() == authz.Erasing { // a section of the program's own: no form leads there
			continue
		}
		if !q.IsWrite() || !changesARow.MatchString(q.Text()) || byItself.MatchString(q.Name()) {
			continue
		}
		held := holdsOnTo(q.Text())
		switch why := lastOneCounts[q.Name()]; {
		case !held && why == "":
			t.Errorf("%s overwrites what somebody else may have changed: %s", q.Name(), strings.Join(strings.Fields(q.Text()), " "))
		case !held:
			used[q.Name()] = true
		}
	}
	for name := range lastOneCounts {
		if !used[name] {
			t.Errorf("%s needs no reason any more; take it out", name)
		}
	}
}
