package backup

import (
	"bufio"
	"crypto"
	"crypto/ed25519"
	"crypto/sha512"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"filippo.io/age"
	"github.com/klauspost/compress/gzip"
)

// A file is compressed, encrypted by age, and followed by 64 bytes: an Ed25519ph signature over all before it, made for
// this kind of file alone. Without its last 64 bytes it is a file that the program age opens.
const (
	dataFile = "maatje backup data 1"
	keysFile = "maatje backup keys 1"
)

// ErrChanged says that a file is not what was written.
var ErrChanged = errors.New("this file is not what was written: a byte was changed, added or lost, it is another kind of file, " +
	"or the sheets are of another recovery key. Nothing was taken from it")

// write makes the file at path, which must not be there. It has its name when it is whole and on the disk.
func (r Recovery) write(path, kind string, fill func(io.Writer) error) (err error) {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s is there already: a backup never replaces one", path)
	}
	f, err := os.OpenFile(path+".part", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close(), os.Remove(path+".part"))
		}
	}()
	if err := r.encrypt(f, kind, fill); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := os.Rename(path+".part", path); err != nil {
		return err
	}
	return errors.Join(f.Close(), syncFolder(filepath.Dir(path)))
}

func (r Recovery) encrypt(f io.Writer, kind string, fill func(io.Writer) error) error {
	sum := sha512.New()
	out := bufio.NewWriterSize(io.MultiWriter(f, sum), 1<<16)
	sealed, err := age.Encrypt(out, r.recipients...)
	if err != nil {
		return err
	}
	small, err := gzip.NewWriterLevel(sealed, gzip.BestSpeed)
	if err != nil {
		return err
	}
	into := bufio.NewWriterSize(small, 1<<16)
	for _, step := range []func() error{func() error { return fill(into) }, into.Flush, small.Close, sealed.Close, out.Flush} {
		if err := step(); err != nil {
			return err
		}
	}
	signature, err := r.signer.Sign(nil, sum.Sum(nil), signing(kind))
	if err == nil {
		_, err = f.Write(signature)
	}
	return err
}

func signing(kind string) *ed25519.Options {
	return &ed25519.Options{Hash: crypto.SHA512, Context: kind}
}

// read looks at every byte of the file before it opens the first.
func (r Recovery) read(path, kind string, take func(io.Reader) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	size, err := r.verify(f, kind)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	sealed, err := age.Decrypt(bufio.NewReaderSize(io.LimitReader(f, size), 1<<16), r.identity)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	large, err := gzip.NewReader(sealed)
	if err == nil {
		err = take(large)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// verify holds the signature against what is before it, and says how much that is.
func (r Recovery) verify(f *os.File, kind string) (size int64, err error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	size = info.Size() - ed25519.SignatureSize
	if size < 0 {
		return 0, ErrChanged
	}
	sum, signature := sha512.New(), make([]byte, ed25519.SignatureSize)
	if _, err := io.CopyN(sum, f, size); err != nil {
		return 0, err
	}
	if _, err := io.ReadFull(f, signature); err != nil {
		return 0, err
	}
	public, ok := r.signer.Public().(ed25519.PublicKey)
	if !ok || ed25519.VerifyWithOptions(public, sum.Sum(nil), signature, signing(kind)) != nil {
		return 0, ErrChanged
	}
	return size, nil
}

// syncFolder makes a new name last.
func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
