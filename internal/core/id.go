package core

import (
	"crypto/rand"
	"database/sql/driver"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"strings"
	"sync"
	"time"
)

// ref is an identifier of things of the kind K. Identifiers of different kinds do not mix: a PersonID where a DossierID
// belongs does not compile.
//
// An identifier is 63 bits: 41 bits of milliseconds since 2020 and 22 random bits, so that identifiers made later sort
// later and a new row lands at the end of its table. It is no secret: what an actor may not see is not found, whether or
// not its identifier is guessed.
type ref[K any] int64

type (
	accountKind    struct{}
	dossierKind    struct{}
	personKind     struct{}
	volunteerKind  struct{}
	trajectoryKind struct{}
	anyKind        struct{}
)

// The kinds of identifiers that travel between capabilities. ID serves what lives inside one capability.
type (
	AccountID    = ref[accountKind]
	DossierID    = ref[dossierKind]
	PersonID     = ref[personKind]
	VolunteerID  = ref[volunteerKind]
	TrajectoryID = ref[trajectoryKind]
	ID           = ref[anyKind]
)

var idText = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// String writes the identifier as it stands in addresses: 13 characters without look-alikes.
func (r ref[K]) String() string {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(r))
	return idText.EncodeToString(b[:])
}

// Int64 is the identifier as the database keeps it.
func (r ref[K]) Int64() int64 { return int64(r) }

// IsZero says whether there is no identifier.
func (r ref[K]) IsZero() bool { return r == 0 }

// ParseID reads an identifier as String wrote it. The address of something that cannot exist is simply not found.
func ParseID[T ~int64](s string) (T, error) {
	b, err := idText.DecodeString(strings.ToLower(s))
	if err != nil || len(b) != 8 || b[0]&0x80 != 0 {
		return 0, NotFound()
	}
	return T(binary.BigEndian.Uint64(b)), nil
}

var idState struct {
	sync.Mutex
	last int64
}

var idEpoch = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

// NewID makes an identifier at the given instant. Within one process it never makes the same one twice; two processes
// that meet in one millisecond differ by 22 random bits, and the primary key refuses the rest.
func NewID[T ~int64](now Instant) T {
	var b [4]byte
	_, _ = rand.Read(b[:])
	id := now.Time().Sub(idEpoch).Milliseconds()<<22 | int64(binary.BigEndian.Uint32(b[:])&0x3FFFFF)
	idState.Lock()
	defer idState.Unlock()
	if id <= idState.last {
		id = idState.last + 1 + int64(b[0])
	}
	idState.last = id
	return T(id)
}

// Value stores the identifier; none is NULL.
func (r ref[K]) Value() (driver.Value, error) {
	if r == 0 {
		return nil, nil
	}
	return int64(r), nil
}

// Scan reads an identifier; NULL is none.
func (r *ref[K]) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*r = 0
	case int64:
		*r = ref[K](v)
	default:
		return fmt.Errorf("an identifier is kept as a whole number, not %T", src)
	}
	return nil
}
