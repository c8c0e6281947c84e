package copied

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Reader reads what Writer wrote.
type Reader struct {
	from *bufio.Reader
	sums Sums
}

// NewReader reads a copy.
func NewReader(from io.Reader) *Reader {
	return &Reader{from: bufio.NewReaderSize(from, 1<<16), sums: Sums{}}
}

// Sums are those of the tables that were read.
func (r *Reader) Sums() Sums { return r.sums }

// Check reads a copy to its end and gives the sums of what it holds. A copy that contradicts its own sums is refused.
func Check(from io.Reader) (Sums, error) {
	r := NewReader(from)
	if _, err := r.Head(); err != nil {
		return nil, err
	}
	return r.sums, r.Each(func(Shape) (func(Row) error, error) { return func(Row) error { return nil }, nil })
}

// Head reads the beginning.
func (r *Reader) Head() (h Head, err error) {
	first := make([]byte, len(format))
	if _, err := io.ReadFull(r.from, first); err != nil {
		return h, err
	}
	if string(first) != format {
		return h, ErrFormat
	}
	_, err = r.line(&h)
	return h, err
}

func (r *Reader) line(v any) ([]byte, error) {
	b, err := r.from.ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(b, v)
	}
	return b, err
}

// Each reads the tables one after the other. begin gives what is done with each row.
func (r *Reader) Each(begin func(Shape) (func(Row) error, error)) error {
	for {
		next, err := r.from.ReadByte()
		switch {
		case err != nil:
			return err
		case next == nextEnd:
			return nil
		case next != nextTable:
			return ErrFormat
		}
		var t Shape
		b, err := r.line(&t)
		if err != nil {
			return err
		}
		do, err := begin(t)
		if err == nil {
			err = r.rows(t, b, do)
		}
		if err != nil {
			return fmt.Errorf("copy of %s: %w", t.Name, err)
		}
	}
}

func (r *Reader) rows(t Shape, head []byte, do func(Row) error) error {
	hash := sha256.New()
	hash.Write(head)
	values, again := t.row(), []byte(nil)
	for n := int64(0); ; n++ {
		next, err := r.from.ReadByte()
		if err != nil {
			return err
		}
		if next != nextRow {
			return r.sum(t, next, Sum{n, hex.EncodeToString(hash.Sum(nil))})
		}
		if err := values.read(r.from); err != nil {
			return err
		}
		again = values.append(append(again[:0], nextRow))
		hash.Write(again)
		if err := do(values); err != nil {
			return err
		}
	}
}

func (r *Reader) sum(t Shape, next byte, got Sum) error {
	if next != nextSum {
		return ErrFormat
	}
	var want Sum
	if _, err := r.line(&want); err != nil {
		return err
	}
	if got != want {
		return errors.New("the rows are not those that were written")
	}
	r.sums[t.Name] = got
	return nil
}
