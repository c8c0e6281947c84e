package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func (p program) begun() {
	p.t.Helper()
	p.write("in.jsonl", history)
	p.run(0, "import", "in.jsonl")
}

func (p program) opens() {
	p.t.Helper()
	out, _ := p.run(0, "figures", "--from", "2013-01-01", "--to", "2013-12-31", "--format", "json")
	says(p.t, out, "detained_parents")
}

func (p program) read(name string) string {
	p.t.Helper()
	b, err := os.ReadFile(filepath.Join(p.folder, name))
	if err != nil {
		p.t.Fatal(err)
	}
	return string(b)
}

func TestPRV2_ANewMasterKey(t *testing.T) {
	p := program{t, built(t), t.TempDir()}
	p.begun()
	p.run(0, "keys", "split")
	before := p.read("maatje.db.key")
	out, _ := p.run(0, "keys", "rotate")
	says(t, out, "There is a new master key")
	after := p.read("maatje.db.key")
	if before == after {
		t.Error("the key is the old one")
	}
	if got := p.files(); got != "in.jsonl maatje.db maatje.db.key maatje.db.keys" {
		t.Errorf("it left %s", got)
	}
	p.opens()
	out, _ = p.run(0, "keys", "state")
	if strings.Contains(out, "never printed") || strings.Contains(out, "the first start") {
		t.Errorf("the state forgot something:\n%s", out)
	}

	// A cut after the key store got its new name and before the key did.
	p.write("maatje.db.key", before)
	p.write("maatje.db.key.next", after)
	_, complaint := p.run(1, "figures", "--from", "2013-01-01", "--to", "2013-12-31")
	says(t, complaint, "a rotation of the master key was cut off")
	p.run(0, "keys", "rotate")
	p.opens()
	// A cut before anything was changed: the key that lies ready opens nothing, and another is made.
	p.write("maatje.db.key.next", before)
	p.run(0, "keys", "rotate")
	p.opens()
}

func TestPRV2_ARunningProgramKeepsItsKey(t *testing.T) {
	p := program{t, built(t), t.TempDir()}
	p.begun()
	defer p.serving()()
	before := p.read("maatje.db.key")
	_, complaint := p.run(1, "keys", "rotate")
	says(t, complaint, "the program is running")
	if p.read("maatje.db.key") != before || strings.Contains(p.files(), ".next") || strings.Contains(p.files(), ".rotating") {
		t.Errorf("it changed something: %s", p.files())
	}
	p.run(0, "backup", ".") // that goes on beside it
}

func TestPRV2_AKeyUnderAPassphrase(t *testing.T) {
	p := program{t, built(t), t.TempDir()}
	p.begun()
	says(t, p.typed(1, "short\n", "keys", "seal"), "too short")
	p.opens()
	const passphrase = "vier woorden van een liedje"
	says(t, p.typed(0, passphrase+"\n", "keys", "seal"), "opens with the passphrase now")
	period := []string{"figures", "--from", "2013-01-01", "--to", "2013-12-31"}
	p.typed(0, passphrase+"\n", period...)
	before := p.files()
	says(t, p.typed(1, "another passphrase\n", period...), "this passphrase does not open the key file")
	says(t, p.typed(1, "", period...), "this passphrase does not open the key file")
	sealed := p.read("maatje.db.key")
	says(t, p.typed(1, "another passphrase\n", "keys", "rotate"), "this passphrase does not open the key file")
	says(t, p.typed(0, passphrase+"\n", "keys", "rotate"), "There is a new master key")
	if after := p.read("maatje.db.key"); after == sealed || !strings.HasPrefix(after, "maatje-sealed-1 ") {
		t.Error("the new key is the old one, or under no passphrase")
	}
	p.typed(0, passphrase+"\n", period...)
	if p.files() != before {
		t.Errorf("made %s, there was %s", p.files(), before)
	}
}

func TestPRV2_AKeyFromSystemd(t *testing.T) {
	p := program{t, built(t), t.TempDir()}
	p.begun()
	given := t.TempDir()
	if err := os.Rename(filepath.Join(p.folder, "maatje.db.key"), filepath.Join(given, "maatje.key")); err != nil {
		t.Fatal(err)
	}
	_, complaint := p.run(1, "keys", "state")
	says(t, complaint, "but its key ./maatje.db.key is not")
	t.Setenv("CREDENTIALS_DIRECTORY", given)
	out, _ := p.run(0, "keys", "state")
	says(t, out, "from systemd's credentials")

	_, complaint = p.run(1, "keys", "rotate")
	says(t, complaint, "give --out FILE")
	out, _ = p.run(0, "keys", "rotate", "--out", "new.key")
	says(t, out, "There is a new master key in new.key", "Before the next start, put it where the old one came from")
	p.run(1, "keys", "state") // the old one opens nothing any more
	out, _ = p.run(0, "keys", "rotate", "--out", "new.key")
	says(t, out, "There is a new master key in new.key") // it was done
	if err := os.Rename(filepath.Join(p.folder, "new.key"), filepath.Join(given, "maatje.key")); err != nil {
		t.Fatal(err)
	}
	p.opens()
}
