package recovery

import (
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"maatje/internal/account/phrase"
)

func TestCodesAreTypedAsPeopleType(t *testing.T) {
	code := Code()
	for typed, want := range map[string]bool{
		code: true, strings.ToLower(code): true, strings.ReplaceAll(code, "-", ""): true, strings.ReplaceAll(code, "-", " "): true,
		code[:len(code)-1]: false, code + "A": false, "": false,
	} {
		if Same(typed, code) != want {
			t.Errorf("%q for %q", typed, code)
		}
	}
	if Same("", "") {
		t.Error("no code is a code")
	}
}

func TestACodeIsOneOfItsList(t *testing.T) {
	h := phrase.New(64)
	l, err := New(t.Context(), h)
	if err != nil || len(l.Codes) != Codes {
		t.Fatal(l, err)
	}
	other, err := New(t.Context(), h)
	if err != nil {
		t.Fatal(err)
	}
	var kept []Kept
	for _, hash := range l.hashes {
		kept = append(kept, Kept{hash, hex.EncodeToString(l.salt)})
	}
	for i, code := range l.Codes {
		if hash, err := Match(t.Context(), h, kept, strings.ToLower(code)); err != nil || hash != l.hashes[i] {
			t.Errorf("code %d: %q %v", i, hash, err)
		}
	}
	for name, code := range map[string]string{"of another list": other.Codes[0], "nothing": "", "half": l.Codes[0][:9]} {
		if _, err := Match(t.Context(), h, kept, code); !errors.Is(err, ErrWrong) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Match(t.Context(), h, nil, l.Codes[0]); !errors.Is(err, ErrWrong) {
		t.Errorf("with nothing kept: %v", err)
	}
}
