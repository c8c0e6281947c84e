// Package kept has a connection to a file keep its statements prepared.
package kept

import (
	"context"
	"database/sql/driver"
	"errors"

	"github.com/ncruces/go-sqlite3"
	sqlite "github.com/ncruces/go-sqlite3/driver"
)

// Statements is how many prepared statements a connection keeps; more than the product has queries.
const Statements = 500

// Connector opens connections to a file, readies each, and has it keep its statements prepared, as pgx does for
// PostgreSQL: preparing costs more than most of our queries.
type Connector struct {
	driver.Connector
	Ready func(*sqlite3.Conn) error
}

// Connect opens one.
func (k Connector) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := k.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	kept, ok := c.(sqlite.Conn)
	if !ok {
		return nil, errors.Join(errors.New("the SQLite driver gives a connection of another kind"), c.Close())
	}
	if err := k.Ready(kept.Raw()); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return &Conn{Conn: kept, kept: map[string]*stmt{}}, nil
}

// Conn is used by one goroutine at a time; database/sql sees to that.
type Conn struct {
	sqlite.Conn
	kept map[string]*stmt
}

// Count is how many statements it keeps, and how many of them are in use.
func (c *Conn) Count() (all, used int) {
	for _, s := range c.kept {
		if s.used {
			used++
		}
	}
	return len(c.kept), used
}

// PrepareContext hands out the kept statement, unless it is in use: the same query may run inside its own rows.
func (c *Conn) PrepareContext(ctx context.Context, text string) (driver.Stmt, error) {
	kept := c.kept[text]
	if kept != nil && !kept.used {
		kept.used = true
		return kept, nil
	}
	s, err := c.Conn.PrepareContext(ctx, text)
	if err != nil || kept != nil {
		return s, err
	}
	full, ok := s.(fullStmt)
	if !ok || !c.room() {
		return s, nil
	}
	c.kept[text] = &stmt{full, true}
	return c.kept[text], nil
}

// room makes place for one more statement, if it must at the cost of any that is not in use.
func (c *Conn) room() bool {
	if len(c.kept) < Statements {
		return true
	}
	for text, s := range c.kept {
		if !s.used {
			delete(c.kept, text)
			return s.fullStmt.Close() == nil
		}
	}
	return false
}

// ExecContext runs texts without arguments at once; others go through PrepareContext.
func (c *Conn) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	if e, ok := c.Conn.(driver.ExecerContext); ok {
		return e.ExecContext(ctx, text, args)
	}
	return nil, driver.ErrSkip
}

// Close also closes the statements.
func (c *Conn) Close() error {
	var all []error
	for _, s := range c.kept {
		all = append(all, s.fullStmt.Close())
	}
	return errors.Join(append(all, c.Conn.Close())...)
}

// fullStmt is what the driver's statements can do.
type fullStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
	driver.NamedValueChecker
}

type stmt struct {
	fullStmt
	used bool
}

// Close gives the statement back.
func (s *stmt) Close() error {
	s.used = false
	return nil
}
