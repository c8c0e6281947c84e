package backup

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"filippo.io/age"

	"maatje/internal/vault"
)

// FuzzRead changes a backup's file: nothing is taken from it before its signature is seen.
func FuzzRead(f *testing.F) {
	r, err := NewRecovery(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		f.Fatal(err)
	}
	path := filepath.Join(f.TempDir(), "whole")
	if err := r.write(path, keysFile, func(w io.Writer) error { return json.NewEncoder(w).Encode(vault.Bundle{}) }); err != nil {
		f.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(0, byte(1), len(whole), []byte{})
	f.Add(len(whole)-1, byte(0x80), len(whole), []byte("more"))
	f.Add(0, byte(0), 70, []byte{})
	f.Add(0, byte(0), 0, []byte("PK\x03\x04"))
	at := filepath.Join(f.TempDir(), "changed")
	f.Fuzz(func(t *testing.T, place int, change byte, cut int, more []byte) {
		file := bytes.Clone(whole[:max(0, min(cut, len(whole)))])
		if place >= 0 && place < len(file) {
			file[place] ^= change
		}
		file = append(file, more...)
		if err := os.WriteFile(at, file, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := r.Keys(at); bytes.Equal(file, whole) != (err == nil) || err != nil && !errors.Is(err, ErrChanged) {
			t.Errorf("%d bytes: %v", len(file), err)
		}
		if _, err := r.Sums(at); !errors.Is(err, ErrChanged) {
			t.Errorf("keys are read as data: %v", err)
		}
	})
}

// FuzzMadeAt reads the names in a folder of backups: what was not named by us is never removed.
func FuzzMadeAt(f *testing.F) {
	f.Add("maatje-20261122T100000Z.data.age")
	f.Add("maatje-20261122T100000Z.data.age.part")
	f.Add("maatje-.data.age")
	f.Add("../maatje-20261122T100000Z.keys.age")
	f.Fuzz(func(t *testing.T, name string) {
		at, ours := madeAt(name, dataEnd)
		if ours && begin+at.Format(stamp)+dataEnd != name {
			t.Errorf("%q counts as ours, made at %s", name, at)
		}
	})
}

// FuzzRecipient reads whom a backup is also for.
func FuzzRecipient(f *testing.F) {
	f.Add("age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kdq9sdqtq3wrp9v")
	f.Add(" \n")
	f.Fuzz(func(t *testing.T, to string) {
		r := Recovery{recipients: []age.Recipient{}}
		if err := r.addTo([]string{to}); (err == nil) != (len(r.recipients) == 1) {
			t.Errorf("%q: %d, %v", to, len(r.recipients), err)
		}
	})
}
