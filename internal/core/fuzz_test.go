package core

import "testing"

func FuzzParseInstant(f *testing.F) {
	for _, s := range []string{"2026-11-22T10:00:00.000Z", "2026-11-22T10:00:00+14:00", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59", "2026-02-30T00:00:00Z", "nu"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		at, err := ParseInstant(s)
		if err != nil || at.IsZero() {
			return
		}
		if year := at.Time().Year(); year < 0 || year > 9999 {
			return // RFC 3339 writes no such year; no form lets one in
		}
		if again, err := ParseInstant(at.String()); err != nil || again != at {
			t.Errorf("%q became %q, which became %q: %v", s, at, again, err)
		}
	})
}

func FuzzSending(f *testing.F) {
	f.Add("a.1", 3, 3, "a.2")
	f.Add("", 0, 4, "")
	f.Add("a.done", -1, 4, "a.99999999999999999999")
	f.Add(".1", 2, 2, ".0")
	f.Fuzz(func(t *testing.T, key string, from, version int, last string) {
		s := Sending{Key: key, From: from}
		if s.MayReplace(version, last) && from > version {
			t.Errorf("%q from %d replaces version %d, which is not there yet", key, from, version)
		}
		if key != "" && !s.IsOld(key) {
			t.Errorf("the same sending %q is done twice", key)
		}
		if s.IsOld(last) && (Sending{Key: last}).IsOld(key) && key != last {
			t.Errorf("%q and %q are each older than the other", key, last)
		}
	})
}
