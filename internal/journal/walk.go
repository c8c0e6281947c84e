package journal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
)

// Source gives the entries after seq, in the order of their numbers.
type Source func(ctx context.Context, after int64, each func(Entry) error) error

// What can be wrong with an entry.
const (
	Altered   = "altered"   // a field is not what was written
	Removed   = "removed"   // an entry is not there any more
	Inserted  = "inserted"  // one was put between two that follow each other
	Reordered = "reordered" // one stands in the place of another
	Forged    = "forged"    // put in or written over by somebody without the program's key
	Truncated = "truncated" // the log ends before its last checkpoint
	Replaced  = "replaced"  // it is whole in itself, but not the one that a checkpoint saw: an older copy went on
)

// Fault is the first bad entry of a log.
type Fault struct {
	Seq    int64
	At     string // when it was written, if it is there to say so
	Kind   string
	Detail string
}

func (f *Fault) Error() string {
	at := ""
	if f.At != "" {
		at = " (" + f.At + ")"
	}
	return fmt.Sprintf("entry %d%s: %s: %s", f.Seq, at, f.Kind, f.Detail)
}

var errFound = errors.New("found")

// Verify walks the log after the entry that head names, which must be there still, and holds it against the checkpoints.
// The head that it gives is the last entry that is good; the fault, if any, is about the next one.
func (k Keys) Verify(ctx context.Context, log Source, from Head, marks []Checkpoint) (Head, *Fault, error) {
	w := walk{keys: k, end: from, marks: bySeq(marks)}
	if from.Seq > 0 {
		w.end, w.first = Head{Seq: from.Seq - 1}, &from
	}
	err := log(ctx, w.end.Seq, w.step)
	if err != nil && !errors.Is(err, errFound) {
		return w.end, nil, err
	}
	if w.bad != nil {
		fault, err := w.classify(ctx, log, *w.bad)
		return w.end, fault, err
	}
	if w.fault == nil {
		w.fault = w.truncated(from, marks)
	}
	return w.end, w.fault, nil
}

// walk is one pass over a log.
type walk struct {
	keys  Keys
	end   Head
	at    string // of the last good entry
	first *Head  // what the first entry must be, when the walk begins in the middle
	marks map[int64]Checkpoint
	bad   *Entry
	fault *Fault
}

func bySeq(marks []Checkpoint) map[int64]Checkpoint {
	out := make(map[int64]Checkpoint, len(marks))
	for _, m := range marks {
		out[m.Seq] = m
	}
	return out
}

func (w *walk) step(e Entry) error {
	if w.first != nil && (e.Seq != w.first.Seq || !bytes.Equal(e.Hash, w.first.Hash[:])) {
		w.fault = w.unlike(e, w.first.Seq)
		return errFound
	}
	if w.first == nil && !w.follows(w.end, e) {
		w.bad = &e
		return errFound
	}
	w.first = nil
	if m, ok := w.marks[e.Seq]; ok && !bytes.Equal(m.Hash[:], e.Hash) {
		w.fault = &Fault{e.Seq, e.At, Replaced, "the line is whole, but the checkpoint of " + m.At + " saw another entry here: an older copy of the database went on"}
		return errFound
	}
	w.end, w.at = e.Head(), e.At
	return nil
}

// follows says that the entry is the one that the program wrote after the end.
func (w *walk) follows(end Head, e Entry) bool {
	h, ok := e.hash()
	return ok && e.Seq == end.Seq+1 && e.Version == Version && Link(end.Hash, e.Record) == h && w.keys.sealed(e)
}

func (w *walk) unlike(e Entry, seq int64) *Fault {
	if e.Seq != seq {
		return &Fault{seq, "", Removed, "the last checkpoint saw it, and it is not there"}
	}
	return &Fault{seq, e.At, Replaced, "it is not the entry that the last checkpoint saw"}
}

func (w *walk) truncated(from Head, marks []Checkpoint) *Fault {
	last := Checkpoint{Seq: from.Seq, At: "the last one"}
	for _, m := range marks {
		if m.Seq > last.Seq {
			last = m
		}
	}
	if w.end.Seq >= last.Seq {
		return nil
	}
	ends := "the log is empty"
	if w.end.Seq > 0 {
		ends = fmt.Sprintf("the log ends at entry %d (%s)", w.end.Seq, w.at)
	}
	return &Fault{w.end.Seq + 1, "", Truncated, fmt.Sprintf("%s, but a checkpoint (%s) saw %d entries", ends, last.At, last.Seq)}
}
