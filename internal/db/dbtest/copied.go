package dbtest

import (
	"bytes"
	"context"
	"strings"

	"github.com/jackc/pgx/v5"
)

// copied is one PostgreSQL database that tests use in turn. Deleting what a test wrote takes a few milliseconds, which is
// much less than a new copy.
type copied struct {
	name   string
	conn   *pgx.Conn
	tables []string
	seeds  []seed // what the migrations themselves put into tables
}

type seed struct {
	table string
	rows  []byte // as COPY writes them
}

func connectCopy(name, address string) (*copied, error) {
	conn, err := pgx.Connect(context.Background(), address)
	if err != nil {
		return nil, err
	}
	c := &copied{name: name, conn: conn}
	rows, err := conn.Query(context.Background(), `SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
		WHERE schemaname IN ('public', 'keys') ORDER BY 1`)
	if err != nil {
		return nil, err
	}
	if c.tables, err = pgx.CollectRows(rows, pgx.RowTo[string]); err != nil {
		return nil, err
	}
	for _, table := range c.tables {
		var text bytes.Buffer
		if _, err := conn.PgConn().CopyTo(context.Background(), &text, `COPY `+table+` TO STDOUT`); err != nil {
			return nil, err
		}
		if text.Len() > 0 {
			c.seeds = append(c.seeds, seed{table, text.Bytes()})
		}
	}
	return c, nil
}

// empty puts back what stood there after the migrations and nothing else. Somebody who is still connected and holds a
// lock makes it fail rather than wait.
func (c *copied) empty() error {
	var all strings.Builder
	all.WriteString(`SET lock_timeout = '5s'; SET session_replication_role = replica;`)
	for _, table := range c.tables {
		all.WriteString(`DELETE FROM ` + table + `;`)
	}
	if _, err := c.conn.PgConn().Exec(context.Background(), all.String()).ReadAll(); err != nil {
		return err
	}
	for _, s := range c.seeds {
		if _, err := c.conn.PgConn().CopyFrom(context.Background(), bytes.NewReader(s.rows), `COPY `+s.table+` FROM STDIN`); err != nil {
			return err
		}
	}
	return nil
}
