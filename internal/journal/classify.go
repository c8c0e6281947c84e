package journal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
)

// renumbered is how many entries may be missing and still be told from a change: numbers that were closed up again.
const renumbered = 1000

// classify says what is wrong with the first entry that does not follow the end, by looking at those around it.
func (w *walk) classify(ctx context.Context, log Source, e Entry) (*Fault, error) {
	n := w.end.Seq + 1
	if e.Seq != n {
		gone := fmt.Sprintf("entry %d is not there", n)
		if e.Seq > n+1 {
			gone = fmt.Sprintf("entries %d to %d are not there", n, e.Seq-1)
		}
		return &Fault{n, "", Removed, fmt.Sprintf("%s; the next is %d (%s)", gone, e.Seq, e.At)}, nil
	}
	next, err := after(ctx, log, e.Seq)
	if err != nil {
		return nil, err
	}
	if next != nil {
		if f := w.besideNext(e, *next); f != nil {
			return f, nil
		}
	}
	elsewhere, err := w.belongs(ctx, log, e)
	if err != nil {
		return nil, err
	}
	if elsewhere > 0 {
		return &Fault{n, e.At, Reordered, fmt.Sprintf("what stands here is entry %d", elsewhere)}, nil
	}
	return w.alone(e), nil
}

// after is the entry that stands next in the log, if there is one.
func after(ctx context.Context, log Source, seq int64) (next *Entry, err error) {
	err = log(ctx, seq, func(e Entry) error {
		next = &e
		return errFound
	})
	if errors.Is(err, errFound) {
		err = nil
	}
	return next, err
}

// besideNext looks whether the entry after it tells more: it follows the end itself, so this one was put in; or it follows
// this one's hash under a number that is higher, so entries were taken out before and the numbers closed up.
func (w *walk) besideNext(e, next Entry) *Fault {
	moved := next
	moved.Seq = e.Seq
	if w.follows(w.end, moved) {
		back := e
		back.Seq = next.Seq
		if w.follows(moved.Head(), back) {
			return &Fault{e.Seq, e.At, Reordered, "it changed places with the entry after it"}
		}
		return &Fault{e.Seq, e.At, Inserted, "the entry after it is the one that was written here"}
	}
	h, ok := e.hash()
	if !ok || !w.keys.sealed(e) {
		return nil
	}
	for gone := int64(1); gone <= renumbered; gone++ {
		moved.Seq = next.Seq + gone
		if w.follows(Head{moved.Seq - 1, h}, moved) {
			return &Fault{e.Seq, e.At, Removed, fmt.Sprintf("%d before it are not there, and the numbers were closed up", gone)}
		}
	}
	return nil
}

// belongs finds the number under which the record was written, when that is another one: it follows what stands there.
func (w *walk) belongs(ctx context.Context, log Source, e Entry) (seq int64, err error) {
	own, _ := e.hash()
	var before Hash
	err = log(ctx, 0, func(k Entry) error {
		at, _ := k.hash()
		for _, end := range []Hash{before, at} { // at: when the two were neighbours that changed places
			r := e.Record
			r.Seq = k.Seq
			if link := Link(end, r); r.Seq != e.Seq && (link == own || link == at) {
				seq = k.Seq
				return errFound
			}
		}
		before = at
		return nil
	})
	if errors.Is(err, errFound) {
		err = nil
	}
	return seq, err
}

// alone says what the entry itself tells.
func (w *walk) alone(e Entry) *Fault {
	link := Link(w.end.Hash, e.Record)
	switch {
	case bytes.Equal(link[:], e.Hash):
		return &Fault{e.Seq, e.At, Forged, "it bears no seal of this program: put in or written over by somebody without its key"}
	case bytes.Equal(w.keys.seal(link), e.Seal):
		return &Fault{e.Seq, e.At, Altered, "its hash is not the one that was written"}
	case !w.keys.sealed(e):
		return &Fault{e.Seq, e.At, Altered, "neither its hash nor its seal fits what stands there"}
	}
	return &Fault{e.Seq, e.At, Altered, "what stands there is not what was written"}
}
