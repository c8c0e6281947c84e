package account

import (
	"strings"
	"time"
	"unicode/utf8"

	"maatje/internal/core"
)

const (
	idleFor    = 30 * time.Minute
	lastsFor   = 12 * time.Hour
	clockDrift = 5 * time.Minute

	provedFor = 5 * time.Minute

	codeEvery = 30 // seconds in one step of a one-time code

	mostPasskeys    = 20
	mostPasskeyName = 60

	invitedFor = 7 * 24 * time.Hour
)

// foldEmail is the key under which an address is found: people type capitals.
func foldEmail(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// checkPerson says what is wrong with the name and address of an account.
func checkPerson(name, email string) error {
	var wrong []*core.Fail
	if strings.TrimSpace(name) == "" {
		wrong = append(wrong, core.Invalid("name", "account_no_name"))
	}
	if !isEmail(email) {
		wrong = append(wrong, core.Invalid("email", "account_no_email"))
	}
	return core.Join(wrong...)
}

// isEmail says whether mail can go there: something before one @, a domain with a dot behind it, and no sign that a mail's
// head would read otherwise.
func isEmail(email string) bool {
	user, domain, found := strings.Cut(email, "@")
	odd := func(r rune) bool { return r <= ' ' || r == 0x7f || strings.ContainsRune(`@,;:<>()[]\"`, r) }
	return found && user != "" && !strings.ContainsFunc(user+domain, odd) && len(email) <= 200 &&
		strings.Contains(strings.Trim(domain, "."), ".") && strings.Trim(domain, ".") == domain
}

// alive says whether a session still counts: less than 30 minutes since it was last used and less than 12 hours since
// signing in. One from the future is none: a clock that was put back must not make sessions last.
func alive(created, seen, now core.Instant) bool {
	if latest := now.Add(clockDrift); created.After(latest) || seen.After(latest) {
		return false
	}
	return now.Sub(seen) < idleFor && now.Sub(created) < lastsFor
}

// provedOf says whether somebody showed less than five minutes ago that it is they. A moment in the future is none.
func provedOf(at, now core.Instant) bool {
	return !at.IsZero() && !at.After(now.Add(clockDrift)) && now.Sub(at) < provedFor
}

// checkPasskeyName holds the name that somebody gives a passkey, to tell it from the others.
func checkPasskeyName(name string) *core.Fail {
	if strings.TrimSpace(name) == "" || utf8.RuneCountInString(name) > mostPasskeyName {
		return core.Invalid("name", "account_passkey_name", mostPasskeyName)
	}
	return nil
}

// checkPasskeys says whether somebody with so many passkeys may have one more.
func checkPasskeys(has int) *core.Fail {
	if has >= mostPasskeys {
		return core.Refuse("", "account_passkeys_many", mostPasskeys)
	}
	return nil
}

// steps are the steps whose one-time code counts at this moment: this one, and one on either side for a clock that is off.
func steps(now core.Instant) []int64 {
	step := now.Time().Unix() / codeEvery
	return []int64{step, step - 1, step + 1}
}

// fresh says whether the code of this step may still be used: each code once, and none older than the last one used.
func fresh(step, last int64) bool { return step > last }

// deviceKind recognises what somebody holds, roughly: enough to say "this phone".
func deviceKind(agent string) string {
	switch {
	case strings.Contains(agent, "iPad") || strings.Contains(agent, "Tablet"):
		return "tablet"
	case strings.Contains(agent, "Mobi") || strings.Contains(agent, "iPhone"):
		return "phone"
	}
	return "computer"
}

// checkEnd says whether an account may lose its access or its role of project leader: somebody must be left who can give
// it back.
func checkEnd(isLeader bool, otherLeaders int) *core.Fail {
	if isLeader && otherLeaders == 0 {
		return core.Refuse("", "account_last_leader")
	}
	return nil
}

// needsPlace says which place belongs to a role and is missing: who works nowhere sees nothing (METHOD ch. 9).
func needsPlace(outside, inside bool, municipalities, facilities int) []*core.Fail {
	var wrong []*core.Fail
	if outside && municipalities == 0 {
		wrong = append(wrong, core.Invalid("municipalities", "account_needs_municipality"))
	}
	if inside && facilities == 0 {
		wrong = append(wrong, core.Invalid("facilities", "account_needs_facility"))
	}
	return wrong
}
