package importer

import (
	"bytes"
	"encoding/json"
	"testing"
)

// FuzzLines reads a file a line at a time: no line is longer than it may be, and none that came in is lost on the way to
// the file of those that did not.
func FuzzLines(f *testing.F) {
	for _, file := range []string{"\xef\xbb\xbf{}\r\n\n  \n{}", "\x00\n\xff\xfe\n", "{\"type\":\"visit\"}\n[", ""} {
		f.Add([]byte(file))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		count := 0
		err := textSource(string(file)).lines(func(n int, line []byte, long bool) error {
			count++
			if len(line) > maxLine || long && len(line) > maxShown || bytes.ContainsAny(line, "\n") || n < 1 {
				t.Errorf("line %d has %d bytes", n, len(line))
			}
			if _, err := json.Marshal(failedLine(n, "x", line)); err != nil {
				t.Errorf("line %d cannot be written down: %v", n, err)
			}
			return nil
		})
		if err != nil || count > bytes.Count(file, []byte("\n"))+1 {
			t.Errorf("%d lines: %v", count, err)
		}
	})
}

func FuzzMoment(f *testing.F) {
	for _, s := range []string{"2013-04-27T14:30", "2013-04-27 14:30:59", "2013-04-27", "2013-03-31T02:30", "0000-01-01", "9999-12-31T23:59:59+23:00", "nu"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		at, ok := moment(s)
		if ok && (at.IsZero() || at.Time().Year() < 0 || at.Time().Year() > 2200) {
			t.Errorf("%q is %s", s, at)
		}
	})
}
