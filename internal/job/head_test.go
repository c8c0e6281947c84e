package job

import (
	"slices"
	"strings"
	"testing"

	"maatje/internal/core"
)

// TestAMailHasTheHeadThatWeGaveIt sends mails whose address and subject try to be more than that. Either nobody gets one, or
// it has our head, one reader, and the subject on its own line.
func TestAMailHasTheHeadThatWeGaveIt(t *testing.T) {
	office := &postOffice{}
	sender := office.open(t)
	heads := []string{"Auto-Submitted", "Content-Transfer-Encoding", "Content-Type", "Date", "From", "Message-Id", "Mime-Version", "Subject", "To"}
	for _, odd := range []string{"\r\nBcc: zqx@evil.example", "\nBcc: zqx@evil.example", "\rBcc: zqx@evil.example", "\r\n\r\n<script>zqx</script>", ", zqx@evil.example", "; zqx@evil.example",
		" <zqx@evil.example>", "\x00", "%0d%0aBcc: zqx@evil.example", "\u2028Bcc: zqx@evil.example", "=?utf-8?q?=0d=0aBcc:zqx?=", "\r\n.\r\nMAIL FROM:<zqx@evil.example>"} {
		for _, m := range []Message{
			{ID: "a@b", To: "wil@voorbeeld.nl" + odd, Subject: "x", Text: "x"}, {ID: "a@b", To: odd, Subject: "x", Text: "x"},
			{ID: "a@b", To: "wil@voorbeeld.nl", Subject: "x" + odd, Text: "x" + odd},
		} {
			m.Composed = core.MustInstant("2026-11-22T10:00:00Z")
			before := len(office.all())
			err := sender.Send(t.Context(), m)
			got := office.all()[before:]
			if err != nil && len(got) == 0 {
				continue
			}
			if len(got) != 1 || len(got[0].to) != 1 || strings.Contains(got[0].to[0], "evil") {
				t.Fatalf("%q goes to %v", odd, got)
			}
			for name := range got[0].message.Header {
				if !slices.Contains(heads, name) {
					t.Errorf("%q writes the head %s", odd, name)
				}
			}
		}
	}
}
