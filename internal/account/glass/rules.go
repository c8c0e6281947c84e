package glass

import (
	"strings"
	"time"
	"unicode/utf8"

	"maatje/internal/core"
)

const (
	glassFor    = 4 * time.Hour
	leastReason = 10
	mostReason  = 1000
)

// checkReason holds the reason for breaking the glass: the family's coordinator will read it (METHOD ch. 9).
func checkReason(reason string) *core.Fail {
	if n := utf8.RuneCountInString(strings.Join(strings.Fields(reason), " ")); n < leastReason || n > mostReason {
		return core.Invalid("reason", "account_glass_reason", leastReason, mostReason)
	}
	return nil
}
