package spare

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestTheReserveTakesRealRoomAndGivesItUp(t *testing.T) {
	folder := t.TempDir()
	f := File{filepath.Join(folder, "x.reserve"), 3<<20 + 5}
	for range 2 { // again and again
		for range 2 { // making it twice is making it once
			if err := f.Make(); err != nil {
				t.Fatal(err)
			}
		}
		info, err := os.Stat(f.Path)
		if err != nil || info.Size() != f.Size || info.Mode().Perm() != 0o600 {
			t.Fatal(info, err)
		}
		for range 2 {
			if err := f.Free(); err != nil {
				t.Fatal(err)
			}
		}
		if all, err := os.ReadDir(folder); err != nil || len(all) > 0 {
			t.Errorf("left %v: %v", all, err)
		}
	}
	if err := os.WriteFile(f.Path, []byte("half"), 0o600); err != nil { // as a power loss leaves it
		t.Fatal(err)
	}
	if err := f.Make(); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(f.Path); err != nil || info.Size() != f.Size {
		t.Error(info, err)
	}
}

func TestTheReserveIsNotMadeWhereItDoesNotFit(t *testing.T) {
	folder := t.TempDir()
	f := File{filepath.Join(folder, "x.reserve"), 1 << 60}
	if err := f.Make(); !errors.Is(err, ErrNoRoom) {
		t.Errorf("it was made: %v", err)
	}
	if err := (File{filepath.Join(folder, "none", "x"), 10}).Make(); err == nil {
		t.Error("made in a folder that is not there")
	}
	if all, err := os.ReadDir(folder); err != nil || len(all) > 0 {
		t.Errorf("left %v: %v", all, err)
	}
}
