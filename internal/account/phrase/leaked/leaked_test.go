package leaked

import (
	"fmt"
	"testing"
)

// The list is one that guessers use too: its first lines must be in it, and what was made up a moment ago must not.
func TestWhatWasStolenElsewhereIsKnown(t *testing.T) {
	if n := Count(); n < 3000 {
		t.Fatalf("%d leaked passphrases are known, want 3,000 at least: npm run build", n)
	}
	for _, plain := range []string{"1q2w3e4r5t6y", "123qweasdzxc", "passwordpassword", "qwerty123456"} {
		if !Has(plain) {
			t.Errorf("%q is not known", plain)
		}
	}
	for i := range 2000 {
		if plain := fmt.Sprintf("een stoel %d onder de appelboom", i); Has(plain) {
			t.Errorf("%q is taken for a leaked one", plain)
		}
	}
}
