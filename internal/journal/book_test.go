package journal

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const noon = "2026-11-23T12:00:00.000Z"

// keep writes a checkpoint of the log as the program does.
func keep(t *testing.T, path string, b book) error {
	t.Helper()
	return ours.Write(path, noon, func(from Head) (Head, *Fault, error) {
		return ours.Verify(t.Context(), b.source, from, nil)
	})
}

// kept is a log of 9 entries with a book of checkpoints at 3, 6 and 9.
func kept(t *testing.T) (path string, whole book) {
	t.Helper()
	path, whole = filepath.Join(t.TempDir(), "log.checkpoints"), logOf(9)
	for _, n := range []int{3, 6, 9} {
		if err := keep(t, path, whole[:n]); err != nil {
			t.Fatal(err)
		}
	}
	return path, whole
}

func seqs(all []Checkpoint) (out []int64) {
	for _, c := range all {
		out = append(out, c.Seq)
	}
	return out
}

func mustRead(t *testing.T, path string) Book {
	t.Helper()
	b, err := ReadBook(path, ours.Public())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestCheckpointsAreWrittenWhenTheLogHasGrown(t *testing.T) {
	path, whole := kept(t)
	if err := keep(t, path, whole); err != nil {
		t.Fatal(err)
	}
	b := mustRead(t, path)
	if got := seqs(b.All); len(got) != 3 || got[0] != 3 || got[2] != 9 || b.Torn {
		t.Errorf("%v", got)
	}
	for i, c := range b.All {
		if c.Hash != whole[:c.Seq].head().Hash || c.At != noon {
			t.Errorf("%d: %+v", i, c)
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Error(info.Mode(), err)
	}
	if b := mustRead(t, path+".none"); len(b.All) != 0 {
		t.Error("a book that is not there has checkpoints")
	}
}

// A checkpoint vouches for what it saw: of a log that is not whole none is written.
func TestNothingBadIsVouchedFor(t *testing.T) {
	for name, c := range map[string]func(book) book{
		"changed since":  func(b book) book { b[10].What = "plan"; return b },
		"shorter":        func(b book) book { return b[:8] },
		"an older copy":  func(b book) book { return append(b[:8:8].copy().write(ours, record(50)), b[9:]...) },
		"forged at last": func(b book) book { return b.write(others, record(60)) },
	} {
		path, whole := kept(t)
		before, _ := os.ReadFile(path)
		longer := whole.copy()
		for i := range 5 {
			longer = longer.write(ours, record(20+i))
		}
		var fault *Fault
		if err := keep(t, path, c(longer)); !errors.As(err, &fault) {
			t.Errorf("%s: %v", name, err)
		}
		if now, _ := os.ReadFile(path); !bytes.Equal(before, now) {
			t.Errorf("%s: it was vouched for", name)
		}
	}
}

func TestALineThatWasNeverFinishedIsWrittenOver(t *testing.T) {
	path, whole := kept(t)
	text, _ := os.ReadFile(path)
	for cut := range bytes.LastIndexByte(bytes.TrimSuffix(text, []byte("\n")), '\n') + 1 {
		if cut%97 != 0 && text[cut] != '\n' {
			continue
		}
		if err := os.WriteFile(path, text[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		if b := mustRead(t, path); b.Torn != (cut > 0 && text[cut-1] != '\n') {
			t.Errorf("cut at %d: torn %v", cut, b.Torn)
		}
		if err := keep(t, path, whole); err != nil {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		if b := mustRead(t, path); b.Torn || b.All[len(b.All)-1].Seq != 9 {
			t.Errorf("cut at %d: %v", cut, seqs(b.All))
		}
	}
}

func TestAnyChangeOfTheBookIsFound(t *testing.T) {
	path, _ := kept(t)
	text, _ := os.ReadFile(path)
	lines := bytes.SplitAfter(bytes.TrimSuffix(text, []byte("\n")), []byte("\n"))
	lines[2] = append(lines[2], '\n')
	bad := func(t *testing.T, name string, line int, text ...[]byte) {
		t.Helper()
		_, err := parseBook("", bytes.Join(text, nil), ours.Public())
		var fault *BookFault
		if !errors.As(err, &fault) || fault.Line != line {
			t.Errorf("%s: %v", name, err)
		}
	}
	bad(t, "the first taken out", 1, lines[1], lines[2])
	bad(t, "one taken out", 2, lines[0], lines[2])
	bad(t, "changed places", 1, lines[1], lines[0], lines[2])
	bad(t, "twice the same", 2, lines[0], lines[0])
	bad(t, "an empty line", 2, lines[0], []byte("\n"), lines[1])
	bad(t, "other words", 1, []byte("hello\n"))
	bad(t, "another installation's", 1, append(others.Sign(Checkpoint{Seq: 3, At: noon}), '\n'))
	back := ours.Sign(Checkpoint{Seq: 2, At: noon, After: lineHash(bytes.TrimSuffix(lines[2], []byte("\n")))})
	bad(t, "one that goes back", 4, lines[0], lines[1], lines[2], append(back, '\n'))
	rapid.Check(t, func(t *rapid.T) {
		b := bytes.Clone(text)
		i := rapid.IntRange(0, len(b)-1).Draw(t, "byte")
		b[i] ^= byte(1 << rapid.IntRange(0, 7).Draw(t, "bit"))
		got, err := parseBook("", b, ours.Public())
		if err == nil && !got.Torn { // a last line without its end is said to be one
			t.Fatalf("byte %d of the book was changed", i)
		}
	})
}

// After a backup was put back, somebody with the key says so and why; it stays in the book for ever.
func TestTakingUpAnOlderCopy(t *testing.T) {
	path, whole := kept(t)
	older := whole[:4].copy()
	for i := range 7 {
		older = older.write(ours, record(30+i))
	}
	b := mustRead(t, path)
	expect(t, "before", verify(t, older, b.Counts()...), 6, Replaced)
	if err := ours.TakeUp(path, noon, "disk broke, back to last night", 3, older.head()); err != nil {
		t.Fatal(err)
	}
	b = mustRead(t, path)
	if f := verify(t, older, b.Counts()...); f != nil {
		t.Error(f)
	}
	if got := seqs(b.Counts()); len(got) != 2 || got[0] != 3 || got[1] != 11 {
		t.Error(got)
	}
	if last := b.All[len(b.All)-1]; !strings.Contains(last.Note, "disk broke") || len(b.All) != 4 {
		t.Errorf("%+v", last)
	}
	if err := keep(t, path, older.write(ours, record(40))); err != nil {
		t.Error(err)
	}
	expect(t, "what was there already is still held", verify(t, append(older[:2:2].copy(), older[3:]...), b.Counts()...), 3, Removed)
}

func TestABookThatCannotBeWrittenIsSaid(t *testing.T) {
	if err := keep(t, filepath.Join(t.TempDir(), "no", "such", "folder"), logOf(2)); err == nil {
		t.Error("nothing was written and nothing was said")
	}
	path, whole := kept(t)
	if err := os.WriteFile(path, []byte("{}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := keep(t, path, whole); err == nil || !strings.Contains(err.Error(), "its last line") {
		t.Error(err)
	}
}
