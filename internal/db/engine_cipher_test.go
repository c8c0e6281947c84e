package db

import (
	"bytes"
	"crypto/aes"
	"encoding/hex"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ncruces/go-sqlite3/driver"
	"github.com/ncruces/go-sqlite3/util/vfsutil"
	_ "github.com/ncruces/go-sqlite3/vfs/xts" // registers the oracle
	"golang.org/x/crypto/xts"
	"pgregory.net/rapid"
)

func TestTheCipherIsXTS(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		key := rapid.SliceOfN(rapid.Byte(), FileKeySize, FileKeySize).Draw(r, "key")
		number := rapid.Int64Range(0, 1<<40).Draw(r, "number")
		text := rapid.SliceOfN(rapid.Byte(), 2*cipherBlock, 2*cipherBlock).Draw(r, "text")
		oracle, err := xts.NewCipher(aes.NewCipher, key)
		if err != nil {
			r.Fatal(err)
		}
		ours, err := newFileCipher(key)
		if err != nil {
			r.Fatal(err)
		}
		want := make([]byte, len(text))
		oracle.Encrypt(want[:cipherBlock], text[:cipherBlock], uint64(number))
		oracle.Encrypt(want[cipherBlock:], text[cipherBlock:], uint64(number)+1)
		got := bytes.Clone(text)
		ours.encrypt(got, number)
		if !bytes.Equal(got, want) {
			r.Fatal("another ciphertext than XTS gives")
		}
		ours.decrypt(got, number)
		if !bytes.Equal(got, text) {
			r.Fatal("does not come back")
		}
	})
}

// Whatever is written where, a file under the cipher reads as a file without one, apart from zeros up to a whole block.
func TestAnEncryptedFileReadsAsAPlainOne(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		under, plain := &vfsutil.SliceFile{}, &vfsutil.SliceFile{}
		f := &cipherFile{File: under, cipher: testCipher(t)}
		for range rapid.IntRange(1, 12).Draw(r, "writes") {
			size, _ := plain.Size()
			off := rapid.Int64Range(0, size).Draw(r, "off")
			data := rapid.SliceOfN(rapid.Byte(), 1, 3000).Draw(r, "data")
			if n, err := f.WriteAt(data, off); n != len(data) || err != nil {
				r.Fatal(n, err)
			}
			if _, err := plain.WriteAt(data, off); err != nil {
				r.Fatal(err)
			}
		}
		size, _ := plain.Size()
		if got, _ := f.Size(); got != roundUp(size) {
			r.Fatalf("size %d, want %d", got, roundUp(size))
		}
		off := rapid.Int64Range(0, size).Draw(r, "from")
		want, got := make([]byte, roundUp(size)-off), make([]byte, roundUp(size)-off)
		_, _ = plain.ReadAt(want, off)
		if n, err := f.ReadAt(got, off); n != len(got) || err != nil && !errors.Is(err, io.EOF) || !bytes.Equal(got, want) {
			r.Fatalf("read %d of %d bytes from %d: %v", n, len(got), off, err)
		}
		if n, err := f.ReadAt(make([]byte, 100), roundUp(size)); n != 0 || !errors.Is(err, io.EOF) {
			r.Fatalf("behind the end: %d %v", n, err)
		}
	})
}

// Another program that knows vfs/xts opens our file with the same key. Nothing about the format is ours alone.
func TestTheFileIsTheOneThatVfsXtsReads(t *testing.T) {
	path := filepath.Join(t.TempDir(), "maatje.db")
	e, err := openEngine(t.Context(), path, Options{FileKey: testKey})
	if err != nil {
		t.Fatal(err)
	}
	mustExec(t, e.write, `CREATE TABLE t (word TEXT)`)
	mustExec(t, e.write, `INSERT INTO t VALUES (?1)`, strings.Repeat("maatje", 5000))
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	other, err := driver.Open("file:" + path + "?vfs=xts&hexkey=" + hex.EncodeToString(testKey))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	var word, verdict string
	if err := other.QueryRow(`SELECT word FROM t`).Scan(&word); err != nil || word != strings.Repeat("maatje", 5000) {
		t.Errorf("%.20s %v", word, err)
	}
	if err := other.QueryRow(`PRAGMA integrity_check`).Scan(&verdict); err != nil || verdict != "ok" {
		t.Error(verdict, err)
	}
}

func TestAFileKeyHasItsLength(t *testing.T) {
	for _, n := range []int{0, 32, 48, 63, 65} {
		if _, err := newFileCipher(make([]byte, n)); err == nil {
			t.Errorf("%d bytes are taken", n)
		}
	}
}
