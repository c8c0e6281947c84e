package dbtest

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

var fileNames = [2]string{"maatje.db", "maatje.keys"}

// original is the content of the migrated files, made once in each process.
var original = sync.OnceValues(func() (content [2][]byte, err error) {
	folder, err := os.MkdirTemp("", "maatje-test-")
	if err != nil {
		return content, err
	}
	if err = migrated(filepath.Join(folder, fileNames[0]), filepath.Join(folder, fileNames[1])); err == nil {
		for i, name := range fileNames {
			var failed error
			content[i], failed = os.ReadFile(filepath.Join(folder, name))
			err = errors.Join(err, failed)
		}
	}
	return content, errors.Join(err, os.RemoveAll(folder))
})

func copyFiles(t testing.TB) (addr, keys string) {
	t.Helper()
	content, err := original()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for i, name := range fileNames {
		if err := os.WriteFile(filepath.Join(folder, name), content[i], 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(folder, fileNames[0]), filepath.Join(folder, fileNames[1])
}
