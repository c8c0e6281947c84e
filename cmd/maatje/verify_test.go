package main

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// serving runs the program until stop is called, which stops it as a server is stopped.
func (p program) serving() (stop func()) {
	p.t.Helper()
	c := exec.Command(p.path, "serve", "--listen", "127.0.0.1:0")
	c.Dir = p.folder
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		p.t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || !strings.Contains(line, "listens") {
		p.t.Fatal(line, err)
	}
	return func() {
		_ = c.Process.Signal(syscall.SIGTERM)
		if err := c.Wait(); err != nil {
			p.t.Errorf("serve: %v", err)
		}
	}
}

func TestVerify(t *testing.T) {
	p := program{t, built(t), t.TempDir()}
	_, complaint := p.run(1, "verify")
	says(t, complaint, "there is no database at ./maatje.db yet")
	if p.files() != "" {
		t.Errorf("a command that only reads made %s", p.files())
	}
	p.write("in.jsonl", history)
	p.run(0, "import", "in.jsonl")
	out, _ := p.run(0, "verify")
	says(t, out, "entries follow each other", "no checkpoints. Nothing outside the database says how long the log was")
	older, err := os.ReadFile(filepath.Join(p.folder, "maatje.db"))
	if err != nil {
		t.Fatal(err)
	}

	stop := p.serving()
	out, _ = p.run(0, "verify") // beside the running program
	says(t, out, "entries follow each other")
	stop()
	out, _ = p.run(0, "verify")
	says(t, out, "1 checkpoints, the last of")
	p.write("more.jsonl", strings.NewReplacer("t1", "t2", "f1", "f2").Replace(history))
	p.run(0, "import", "more.jsonl")
	p.serving()()
	out, _ = p.run(0, "verify", "maatje.db.checkpoints") // also as a copy that was kept elsewhere
	says(t, out, "2 checkpoints, the last of")

	p.write("maatje.db", string(older))
	out, complaint = p.run(1, "verify")
	says(t, out+complaint, "The first bad entry", "truncated", "the log is NOT whole")
	_, complaint = p.run(1, "verify", "--key-file", "none.key")
	says(t, complaint, "its key none.key is not")
	out, _ = p.run(0, "verify", "--restored", "the disk broke")
	says(t, out, "an older copy of the database was put back", "the disk broke")
	_, complaint = p.run(1, "verify", "--restored", "once more")
	says(t, complaint, "there is nothing to take up")
}
