// Package importer brings in history from elsewhere: a file with one JSON record a line (docs/import.md). The same file
// twice changes nothing, a changed line changes its row, and a line that cannot be is kept aside with the reason while all
// the others come in. History is imported as it was: the rules of today refuse nothing that happened years ago, only what
// cannot have happened at all.
package importer

import (
	"context"
	"fmt"
	"strings"

	"maatje/internal/db"
)

// Kinds of records, in the order in which they come in: each refers only to those before it, so a file may have its
// lines in any order.
const (
	volunteerKind  = "volunteer"
	familyKind     = "family"
	referralKind   = "referral"
	intakeKind     = "intake"
	trajectoryKind = "trajectory"
	visitKind      = "visit"
	signalKind     = "signal"
)

// passes are the kinds that come in together.
var passes = [][]string{{volunteerKind, familyKind}, {referralKind}, {intakeKind}, {trajectoryKind}, {visitKind, signalKind}}

// Progress says how far it is.
type Progress struct{ Done, Total, Failed int }

// Count is what became of the records of one kind.
type Count struct {
	Kind                 string
	Added, Changed, Same int
}

// Report is what became of a file.
type Report struct {
	Lines, Failed int
	FailedFile    string // where the lines that failed are, or empty
	Counts        []Count
	Ignored       []string // names of fields that no record has
	Homeless      int      // families without a municipality: no outside coordinator sees them
}

func (r Report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d lines\n", r.Lines)
	for _, c := range r.Counts {
		fmt.Fprintf(&b, "  %-10s  %6d new  %6d changed  %6d as they were\n", c.Kind, c.Added, c.Changed, c.Same)
	}
	for _, f := range r.Ignored {
		fmt.Fprintf(&b, "  ignored the field %s: no record has it\n", f)
	}
	if r.Homeless > 0 {
		fmt.Fprintf(&b, "  %d families have no municipality: no outside coordinator sees them until they have one\n", r.Homeless)
	}
	if r.Failed > 0 {
		fmt.Fprintf(&b, "  %d lines did not come in; they are in %s, each with its reason\n", r.Failed, r.FailedFile)
	}
	return b.String()
}

// File imports a file. An error means that it stopped; lines that failed are no error but stand in the report.
func File(ctx context.Context, d *db.DB, path string, progress func(Progress)) (Report, error) {
	s, err := openSource(path)
	if err != nil {
		return Report{}, err
	}
	defer s.close()
	r := newRun(d, s, progress)
	if err := r.all(ctx); err != nil {
		return Report{}, err
	}
	return r.report, s.writeFailed(r.failed, &r.report)
}

// Text imports what is given in memory, for the demo and for tests. Lines that failed come back with their reasons.
func Text(ctx context.Context, d *db.DB, text string) (Report, []Failure, error) {
	s := textSource(text)
	r := newRun(d, s, func(Progress) {})
	err := r.all(ctx)
	return r.report, r.failures(), err
}

// Failure is a line that did not come in.
type Failure struct {
	Line   int
	Reason string
}
