package copied

import (
	"bufio"
	"bytes"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// Row are the values of one row, each in a holder of its column's kind.
type Row []holder

type holder interface {
	dest() any
	append(b []byte) []byte
	read(r *bufio.Reader) error
	value() any
}

func (s Shape) row() Row {
	out := make(Row, len(s.Columns))
	for i, c := range s.Columns {
		out[i] = newHolder(c.Kind)
	}
	return out
}

func newHolder(kind string) holder {
	switch kind {
	case "text":
		return &textHolder{}
	case "integer":
		return &integerHolder{}
	case "number":
		return &numberHolder{}
	case "boolean":
		return &booleanHolder{}
	}
	return &bytesHolder{}
}

// Dest is where a row of the database is read to.
func (v Row) Dest() []any {
	out := make([]any, len(v))
	for i, h := range v {
		out[i] = h.dest()
	}
	return out
}

func (v Row) append(b []byte) []byte {
	for _, h := range v {
		b = h.append(b)
	}
	return b
}

func (v Row) read(r *bufio.Reader) error {
	for _, h := range v {
		if err := h.read(r); err != nil {
			return err
		}
	}
	return nil
}

// Args is what a row of the database is written from.
func (v Row) Args() []any {
	out := make([]any, len(v))
	for i, h := range v {
		out[i] = h.value()
	}
	return out
}

// Before every value stands whether there is one.
const (
	isNull  = 0
	isThere = 1
)

func there(b []byte, valid bool) []byte {
	if valid {
		return append(b, isThere)
	}
	return append(b, isNull)
}

func readThere(r *bufio.Reader) (bool, error) {
	c, err := r.ReadByte()
	if err == nil && c > isThere {
		err = ErrFormat
	}
	return c == isThere, err
}

// ErrFormat says that these bytes are no copy, or one of a program that this one does not know.
var ErrFormat = errors.New("the copy is not one that this program reads")

type textHolder struct{ sql.NullString }

func (h *textHolder) dest() any { return &h.NullString }
func (h *textHolder) value() any {
	if !h.Valid {
		return nil
	}
	return h.String
}

func (h *textHolder) append(b []byte) []byte {
	if b = there(b, h.Valid); h.Valid {
		b = append(binary.AppendUvarint(b, uint64(len(h.String))), h.String...)
	}
	return b
}

func (h *textHolder) read(r *bufio.Reader) (err error) {
	var b []byte
	b, h.Valid, err = readBytes(r)
	h.String = string(b)
	return err
}

// bytesHolder keeps none apart from empty.
type bytesHolder struct{ any any }

func (h *bytesHolder) dest() any  { return &h.any }
func (h *bytesHolder) value() any { return h.any }

func (h *bytesHolder) append(b []byte) []byte {
	switch v := h.any.(type) {
	case nil:
		return there(b, false)
	case []byte:
		b = there(b, true)
		return append(binary.AppendUvarint(b, uint64(len(v))), v...)
	default:
		panic(fmt.Sprintf("db: bytes that are %T", v)) // a driver gives nothing else for BYTEA
	}
}

func (h *bytesHolder) read(r *bufio.Reader) error {
	b, valid, err := readBytes(r)
	if h.any = nil; valid {
		h.any = b
	}
	return err
}

// longest is more than any value can be: a length beyond it is noise.
const longest = 1 << 30

func readBytes(r *bufio.Reader) (b []byte, valid bool, err error) {
	if valid, err = readThere(r); err != nil || !valid {
		return nil, valid, err
	}
	n, err := binary.ReadUvarint(r)
	if err == nil && n > longest {
		err = ErrFormat
	}
	if err != nil {
		return nil, true, err
	}
	// What a length promises takes no memory before it is there.
	var got bytes.Buffer
	if m, err := io.CopyN(&got, r, int64(n)); err != nil {
		return nil, true, fmt.Errorf("%d of %d bytes: %w", m, n, err)
	}
	return append([]byte{}, got.Bytes()...), true, nil
}

type integerHolder struct{ sql.NullInt64 }

func (h *integerHolder) dest() any { return &h.NullInt64 }
func (h *integerHolder) value() any {
	if !h.Valid {
		return nil
	}
	return h.Int64
}

func (h *integerHolder) append(b []byte) []byte { return appendEight(b, uint64(h.Int64), h.Valid) }
func (h *integerHolder) read(r *bufio.Reader) (err error) {
	n, valid, err := readEight(r)
	h.Int64, h.Valid = int64(n), valid
	return err
}

type numberHolder struct{ sql.NullFloat64 }

func (h *numberHolder) dest() any { return &h.NullFloat64 }
func (h *numberHolder) value() any {
	if !h.Valid {
		return nil
	}
	return h.Float64
}

func (h *numberHolder) append(b []byte) []byte {
	return appendEight(b, math.Float64bits(h.Float64), h.Valid)
}

func (h *numberHolder) read(r *bufio.Reader) (err error) {
	n, valid, err := readEight(r)
	h.Float64, h.Valid = math.Float64frombits(n), valid
	return err
}

type booleanHolder struct{ sql.NullBool }

func (h *booleanHolder) dest() any { return &h.NullBool }
func (h *booleanHolder) value() any {
	if !h.Valid {
		return nil
	}
	return h.Bool
}

func (h *booleanHolder) append(b []byte) []byte {
	n := uint64(0)
	if h.Bool {
		n = 1
	}
	return appendEight(b, n, h.Valid)
}

func (h *booleanHolder) read(r *bufio.Reader) (err error) {
	n, valid, err := readEight(r)
	h.Bool, h.Valid = n == 1, valid
	return err
}

func appendEight(b []byte, n uint64, valid bool) []byte {
	if b = there(b, valid); valid {
		b = binary.BigEndian.AppendUint64(b, n)
	}
	return b
}

func readEight(r *bufio.Reader) (n uint64, valid bool, err error) {
	if valid, err = readThere(r); err != nil || !valid {
		return 0, valid, err
	}
	var b [8]byte
	_, err = io.ReadFull(r, b[:])
	return binary.BigEndian.Uint64(b[:]), true, err
}
