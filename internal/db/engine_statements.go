package db

import (
	"context"
	"database/sql/driver"
	"errors"

	"github.com/ncruces/go-sqlite3"
	sqlite "github.com/ncruces/go-sqlite3/driver"
)

// keptStatements is how many prepared statements a connection keeps; more than the product has queries.
const keptStatements = 500

// keptConnector opens connections to a file, readies each, and has it keep its statements prepared, as pgx does for
// PostgreSQL: preparing costs more than most of our queries.
type keptConnector struct {
	driver.Connector
	ready func(*sqlite3.Conn) error
}

func (k keptConnector) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := k.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	kept, ok := c.(sqlite.Conn)
	if !ok {
		return nil, errors.Join(errors.New("the SQLite driver gives a connection of another kind"), c.Close())
	}
	if err := k.ready(kept.Raw()); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return &keptConn{Conn: kept, kept: map[string]*keptStmt{}}, nil
}

// keptConn is used by one goroutine at a time; database/sql sees to that.
type keptConn struct {
	sqlite.Conn
	kept map[string]*keptStmt
}

// PrepareContext hands out the kept statement, unless it is in use: the same query may run inside its own rows.
func (c *keptConn) PrepareContext(ctx context.Context, text string) (driver.Stmt, error) {
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
	c.kept[text] = &keptStmt{full, true}
	return c.kept[text], nil
}

// room makes place for one more statement, if it must at the cost of any that is not in use.
func (c *keptConn) room() bool {
	if len(c.kept) < keptStatements {
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
func (c *keptConn) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	if e, ok := c.Conn.(driver.ExecerContext); ok {
		return e.ExecContext(ctx, text, args)
	}
	return nil, driver.ErrSkip
}

func (c *keptConn) Close() error {
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

type keptStmt struct {
	fullStmt
	used bool
}

// Close gives the statement back.
func (s *keptStmt) Close() error {
	s.used = false
	return nil
}
