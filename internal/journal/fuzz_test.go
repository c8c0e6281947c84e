package journal

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// FuzzParseBook changes a file of checkpoints. What is taken is signed, in order, and line for line what was written.
func FuzzParseBook(f *testing.F) {
	var file []byte
	var after Hash
	for n := range int64(3) {
		line := ours.Sign(Checkpoint{Seq: 3 * (n + 1), At: noon, After: after})
		after = lineHash(line)
		file = append(append(file, line...), '\n')
	}
	f.Add(file)
	f.Add(file[:len(file)-7])
	f.Add(bytes.ReplaceAll(file, []byte(`"seq":6`), []byte(`"seq":7`)))
	f.Add([]byte("{}\n[]\nnull\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		b, err := parseBook("log", text, ours.Public())
		if err != nil {
			return
		}
		if len(b.All) > 0 && !bytes.HasPrefix(file, text[:bytes.LastIndexByte(text, '\n')+1]) {
			t.Errorf("took %d checkpoints that nobody signed: %q", len(b.All), text)
		}
	})
}

// FuzzLast reads only the end of the file.
func FuzzLast(f *testing.F) {
	line := append(ours.Sign(Checkpoint{Seq: 3, At: noon}), '\n')
	f.Add(line)
	f.Add(append(line, "{\"form\""...))
	f.Add([]byte("\n\n"))
	path := filepath.Join(f.TempDir(), "log")
	f.Fuzz(func(t *testing.T, text []byte) {
		file, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		if _, err := file.Write(text); err != nil {
			t.Fatal(err)
		}
		c, _, end, err := last(file, ours.Public())
		if err == nil && (end < 0 || end > int64(len(text)) || c.Seq != 0 && c.Seq != 3) {
			t.Errorf("took checkpoint %d that ends at %d of %d", c.Seq, end, len(text))
		}
	})
}
