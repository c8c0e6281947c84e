package gedcom

import (
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
)

// watched is a file that looks after every megabyte how much memory is in use.
type watched struct {
	io.Reader
	read, next int
	most       uint64
}

func (w *watched) Read(b []byte) (int, error) {
	n, err := w.Reader.Read(b)
	if w.read += n; w.read >= w.next {
		w.next += 4 << 20
		w.most = max(w.most, inUse())
	}
	return n, err
}

// inUse is what the program holds.
func inUse() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// A hundred megabytes are refused after 64, and not held meanwhile: of sources, of one record, of one line, and of words nobody knows.
func TestTOO2_AHundredMegabytesAreNotHeld(t *testing.T) {
	const most = 24 << 20
	for name, line := range map[string]string{
		"sources":     "0 @S1@ SOUR\n1 TEXT " + strings.Repeat("x", 2000) + "\n",
		"one record":  "1 OCCU " + strings.Repeat("x", 2000) + "\n",
		"one line":    strings.Repeat("x", 2000),
		"other words": "0 @X@ _OTHER\n1 NOTE " + strings.Repeat("x", 2000) + "\n",
	} {
		before := inUse()
		w := &watched{Reader: io.MultiReader(strings.NewReader(top+indi("I1")), again(line, 50000))}
		if _, err := Read(w); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
		if held := int64(w.most) - int64(before); held > most {
			t.Errorf("%s: %d MB are held", name, held>>20)
		}
	}
}
