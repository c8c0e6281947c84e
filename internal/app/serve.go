package app

import (
	"context"
	"fmt"
	"io"

	"maatje/internal/web"
)

// Serve opens the data at the place and serves it until ctx ends.
func Serve(ctx context.Context, p Place, l Listen, out io.Writer) error {
	if err := l.check(); err != nil {
		return err
	}
	d, err := Open(ctx, p)
	if err != nil {
		return err
	}
	defer d.Close()
	ln, err := l.open(ctx)
	if err != nil {
		return err
	}
	log := NewLog()
	a := Build(d, visitors{}, web.Config{Clock: Clock, Secure: l.secure(), Log: log, ProxyHeader: l.ProxyHeader})
	fmt.Fprintf(out, "Maatje listens at %s\n", l.address(ln))
	return l.serve(ctx, ln, a.Router, log)
}
