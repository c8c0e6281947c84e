package glass

import (
	"strings"
	"testing"
)

func TestReasonEdges(t *testing.T) {
	for reason, ok := range map[string]bool{
		"": false, "123456789": false, "1234567890": true, "a         b": false, "          ": false,
		strings.Repeat("🙂", 10): true, strings.Repeat("x", mostReason): true, strings.Repeat("x", mostReason+1): false,
	} {
		if f := checkReason(reason); (f == nil) != ok {
			t.Errorf("%.20q: %v", reason, f)
		}
	}
}
