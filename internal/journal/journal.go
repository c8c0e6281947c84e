// Package journal is the form of the log: what one entry says, its canonical bytes, the chain of hashes that ties every
// entry to all before it, the seal that only the program can put on it, and the signed checkpoints that are kept outside
// the database. It writes no database and asks no clock; docs/log.md tells the formats so that others can check them too.
package journal

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// Version of the canonical form that new entries have. An entry keeps the version under which it was written.
const Version = 1

// Record is one entry of the log: who, as what, did what, to which object, when, from where, on which ground, and how it
// ended (the fields of NEN 7513). Never content.
type Record struct {
	Seq      int64  // 1, 2, 3 ... without gaps
	Version  int64  // of the canonical form
	At       string // as core.Instant writes it
	Account  int64  // whose account, 0 for a visitor or a job
	Actor    string // as what: the roles, or the job
	BehalfOf int64  // the account that somebody stands in for, or 0
	Action   string // read, list, search, print, export, change
	What     string // the sections that were read, or the registered query that changed
	Dossier  int64  // whose file, or 0
	Row      int64  // which row of it, or 0
	Route    string // the page's pattern, never its address
	Address  string // the network address
	Device   string // the kind of device
	Rule     string // through which relations
	Outcome  string // done, refused or failed
}

// Hash is SHA-256 over the hash of the entry before and the canonical bytes of this one.
type Hash [sha256.Size]byte

func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// Head is the last entry of a log, or the zero Head of an empty one.
type Head struct {
	Seq  int64
	Hash Hash
}

// Entry is a record as the log keeps it.
type Entry struct {
	Record
	Hash []byte
	Seal []byte
}

// field is one field of a record, for those who need them all in the order of the canonical form.
type field struct {
	name string
	text *string
	num  *int64
}

func (r *Record) fields() []field {
	return []field{
		{"seq", nil, &r.Seq}, {"at", &r.At, nil}, {"account", nil, &r.Account}, {"actor", &r.Actor, nil},
		{"behalf of", nil, &r.BehalfOf}, {"action", &r.Action, nil}, {"what", &r.What, nil}, {"dossier", nil, &r.Dossier},
		{"row", nil, &r.Row}, {"route", &r.Route, nil}, {"address", &r.Address, nil}, {"device", &r.Device, nil},
		{"rule", &r.Rule, nil}, {"outcome", &r.Outcome, nil},
	}
}

// Canonical writes the record in the one way in which it is hashed: the name of the form and then each field as a
// netstring (its length in bytes, a colon, the bytes, a comma), so that no two records read alike.
func (r Record) Canonical() []byte {
	b := make([]byte, 0, 320)
	b = netstring(b, "maatje.log."+strconv.FormatInt(r.Version, 10))
	for _, f := range r.fields() {
		if f.text != nil {
			b = netstring(b, *f.text)
		} else {
			b = netstring(b, strconv.FormatInt(*f.num, 10))
		}
	}
	return b
}

func netstring(b []byte, s string) []byte {
	b = strconv.AppendInt(b, int64(len(s)), 10)
	b = append(b, ':')
	b = append(b, s...)
	return append(b, ',')
}

// Link is the hash of the record that follows the entry with the given hash; before the first stands the zero Hash.
func Link(before Hash, r Record) Hash {
	return sha256.Sum256(append(before[:], r.Canonical()...))
}

// Append ties a record to the end of a log.
func (k Keys) Append(end Head, r Record) Entry {
	r.Seq, r.Version = end.Seq+1, Version
	h := Link(end.Hash, r)
	return Entry{r, h[:], k.seal(h)}
}

// Head is the end of a log whose last entry this is.
func (e Entry) Head() Head {
	h, _ := e.hash()
	return Head{e.Seq, h}
}

// hash is the entry's own, if what stands there can be one.
func (e Entry) hash() (h Hash, ok bool) {
	copy(h[:], e.Hash)
	return h, len(e.Hash) == len(h)
}
