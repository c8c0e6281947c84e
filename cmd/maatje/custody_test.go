package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/vault"
)

const itsPassphrase = "vier woorden van een liedje"

// held is one way in which the master key comes to a start.
type held struct {
	name       string
	file       string   // what lies in the key file; nothing means that there is none
	credential string   // what systemd gives
	env        []string // besides
	says       string   // why it does not start; nothing means that it does
	custody    string   // what it says of the key when it does
}

// kept are all ways, with the right key, a wrong one, a garbled one and none.
func kept(key, sealed, otherSealed string) []held {
	wrong, passphrase := vault.NewMaster().Text(), []string{"MAATJE_PASSPHRASE=" + itsPassphrase}
	const opensNothing, noKey, missing = "the key does not open this file", "the key is not 32 bytes in base64", "is not: put the key back"
	all := []held{
		{name: "file, right", file: key, custody: "in the file"},
		{name: "file, wrong", file: wrong, says: opensNothing},
		{name: "file, missing", says: missing},
		{name: "file, empty", file: " ", says: noKey},
		{name: "environment, right", env: []string{"MAATJE_KEY=" + key}, custody: "from the environment"},
		{name: "environment, wrong", env: []string{"MAATJE_KEY=" + wrong}, says: opensNothing},
		{name: "environment, wrong beside the right file", file: key, env: []string{"MAATJE_KEY=" + wrong}, says: opensNothing},
		{name: "environment, missing", env: []string{"MAATJE_KEY="}, says: missing},
		{name: "systemd, right", credential: key, custody: "from systemd's credentials"},
		{name: "systemd, wrong", credential: wrong, says: opensNothing},
		{name: "systemd, wrong beside the right file", file: key, credential: wrong, says: opensNothing},
		{name: "systemd, missing", says: missing},
		{name: "passphrase, right", file: sealed, env: passphrase, custody: "under a passphrase"},
		{name: "passphrase, wrong", file: sealed, env: []string{"MAATJE_PASSPHRASE=een heel ander liedje"}, says: "this passphrase does not open the key file"},
		{name: "passphrase, missing", file: sealed, says: "this passphrase does not open the key file"},
		{name: "passphrase, the file of another", file: otherSealed, env: passphrase, says: opensNothing},
		{name: "passphrase, half a file", file: sealed[:len(sealed)/2], env: passphrase, says: "does not open the key file"},
		{name: "passphrase, no file worth the name", file: "maatje-sealed-1 x", env: passphrase, says: "is not whole"},
		{name: "passphrase, no file", env: passphrase, says: missing},
	}
	for what, garbled := range map[string]string{"half": key[:20], "no base64": strings.Repeat("%", len(key)), "twice": key + key} {
		all = append(all, held{name: "file, " + what, file: garbled, says: noKey}, held{name: "environment, " + what, env: []string{"MAATJE_KEY=" + garbled}, says: noKey},
			held{name: "systemd, " + what, credential: garbled, says: noKey})
	}
	return all
}

// TestPRV2_AStartWithoutItsKeyIsRefused starts the program with every custody of the key, right, wrong, garbled and missing, on both
// engines. Refused is one sentence, and nothing is made or changed: not a file beside it, not a row.
func TestPRV2_AStartWithoutItsKeyIsRefused(t *testing.T) {
	path := built(t)
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		t.Run(kind.String(), func(t *testing.T) {
			p, systemd := program{t, path, t.TempDir()}, t.TempDir()
			var flags []string
			name, sums := "maatje.db.key", func() string { return "" }
			if kind == db.Postgres {
				at := dbtest.Empty(t, db.Postgres, &dbtest.Clock{})
				flags, name = []string{"--db", at.Addr, "--keys", at.Keys}, "maatje.key"
				sums = func() string { return dbtest.Sums(t, at.Addr) }
			}
			p.write("in.jsonl", history)
			nothing := sums()
			p.run(0, append([]string{"import", "in.jsonl"}, flags...)...)
			if kind == db.Postgres && sums() == nothing {
				t.Fatal("the sums do not see what is written")
			}
			key := strings.TrimSpace(p.read(name))
			for _, h := range kept(key, seals(t, key), seals(t, vault.NewMaster().Text())) {
				lays(t, filepath.Join(p.folder, name), h.file)
				lays(t, filepath.Join(systemd, "maatje.key"), h.credential)
				before := listed(t, p.folder, systemd) + sums()
				env := append([]string{"CREDENTIALS_DIRECTORY=" + systemd}, h.env...)
				if h.says == "" {
					out, code := p.with(env, append([]string{"keys", "state"}, flags...)...)
					if says(t, out, h.custody); code != 0 {
						t.Errorf("%s: code %d: %s", h.name, code, out)
					}
					continue
				}
				out, code := p.with(env, append([]string{"serve", "--listen", "127.0.0.1:0"}, flags...)...)
				if says(t, out, h.says); code != 1 || strings.Contains(out, key) || strings.Count(strings.TrimSpace(out), "\n") > 1 {
					t.Errorf("%s: code %d: %s", h.name, code, out)
				}
				if after := listed(t, p.folder, systemd) + sums(); after != before {
					t.Errorf("%s: it made or changed something:\n%s\nbefore:\n%s", h.name, after, before)
				}
			}
		})
	}
}

func seals(t *testing.T, key string) string {
	t.Helper()
	m, err := vault.ParseMaster(key)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := vault.SealMaster(m, itsPassphrase)
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

// lays puts a key there, or takes it away.
func lays(t *testing.T, path, text string) {
	t.Helper()
	err := os.RemoveAll(path)
	if err == nil && text != "" {
		err = os.WriteFile(path, []byte(text+"\n"), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// with runs the program in this environment and no other of ours, and gives all that it says.
func (p program) with(env []string, args ...string) (string, int) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, p.path, args...)
	c.Dir = p.folder
	for _, e := range os.Environ() {
		if !strings.HasPrefix(e, "MAATJE_") {
			c.Env = append(c.Env, e)
		}
	}
	c.Env = append(c.Env, env...)
	out, _ := c.CombinedOutput() // its code is looked at
	return string(out), c.ProcessState.ExitCode()
}

// listed are all files in the folders, with their modes and a sum of what they hold.
func listed(t *testing.T, folders ...string) string {
	t.Helper()
	var all strings.Builder
	for _, folder := range folders {
		err := fs.WalkDir(os.DirFS(folder), ".", func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			info, err := e.Info()
			if err != nil {
				return err
			}
			b, err := os.ReadFile(filepath.Join(folder, path))
			fmt.Fprintf(&all, "%s %s %x\n", path, info.Mode(), sha256.Sum256(b))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}
