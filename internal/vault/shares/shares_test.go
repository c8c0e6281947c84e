package shares_test

import (
	"bytes"
	"crypto/rand"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"maatje/internal/vault/shares"
)

func split(t *rapid.T, secret []byte) []shares.Share {
	t.Helper()
	chance := rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "chance")
	all, err := shares.Split(secret, bytes.NewReader(chance))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func secret(t *rapid.T) []byte { return rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "secret") }

func TestAnyTwoSheetsGiveTheSecretBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := secret(t)
		all := split(t, want)
		for _, pair := range [][2]int{{0, 1}, {1, 0}, {0, 2}, {2, 0}, {1, 2}, {2, 1}} {
			var typed [2]shares.Share
			for i, n := range pair {
				text := strings.ToUpper(strings.Join(all[n].Words(), ", "))
				s, err := shares.Parse(text)
				if err != nil || s.Number() != n+1 {
					t.Fatal(s.Number(), err)
				}
				typed[i] = s
			}
			got, err := shares.Join(typed[0], typed[1])
			if err != nil || !bytes.Equal(got, want) {
				t.Fatalf("sheets %v: %x, want %x: %v", pair, got, want, err)
			}
		}
	})
}

// Whatever the secret is, some chance makes one sheet the same: it says nothing about the secret.
func TestOneSheetAloneSaysNothing(t *testing.T) {
	seen := map[byte]bool{}
	for rise := range 256 {
		chance := make([]byte, 32)
		chance[0] = byte(rise)
		all, err := shares.Split(make([]byte, 32), bytes.NewReader(chance))
		if err != nil {
			t.Fatal(err)
		}
		seen[all[0].Words()[2][0]] = true // bits of the first byte of the point
		seen[all[2].Words()[2][0]] = true
	}
	if len(seen) != 16 {
		t.Errorf("%d of 16 first letters", len(seen))
	}
}

func TestAMistypedSheetIsRefused(t *testing.T) {
	all, err := shares.Split(bytes.Repeat([]byte{7}, 32), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	words := all[0].Words()
	for i := range words {
		for at := range 5 {
			for _, letter := range "bdfghjklmnprstvzaioueqx" {
				typed := append([]string(nil), words...)
				typed[i] = words[i][:at] + string(letter) + words[i][at+1:]
				if _, err := shares.Parse(strings.Join(typed, " ")); err == nil && typed[i] != words[i] {
					t.Fatalf("%s for %s was taken", typed[i], words[i])
				}
			}
		}
	}
	for name, text := range map[string]string{
		"these are 19":   strings.Join(words[1:], " "),
		"these are 0":    "",
		"cannot be on a": strings.Join(words, " ") + " maatje",
	} {
		if _, err := shares.Parse(text); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSheetsThatDoNotBelongTogetherAreRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		one, other := secret(t), secret(t)
		a, b := split(t, one), split(t, other)
		if _, err := shares.Join(a[0], b[1]); err == nil && !bytes.Equal(one, other) {
			t.Fatal("two secrets were joined")
		}
		if _, err := shares.Join(a[0], a[0]); err == nil {
			t.Fatal("one sheet is enough")
		}
	})
}
