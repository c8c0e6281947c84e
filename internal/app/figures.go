package app

import (
	"context"
	"io"

	"maatje/internal/authz"
	"maatje/internal/figures"
)

// Figures prints what a period counted. For outsiders small cells are left out.
func Figures(ctx context.Context, p Place, period figures.Period, format string, outsiders bool, out io.Writer) error {
	p.MustExist = true
	d, err := Open(ctx, p)
	if err != nil {
		return err
	}
	defer d.Close()
	cells, err := figures.NewService(d).Of(ctx, authz.System("figures").Using(authz.Export), period)
	if err != nil {
		return err
	}
	if outsiders {
		cells = figures.Suppress(cells)
	}
	return figures.Write(out, format, cells)
}
