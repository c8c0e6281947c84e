package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// built is the program as people run it.
func built(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "maatje")
	if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

// program runs the built binary in a folder of its own.
type program struct {
	t            *testing.T
	path, folder string
}

func (p program) run(want int, args ...string) (out, complaint string) {
	p.t.Helper()
	c := exec.Command(p.path, args...)
	c.Dir = p.folder
	for _, e := range os.Environ() {
		if !strings.HasPrefix(e, "MAATJE_") {
			c.Env = append(c.Env, e)
		}
	}
	var o, e bytes.Buffer
	c.Stdout, c.Stderr = &o, &e
	_ = c.Run() // its code is looked at
	if got := c.ProcessState.ExitCode(); got != want {
		p.t.Errorf("maatje %s: code %d, want %d\n%s%s", strings.Join(args, " "), got, want, o.String(), e.String())
	}
	return o.String(), e.String()
}

func (p program) files() string {
	p.t.Helper()
	all, err := os.ReadDir(p.folder)
	if err != nil {
		p.t.Fatal(err)
	}
	var names []string
	for _, f := range all {
		names = append(names, f.Name())
	}
	return strings.Join(names, " ")
}

func (p program) write(name, text string) {
	p.t.Helper()
	if err := os.WriteFile(filepath.Join(p.folder, name), []byte(text), 0o600); err != nil {
		p.t.Fatal(err)
	}
}

func says(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(strings.Join(strings.Fields(text), " "), part) {
			t.Errorf("does not say %q:\n%s", part, text)
		}
	}
}

const history = `{"type":"trajectory","key":"t1","family":"f1","kind":"tailored","parent":"p","start":"2013-04-01"}
{"type":"family","key":"f1","children":[{"key":"k","name":"Daan"}],"parents":[{"key":"p","name":"Mia","sex":"f"}]}
`

func TestTheProgram(t *testing.T) {
	p := program{t, built(t), t.TempDir()}

	out, _ := p.run(0, "help")
	says(t, out, "serve", "demo", "import", "figures", "version", "Usage: maatje <command>")
	for command, part := range map[string]string{"serve": "--behind-proxy", "import": "<file>", "figures": "--format", "demo": "--listen"} {
		out, _ = p.run(0, "help", command)
		says(t, out, part)
	}
	out, _ = p.run(0, "version")
	says(t, out, "maatje")

	_, complaint := p.run(1, "figures", "--from", "2013-01-01", "--to", "2013-12-31")
	says(t, complaint, "there is no database at ./maatje.db yet")
	if p.files() != "" {
		t.Errorf("a command that only reads made %s", p.files())
	}

	p.write("in.jsonl", history)
	out, _ = p.run(0, "import", "in.jsonl")
	says(t, out, "trajectory 1 new 0 changed 0 as they were")
	out, _ = p.run(0, "import", "in.jsonl")
	says(t, out, "family 0 new 0 changed 1 as they were", "trajectory 0 new 0 changed 1 as they were")
	p.write("bad.jsonl", history+"{\"type\":\n")
	_, complaint = p.run(1, "import", "bad.jsonl")
	says(t, complaint, "some lines did not come in")
	if _, err := os.Stat(filepath.Join(p.folder, "bad.failed.jsonl")); err != nil {
		t.Error(err)
	}

	out, _ = p.run(0, "figures", "--from", "2013-01-01", "--to", "2013-12-31", "--format", "json")
	var cells []struct {
		Figure, Basis string
		By            map[string]string
		Value         float64
	}
	if err := json.Unmarshal([]byte(out), &cells); err != nil {
		t.Fatal(err)
	}
	found := false
	for _, c := range cells {
		found = found || c.Figure == "detained_parents" && c.Basis == "started" && c.By["sex"] == "f" && c.Value == 1
	}
	if !found {
		t.Errorf("no detained mother in\n%s", out)
	}
	_, complaint = p.run(1, "figures", "--from", "2013-02-30", "--to", "2013-12-31")
	says(t, complaint, "--from: not a date")
}

func TestWhatIsMissingIsNotMadeAnew(t *testing.T) {
	p := program{t, built(t), t.TempDir()}
	p.write("in.jsonl", history)
	p.run(0, "import", "in.jsonl")
	p.write("other.key", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")
	before := p.files()
	for _, tt := range []struct {
		gone string
		args []string
		part string
	}{
		{"", []string{"--key-file", "other.key"}, "the key does not open this file"},
		{"maatje.db.key", nil, "the database ./maatje.db is there, but its key ./maatje.db.key is not"},
		{"maatje.db.keys", nil, "the database ./maatje.db is there, but its key store ./maatje.db.keys is not"},
	} {
		want := before
		if tt.gone != "" {
			if err := os.Rename(filepath.Join(p.folder, tt.gone), filepath.Join(p.folder, "aside")); err != nil {
				t.Fatal(err)
			}
			want = p.files()
		}
		for _, command := range [][]string{{"import", "in.jsonl"}, {"serve", "--listen", "127.0.0.1:0"}, {"figures", "--from", "2013-01-01", "--to", "2013-12-31"}} {
			_, complaint := p.run(1, append(command, tt.args...)...)
			says(t, complaint, tt.part)
			if p.files() != want {
				t.Errorf("%v: made %s, there was %s", command, p.files(), want)
			}
		}
		if tt.gone != "" {
			if err := os.Rename(filepath.Join(p.folder, "aside"), filepath.Join(p.folder, tt.gone)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := os.Chmod(filepath.Join(p.folder, "maatje.db.key"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, complaint := p.run(1, "import", "in.jsonl")
	says(t, complaint, "others may read the key file")
}

func TestServeSendsNothingInTheClear(t *testing.T) {
	p := program{t, built(t), t.TempDir()}
	for want, args := range map[string][]string{
		"unencrypted":               {"--listen", "0.0.0.0:8080"},
		"belong together":           {"--tls-cert", "x.pem"},
		"--behind-proxy needs":      {"--behind-proxy", "X-Forwarded-For"},
		"write host:port":           {"--listen", "8080"},
		"--base-url maatje.example": {"--base-url", "maatje.example"},
	} {
		_, complaint := p.run(1, append([]string{"serve"}, args...)...)
		says(t, complaint, want)
	}
	if p.files() != "" {
		t.Errorf("it made %s", p.files())
	}
}
