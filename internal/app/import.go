package app

import (
	"context"
	"errors"
	"fmt"
	"io"

	"maatje/internal/importer"
)

// ErrLinesFailed says that some lines did not come in; all the others did.
var ErrLinesFailed = errors.New("some lines did not come in")

// Import brings in a file of history. Progress goes to progress, the result to out.
func Import(ctx context.Context, p Place, path string, out, progress io.Writer) error {
	d, err := Open(ctx, p)
	if err != nil {
		return err
	}
	defer d.Close()
	report, err := importer.File(ctx, d, path, func(now importer.Progress) {
		fmt.Fprintf(progress, "%d of %d lines, %d did not come in\n", now.Done, now.Total, now.Failed)
	})
	if err != nil {
		return err
	}
	fmt.Fprint(out, report)
	if report.Failed > 0 {
		return ErrLinesFailed
	}
	return nil
}
