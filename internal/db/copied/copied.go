// Package copied is the form in which a backup keeps tables: the same bytes whichever engine kept them. Each table has its
// shape, its rows in the order of their keys, and a sum of both (docs/decisions/006-backup.md).
package copied

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"hash"
	"io"
	"strings"
)

// format is the first line of a copy.
const format = "maatje copy 1\n"

// Sum is how many rows a table has, and the hash of its shape and all of its rows in the order of their keys.
type Sum struct {
	Rows int64  `json:"rows"`
	Hash string `json:"sha256"`
}

// Sums are the sums of all tables, by name.
type Sums map[string]Sum

// Head says which schema the tables have, and when they were read.
type Head struct {
	Version int64  `json:"version"`
	At      string `json:"at"`
}

// Shape is a table as a copy describes it.
type Shape struct {
	Name    string   `json:"table"`
	Columns []Column `json:"columns"`
	Key     []string `json:"key"`
}

// Column has one of five kinds: text, integer, number, boolean, bytes.
type Column struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
}

// Names are the columns as an SQL text lists them.
func (s Shape) Names() string {
	names := make([]string, len(s.Columns))
	for i, c := range s.Columns {
		names[i] = c.Name
	}
	return strings.Join(names, ", ")
}

// Order is that of the key; a table without one is in the order of everything.
func (s Shape) Order() string {
	if len(s.Key) == 0 {
		return s.Names()
	}
	return strings.Join(s.Key, ", ")
}

// String is the whole shape, to compare.
func (s Shape) String() string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // texts alone
	}
	return string(b)
}

// What comes next in a copy.
const (
	nextTable = 'T' // the table's shape, a line of JSON
	nextRow   = 'R' // a row's values
	nextSum   = 'S' // the table's sum, a line of JSON
	nextEnd   = 'Z'
)

// Writer writes a copy. After a first failure it does nothing any more.
type Writer struct {
	to     io.Writer
	sums   Sums
	sum    hash.Hash
	row    []byte
	failed error
}

// NewWriter begins a copy.
func NewWriter(to io.Writer, h Head) *Writer {
	w := &Writer{to: to, sums: Sums{}}
	w.write([]byte(format))
	w.line(h)
	return w
}

// End ends the copy and gives the sums of all tables.
func (w *Writer) End() (Sums, error) {
	w.write([]byte{nextEnd})
	return w.sums, w.failed
}

func (w *Writer) write(b []byte) {
	if w.failed == nil {
		_, w.failed = w.to.Write(b)
	}
}

func (w *Writer) line(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		w.failed = err
	}
	b = append(b, '\n')
	w.write(b)
	return b
}

// Table writes a table, whose rows come in the order of the shape.
func (w *Writer) Table(t Shape, rows *sql.Rows) error {
	w.write([]byte{nextTable})
	w.sum = sha256.New()
	w.sum.Write(w.line(t))
	values, n := t.row(), int64(0)
	for rows.Next() && w.failed == nil {
		if err := rows.Scan(values.Dest()...); err != nil {
			return err
		}
		w.row = values.append(append(w.row[:0], nextRow))
		w.sum.Write(w.row)
		w.write(w.row)
		n++
	}
	if err := rows.Err(); err != nil {
		return err
	}
	sum := Sum{n, hex.EncodeToString(w.sum.Sum(nil))}
	w.sums[t.Name] = sum
	w.write([]byte{nextSum})
	w.line(sum)
	return w.failed
}
