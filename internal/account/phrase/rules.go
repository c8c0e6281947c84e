package phrase

import (
	"slices"
	"strings"
	"unicode/utf8"

	"maatje/internal/core"
)

const (
	leastPassphrase = 12
	mostPassphrase  = 200
)

// common are passphrases of twelve characters and more that would be tried first here: words of the programme, its towns
// and seasons. What leaked elsewhere is known to package leaked. They are compared folded and without spaces.
var common = []string{
	"123456789012", "1234567890123", "12345678901234", "123456123456", "123123123123", "password1234", "password12345",
	"passwordpassword", "qwertyuiop12", "qwertyuiop123", "qwertyuiopasdf", "qwertyqwerty", "asdfghjkl123", "zxcvbnm12345",
	"wachtwoord12", "wachtwoord123", "wachtwoord1234", "mijnwachtwoord", "wachtwoordwachtwoord", "welkom123456", "welkomwelkom",
	"welkom2024!!", "welkom2025!!", "welkom2026!!", "welkom2027!!", "geheimgeheim", "iloveyou1234", "ikhouvanjou", "ikhouvanjou1",
	"letmein12345", "administrator", "administrator1", "changeme1234", "correcthorsebatterystaple", "maatjemaatje", "maatje123456",
	"humanitas123", "humanitas1234", "humanitashumanitas", "vrijwilliger", "vrijwilliger1", "coordinator1", "coordinator12",
	"gezininbalans", "wieletopdekleintjes", "wieleteropdekleintjes", "feyenoord123", "amsterdam123", "rotterdam123",
	"nederland123", "zomer2026!!!", "winter2026!!", "abcdefghijkl", "abcd12345678", "1q2w3e4r5t6y", "1qaz2wsx3edc", "trustno1trustno1",
}

// Check says what is wrong with a new passphrase. Length is what counts: no capitals, digits or signs are asked
// for, because people then choose worse ones (NIST SP 800-63B, 3.1.1).
func Check(passphrase, email string) *core.Fail {
	plain := strings.ToLower(strings.Join(strings.Fields(passphrase), ""))
	user, _, _ := strings.Cut(fold(email), "@")
	switch n := utf8.RuneCountInString(passphrase); {
	case n < leastPassphrase:
		return core.Invalid("passphrase", "account_passphrase_short", leastPassphrase)
	case n > mostPassphrase:
		return core.Invalid("passphrase", "account_passphrase_long", mostPassphrase)
	case plain == fold(email), utf8.RuneCountInString(user) >= 4 && strings.ReplaceAll(plain, user, "") == "":
		return core.Invalid("passphrase", "account_passphrase_email")
	case isCommon(plain):
		return core.Invalid("passphrase", "account_passphrase_common")
	}
	return nil
}

func isCommon(plain string) bool {
	if slices.Contains(common, plain) || stolen(plain) {
		return true
	}
	first, _ := utf8.DecodeRuneInString(plain)
	return strings.Trim(plain, string(first)) == ""
}

// Again holds the second typing against the first.
func Again(passphrase, again string) *core.Fail {
	if passphrase != again {
		return core.Invalid("again", "account_passphrase_differs")
	}
	return nil
}

func fold(email string) string { return strings.ToLower(strings.TrimSpace(email)) }
