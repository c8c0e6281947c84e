package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// typed runs the program with something to read.
func (p program) typed(want int, input string, args ...string) string {
	p.t.Helper()
	c := exec.Command(p.path, args...)
	c.Dir, c.Stdin = p.folder, strings.NewReader(input)
	out, _ := c.CombinedOutput() // its code is looked at
	if got := c.ProcessState.ExitCode(); got != want {
		p.t.Errorf("maatje %s: code %d, want %d\n%s", strings.Join(args, " "), got, want, out)
	}
	return string(out)
}

var sheetWord = regexp.MustCompile(`(?m)\d+ ([a-z]{5})\b`)

// sheets are the words of each printed sheet.
func sheets(t *testing.T, printed string) (all []string) {
	t.Helper()
	for sheet := range strings.SplitSeq(strings.TrimSuffix(strings.TrimSpace(printed), "\f"), "\f") {
		var words []string
		for _, m := range sheetWord.FindAllStringSubmatch(sheet, -1) {
			words = append(words, m[1])
		}
		if len(words) == 20 {
			all = append(all, strings.Join(words, " "))
		}
	}
	if len(all) != 3 {
		t.Fatalf("%d sheets in\n%s", len(all), printed)
	}
	return all
}

func (p program) one(pattern string) string {
	p.t.Helper()
	all, err := filepath.Glob(filepath.Join(p.folder, pattern))
	if err != nil || len(all) != 1 {
		p.t.Fatalf("%s: %v %v", pattern, all, err)
	}
	return all[0]
}

// Two sheets and two files bring everything back on a machine that has nothing, and what is there is never touched.
func TestPRV2_BackupAndRestore(t *testing.T) {
	p := program{t, built(t), t.TempDir()}
	_, complaint := p.run(1, "backup", ".")
	says(t, complaint, "there is no database at ./maatje.db yet")
	p.write("in.jsonl", history)
	p.run(0, "import", "in.jsonl")
	if err := os.Mkdir(filepath.Join(p.folder, "b"), 0o700); err != nil {
		t.Fatal(err)
	}
	out, _ := p.run(0, "backup", "b")
	says(t, out, "Backup made and read back", "Nobody has printed the recovery sheets")
	out, _ = p.run(0, "keys", "state")
	says(t, out, "never printed", "in the file ./maatje.db.key", "1 families' keys")
	printed, _ := p.run(0, "keys", "split")
	three := sheets(t, printed)
	out, _ = p.run(0, "keys", "state")
	if strings.Contains(out, "never printed") {
		t.Error(out)
	}

	data := p.one("b/*.data.age")
	two := strings.ToUpper(three[2]) + "\n" + three[0] + "\n"
	says(t, p.typed(1, two, "restore", data), "is there already: a backup goes into an empty place only")
	p.folder = t.TempDir()
	says(t, p.typed(1, three[0]+"\n"+three[0]+"\n", "restore", data), "the same sheet twice")
	says(t, p.typed(1, "bobob bobob\n", "restore", data), "there are 20 words on a sheet, and these are 2")
	if p.files() != "" {
		t.Errorf("a refusal made %s", p.files())
	}
	says(t, p.typed(0, two, "restore", data), "each is as it was when the backup was made")
	if got := p.files(); got != "maatje.db maatje.db.key maatje.db.keys" {
		t.Errorf("it made %s", got)
	}
	out, _ = p.run(0, "figures", "--from", "2013-01-01", "--to", "2013-12-31", "--format", "json")
	says(t, out, "detained_parents")

	moved := program{t, p.path, t.TempDir()} // the recovery key in a file, for a restore without anybody there
	says(t, moved.typed(0, two, "keys", "recover", "--out", "r"), "Remove it when you have used it")
	moved.run(0, "restore", data, "--recovery", "r")
	whole, err := os.ReadFile(data)
	if err != nil {
		t.Fatal(err)
	}
	whole[len(whole)/2] ^= 1
	moved.write("bad", string(whole))
	bad := program{t, p.path, t.TempDir()}
	_, complaint = bad.run(1, "restore", filepath.Join(moved.folder, "bad"), "--recovery", filepath.Join(moved.folder, "r"), "--keys-from", strings.Replace(data, ".data.", ".keys.", 1))
	says(t, complaint, "this file is not what was written")
	if bad.files() != "" {
		t.Errorf("a refusal made %s", bad.files())
	}
}

// A lost master key comes back out of the newest backup of the keys.
func TestPRV2_ALostMasterKeyComesBack(t *testing.T) {
	p := program{t, built(t), t.TempDir()}
	p.write("in.jsonl", history)
	p.run(0, "import", "in.jsonl")
	p.run(0, "backup", "all.backup")
	printed, _ := p.run(0, "keys", "split")
	three := sheets(t, printed)
	key := filepath.Join(p.folder, "maatje.db.key")
	before, err := os.ReadFile(key)
	if err != nil {
		t.Fatal(err)
	}
	two := three[1] + "\n" + three[2] + "\n"
	says(t, p.typed(1, two, "keys", "recover", "--from", "all.backup.keys"), "is there already")
	if err := os.Remove(key); err != nil {
		t.Fatal(err)
	}
	says(t, p.typed(0, two, "keys", "recover", "--from", "all.backup.keys"), "it opens the data")
	after, err := os.ReadFile(key)
	if err != nil || !slices.Equal(before, after) {
		t.Errorf("another key came back: %v", err)
	}
}
