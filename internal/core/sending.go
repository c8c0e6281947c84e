package core

import (
	"strconv"
	"strings"
)

// Sending is one sending of what somebody is typing: on which screen, and from what it started (TRA-6). Kept texts are
// never overwritten unseen, also not by a second tab, a late answer or a sending that arrives twice.
type Sending struct {
	Key  string // the idempotency key: the page's token, a dot, and the number of the sending
	From int    // the version that the screen started from
}

// MayReplace decides whether it may be stored over the version that is kept: when the screen started from it, or when the
// last sending came from this same screen and only its answer was lost on the way.
func (s Sending) MayReplace(version int, last string) bool {
	return s.From == version || s.From < version && s.sameScreen(last)
}

// IsOld says that what was kept last came later from the same screen, or is this very sending.
func (s Sending) IsOld(last string) bool {
	return s.Key != "" && s.Key == last || s.sameScreen(last) && s.number() < (Sending{Key: last}).number()
}

func (s Sending) sameScreen(last string) bool {
	one, _, ok := strings.Cut(s.Key, ".")
	other, _, also := strings.Cut(last, ".")
	return ok && also && one != "" && one == other
}

// Done is the end of a key that puts an end to typing: nothing of the same screen comes after it.
const Done = ".done"

func (s Sending) number() int {
	_, after, _ := strings.Cut(s.Key, ".")
	if n, err := strconv.Atoi(after); err == nil {
		return n
	}
	return int(^uint(0) >> 1)
}
