package journal

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var (
	ours   = NewKeys([]byte("a seed of thirty-two bytes: ours"))
	others = NewKeys([]byte("a seed of thirty-two bytes: else"))
)

// book is a log in memory.
type book []Entry

func (b book) source(_ context.Context, after int64, each func(Entry) error) error {
	for _, e := range b {
		if e.Seq > after {
			if err := each(e); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b book) copy() book {
	out := make(book, len(b))
	for i, e := range b {
		e.Hash, e.Seal = bytes.Clone(e.Hash), bytes.Clone(e.Seal)
		out[i] = e
	}
	return out
}

func (b book) head() Head {
	if len(b) == 0 {
		return Head{}
	}
	return b[len(b)-1].Head()
}

func (b book) write(k Keys, r Record) book { return append(b, k.Append(b.head(), r)) }

func record(i int) Record {
	return Record{
		At: time.Date(2026, 11, 23, 9, 0, i, 0, time.UTC).Format("2006-01-02T15:04:05.000Z"), Account: 11 + int64(i%3), Actor: "outside_coordinator",
		BehalfOf: 12, Action: "read", What: "identity, visits", Dossier: 21, Row: int64(i), Route: "GET /dossiers/{id}",
		Address: "192.0.2.7", Device: "phone", Rule: "municipality", Outcome: "done",
	}
}

func logOf(n int) book {
	var b book
	for i := range n {
		b = b.write(ours, record(i))
	}
	return b
}

// mark is a checkpoint of the log as it stands.
func (b book) mark() Checkpoint {
	h := b.head()
	return Checkpoint{Seq: h.Seq, Hash: h.Hash, At: "2026-11-23T10:00:00.000Z"}
}

func verify(t interface{ Fatal(...any) }, b book, marks ...Checkpoint) *Fault {
	_, fault, err := ours.Verify(context.Background(), b.source, Head{}, marks)
	if err != nil {
		t.Fatal(err)
	}
	return fault
}

// The form is told in docs/log.md for others to check: it never changes under the same version.
func TestTheCanonicalFormIsTheDocumentedOne(t *testing.T) {
	for _, c := range []struct {
		name string
		r    Record
		want string
	}{
		{"everything", Record{Seq: 7, Version: 1, At: "2026-11-23T09:00:00.000Z", Account: 11, Actor: "volunteer+project_leader", BehalfOf: 12,
			Action: "read", What: "identity, visits", Dossier: 21, Row: 31, Route: "GET /dossiers/{id}", Address: "2001:db8::7",
			Device: "phone, Android, Firefox", Rule: "municipality", Outcome: "done"},
			"12:maatje.log.1,1:7,24:2026-11-23T09:00:00.000Z,2:11,24:volunteer+project_leader,2:12,4:read,16:identity, visits,2:21,2:31," +
				"18:GET /dossiers/{id},11:2001:db8::7,23:phone, Android, Firefox,12:municipality,4:done,"},
		{"nothing", Record{Version: 1}, "12:maatje.log.1,1:0,0:,1:0,0:,1:0,0:,0:,1:0,1:0,0:,0:,0:,0:,0:,"},
		{"bytes, not letters", Record{Version: 1, What: "één"}, "12:maatje.log.1,1:0,0:,1:0,0:,1:0,0:,5:één,1:0,1:0,0:,0:,0:,0:,0:,"},
		{"what looks like a border", Record{Version: 2, Actor: "1:a,", Account: -5}, "12:maatje.log.2,1:0,0:,2:-5,4:1:a,,1:0,0:,0:,1:0,1:0,0:,0:,0:,0:,0:,"},
	} {
		if got := string(c.r.Canonical()); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

// The first link of a log, computed from the documentation alone.
func TestTheFirstLinkIsTheDocumentedOne(t *testing.T) {
	r := Record{Seq: 1, Version: 1}
	want := sha256.Sum256([]byte(strings.Repeat("\x00", 32) + "12:maatje.log.1,1:1,0:,1:0,0:,1:0,0:,0:,1:0,1:0,0:,0:,0:,0:,0:,"))
	if got := Link(Hash{}, r); got.String() != hex.EncodeToString(want[:]) {
		t.Error(got)
	}
}

func TestTheCanonicalFormHoldsEveryField(t *testing.T) {
	n := reflect.TypeFor[Record]().NumField()
	var r Record
	if got := len(r.fields()) + 1; got != n { // and the version, in the name of the form
		t.Errorf("%d of %d fields", got, n)
	}
}

func TestNoTwoRecordsReadAlike(t *testing.T) {
	any := rapid.Custom(func(t *rapid.T) Record {
		var r Record
		for _, f := range r.fields() {
			if f.text != nil {
				*f.text = rapid.StringMatching(`[0-9:,a-c]{0,4}`).Draw(t, f.name)
			} else {
				*f.num = rapid.Int64Range(-2, 12).Draw(t, f.name)
			}
		}
		return r
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := any.Draw(t, "a"), any.Draw(t, "b")
		if (a == b) != bytes.Equal(a.Canonical(), b.Canonical()) {
			t.Errorf("%s and %s", a.Canonical(), b.Canonical())
		}
	})
}

func TestAWholeLogHasNoFault(t *testing.T) {
	for _, n := range []int{0, 1, 2, 50} {
		b := logOf(n)
		if f := verify(t, b, b.mark(), b[:n/2].mark()); f != nil {
			t.Errorf("%d entries: %v", n, f)
		}
	}
}

// expect checks which entry is named, and as what.
func expect(t *testing.T, name string, f *Fault, seq int64, kind string) {
	t.Helper()
	if f == nil || f.Seq != seq || f.Kind != kind {
		t.Errorf("%s: got %v, want %s at %d", name, f, kind, seq)
	}
}

func TestEveryChangedFieldIsFound(t *testing.T) {
	whole := logOf(9)
	for at := range whole {
		for i, f := range whole[at].fields() {
			b := whole.copy()
			if f := b[at].fields()[i]; f.text != nil {
				*f.text += "x"
			} else {
				*f.num += 1000
			}
			if f.name == "seq" { // it is not where it was
				expect(t, "seq", verify(t, b, whole.mark()), int64(at+1), Removed)
				continue
			}
			expect(t, f.name, verify(t, b), int64(at+1), Altered)
		}
		b := whole.copy()
		b[at].Version++
		expect(t, "version", verify(t, b), int64(at+1), Altered)
		for i := range 32 {
			b := whole.copy()
			b[at].Hash[i] ^= 1
			expect(t, "hash", verify(t, b), int64(at+1), Altered)
		}
		b = whole.copy()
		b[at].Hash = b[at].Hash[:31]
		expect(t, "short hash", verify(t, b), int64(at+1), Altered)
		b = whole.copy()
		b[at].Seal[5] ^= 0x80
		expect(t, "seal", verify(t, b), int64(at+1), Forged)
	}
}

func TestWhatIsTakenAwayIsFound(t *testing.T) {
	whole := logOf(9)
	for from := range whole {
		for until := from + 1; until <= len(whole); until++ {
			gone := append(whole.copy()[:from], whole.copy()[until:]...)
			want := Removed
			if until == len(whole) {
				want = Truncated
			}
			expect(t, fmt.Sprint("with a gap ", from, until), verify(t, gone, whole.mark()), int64(from+1), want)
			for i := range gone { // as somebody would who wants it to look whole
				gone[i].Seq = int64(i + 1)
			}
			f := verify(t, gone, whole.mark())
			if until == len(whole)-1 && f != nil { // nothing after the one that is left to tell what it was
				want = f.Kind
			}
			expect(t, fmt.Sprint("closed up ", from, until), f, int64(from+1), want)
		}
	}
}

func TestWhatIsPutInIsFound(t *testing.T) {
	whole := logOf(9)
	for at := range len(whole) + 1 {
		for name, forged := range map[string]Entry{
			"without the key": others.Append(whole[:at].head(), record(70)),
			"another's":       {Record: record(70), Hash: make([]byte, 32), Seal: make([]byte, 32)},
			"with no hash":    {Record: record(70)},
		} {
			b := append(append(whole[:at:at].copy(), forged), whole[at:].copy()...)
			for i := range b {
				b[i].Seq = int64(i + 1)
			}
			b[at].Version = Version
			want := Inserted
			if at == len(whole) {
				want = map[string]string{"without the key": Forged}[name]
				if want == "" {
					want = Altered
				}
			}
			expect(t, name, verify(t, b, whole.mark()), int64(at+1), want)
		}
	}
}

func TestWhatChangesPlacesIsFound(t *testing.T) {
	whole := logOf(9)
	for i := range whole {
		for j := i + 1; j < len(whole); j++ {
			b := whole.copy()
			b[i], b[j] = b[j], b[i]
			b[i].Seq, b[j].Seq = b[j].Seq, b[i].Seq
			expect(t, fmt.Sprint("whole entries ", i, j), verify(t, b), int64(i+1), Reordered)
			b = whole.copy()
			b[i].Record, b[j].Record = b[j].Record, b[i].Record
			b[i].Seq, b[j].Seq = b[j].Seq, b[i].Seq
			expect(t, fmt.Sprint("their content alone ", i, j), verify(t, b), int64(i+1), Reordered)
		}
	}
}

// Somebody who knows the format but has no key changes an entry and hashes all that follows anew.
func TestAWholeNewEndWithoutTheKeyIsFound(t *testing.T) {
	whole := logOf(9)
	for at := range whole {
		b := whole[:at].copy()
		for i := at; i < len(whole); i++ {
			r := whole[i].Record
			if i == at {
				r.Account = 99
			}
			e := others.Append(b.head(), r)
			e.Seal = whole[i].Seal
			b = append(b, e)
		}
		expect(t, "", verify(t, b), int64(at+1), Forged)
	}
}

// An older copy of the database is put back and goes on: every entry is genuine, and the checkpoint knows better.
func TestAnOlderCopyIsFoundAgainstTheCheckpoint(t *testing.T) {
	whole := logOf(9)
	marks := []Checkpoint{whole[:4].mark(), whole.mark()}
	for kept := range whole {
		want := int64(kept + 1)
		expect(t, "as it was", verify(t, whole[:kept], marks...), want, Truncated)
		b := whole[:kept].copy()
		for i := range 20 {
			b = b.write(ours, record(100+i))
		}
		at := int64(9)
		if kept < 4 {
			at = 4
		}
		expect(t, "and went on", verify(t, b, marks...), at, Replaced)
		if f := verify(t, b); f != nil {
			t.Errorf("without the checkpoint there is nothing to see: %v", f)
		}
	}
}

func TestVerifyingOnFromACheckpoint(t *testing.T) {
	whole := logOf(9)
	for from := range 10 {
		head, f, err := ours.Verify(t.Context(), whole.source, whole[:from].head(), nil)
		if head != whole.head() || f != nil || err != nil {
			t.Errorf("from %d: %v %v %v", from, head, f, err)
		}
	}
	for name, c := range map[string]struct {
		log  book
		seq  int64
		kind string
	}{
		"the entry it saw is changed": {append(append(whole[:4:4].copy(), others.Append(whole[:4].head(), record(80))), whole[5:]...), 5, Replaced},
		"it is gone":                  {append(whole[:4:4].copy(), whole[5:]...), 5, Removed},
		"the log is shorter":          {whole[:3], 5, Truncated},
		"it is empty":                 {nil, 5, Truncated},
		"a later one is gone":         {append(whole[:6:6].copy(), whole[7:]...), 7, Removed},
	} {
		_, f, err := ours.Verify(t.Context(), c.log.source, whole[:5].head(), nil)
		if err != nil {
			t.Fatal(err)
		}
		expect(t, name, f, c.seq, c.kind)
	}
}

func TestALogThatCannotBeReadIsNoLogThatIsWhole(t *testing.T) {
	broken := errors.New("disk")
	for after := range 3 {
		b := logOf(3)
		n := 0
		_, f, err := ours.Verify(t.Context(), func(ctx context.Context, from int64, each func(Entry) error) error {
			return errors.Join(b.source(ctx, from, func(e Entry) error {
				if n++; n > after {
					return broken
				}
				return each(e)
			}))
		}, Head{}, nil)
		if !errors.Is(err, broken) || f != nil {
			t.Errorf("%v %v", f, err)
		}
	}
}

// Whatever somebody does to the rows, the first entry that is not as it was written is named: everything before it is as it
// was, and it is not.
func TestAnyTamperingIsFoundAtTheFirstBadEntry(t *testing.T) {
	whole := logOf(40)
	marks := []Checkpoint{whole[:13].mark(), whole.mark()}
	rapid.Check(t, func(t *rapid.T) {
		b := whole.copy()
		for range rapid.IntRange(1, 4).Draw(t, "steps") {
			b = tamper(t, b)
		}
		first := int64(0)
		for i := range whole {
			if i >= len(b) || !reflect.DeepEqual(b[i], whole[i]) {
				first = int64(i + 1)
				break
			}
		}
		if first == 0 && len(b) > len(whole) {
			first = int64(len(whole) + 1)
		}
		f := verify(t, b, marks...)
		switch {
		case first == 0 && f != nil:
			t.Fatalf("nothing was changed, and %v", f)
		case first != 0 && (f == nil || f.Seq != first):
			t.Fatalf("entry %d is the first bad one, and the walk says %v", first, f)
		}
	})
}

func tamper(t *rapid.T, b book) book {
	if len(b) == 0 {
		return b
	}
	i := rapid.IntRange(0, len(b)-1).Draw(t, "entry")
	j := rapid.IntRange(0, len(b)-1).Draw(t, "other")
	switch rapid.SampledFrom([]string{"field", "hash", "seal", "remove", "insert", "swap", "truncate", "copy", "rehash"}).Draw(t, "how") {
	case "field":
		fields := b[i].fields()[1:] // rows are found by their number
		if f := fields[rapid.IntRange(0, len(fields)-1).Draw(t, "field")]; f.text != nil {
			*f.text = rapid.SampledFrom([]string{"", "x", *f.text + ",", "done"}).Draw(t, "text")
		} else {
			*f.num = rapid.Int64().Draw(t, "number")
		}
	case "hash":
		b[i].Hash = rapid.SliceOfN(rapid.Byte(), 0, 33).Draw(t, "hash")
	case "seal":
		b[i].Seal = rapid.SliceOfN(rapid.Byte(), 0, 33).Draw(t, "seal")
	case "remove":
		b = append(b[:i:i].copy(), b[i+1:]...)
	case "insert":
		b = append(append(b[:i:i].copy(), others.Append(b[:i].head(), record(90))), b[i:].copy()...)
	case "swap":
		b[i], b[j] = b[j], b[i]
	case "truncate":
		b = b[:i]
	case "copy":
		b[i] = b[j : j+1].copy()[0]
	case "rehash":
		for k := i; k < len(b); k++ {
			before := Hash{}
			if k > 0 {
				before = b[k-1].Head().Hash
			}
			h := Link(before, b[k].Record)
			b[k].Hash = h[:]
		}
	}
	for k := range b {
		b[k].Seq = int64(k + 1)
	}
	return b
}
