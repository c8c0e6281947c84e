package journal

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Book is a file of checkpoints.
type Book struct {
	Path string
	All  []Checkpoint
	Torn bool // its last line was never finished, as a power loss leaves it
}

// Counts are the checkpoints that the log must agree with.
func (b Book) Counts() []Checkpoint { return counts(b.All) }

// BookFault is the first bad line of a file of checkpoints.
type BookFault struct {
	Path string
	Line int
	What string
}

func (f *BookFault) Error() string { return fmt.Sprintf("%s, line %d: %s", f.Path, f.Line, f.What) }

// ReadBook reads and checks every line. A file that is not there is an empty book; a *BookFault is about its content.
func ReadBook(path string, public ed25519.PublicKey) (Book, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Book{Path: path}, nil
	}
	if err != nil {
		return Book{Path: path}, err
	}
	return parseBook(path, text, public)
}

func parseBook(path string, text []byte, public ed25519.PublicKey) (Book, error) {
	b := Book{Path: path}
	var before Hash
	for text := range bytes.Lines(text) {
		if !bytes.HasSuffix(text, []byte("\n")) {
			b.Torn = true
			break
		}
		text = text[:len(text)-1]
		c, err := readLine(text, public)
		if err == nil {
			err = b.continues(c, before)
		}
		if err != nil {
			return b, &BookFault{path, len(b.All) + 1, err.Error()}
		}
		b.All, before = append(b.All, c), lineHash(text)
	}
	return b, nil
}

func (b Book) continues(c Checkpoint, before Hash) error {
	if c.After != before {
		return errors.New("it does not follow the line before it: a line was taken out, put in or moved")
	}
	if n := len(b.All); n > 0 && c.Note == "" && c.Seq <= b.All[n-1].Seq {
		return errors.New("it goes back without saying why")
	}
	return nil
}

// tail is how much of a book is read to find its last line.
const tail = 16 << 10

// last reads the last checkpoint of a book alone, and where in the file it ends.
func last(f *os.File, public ed25519.PublicKey) (c Checkpoint, hash Hash, end int64, err error) {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return c, hash, 0, err
	}
	from := max(0, size-tail)
	b := make([]byte, size-from)
	if _, err := f.ReadAt(b, from); err != nil {
		return c, hash, 0, err
	}
	b = b[:bytes.LastIndexByte(b, '\n')+1] // what was never finished is written over
	end = from + int64(len(b))
	if len(b) == 0 && from == 0 {
		return c, hash, 0, nil
	}
	b = bytes.TrimSuffix(b, []byte("\n"))
	b = b[bytes.LastIndexByte(b, '\n')+1:]
	c, err = readLine(b, public)
	if err != nil {
		return c, hash, 0, fmt.Errorf("%s: its last line: %w", f.Name(), err)
	}
	return c, lineHash(b), end, nil
}

// Write adds a checkpoint to the book at path when the log has grown since the last one, after it has seen that the log
// still holds what that one saw and is whole from there on. It vouches for nothing that it did not see. A *Fault says what
// is wrong with the log.
func (k Keys) Write(path string, at string, verify func(from Head) (Head, *Fault, error)) error {
	f, err := openBook(path)
	if err != nil {
		return err
	}
	before, hash, end, err := last(f, k.Public())
	if err == nil {
		err = k.write(f, end, Checkpoint{Seq: before.Seq, Hash: before.Hash, At: at, After: hash}, verify)
	}
	return errors.Join(err, f.Close())
}

func (k Keys) write(f *os.File, end int64, c Checkpoint, verify func(from Head) (Head, *Fault, error)) error {
	head, fault, err := verify(Head{c.Seq, c.Hash})
	if err != nil {
		return err
	}
	if fault != nil {
		return fault
	}
	if head.Seq == c.Seq {
		return nil
	}
	c.Seq, c.Hash = head.Seq, head.Hash
	return k.put(f, end, c)
}

// TakeUp writes that the log goes on from an older copy of the database, and why.
func (k Keys) TakeUp(path, at, why string, since int64, head Head) error {
	f, err := openBook(path)
	if err != nil {
		return err
	}
	_, hash, end, err := last(f, k.Public())
	if err == nil {
		err = k.put(f, end, Checkpoint{Seq: head.Seq, Hash: head.Hash, At: at, After: hash, Note: why, Since: since})
	}
	return errors.Join(err, f.Close())
}

// put writes one line and waits for the disk.
func (k Keys) put(f *os.File, end int64, c Checkpoint) error {
	if err := f.Truncate(end); err != nil {
		return err
	}
	if _, err := f.WriteAt(append(k.Sign(c), '\n'), end); err != nil {
		return err
	}
	return f.Sync()
}

func openBook(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if dir, err := os.Open(filepath.Dir(path)); err == nil { // so that its name survives a power loss, where folders can be asked
		_ = dir.Sync()
		_ = dir.Close()
	}
	return f, nil
}
