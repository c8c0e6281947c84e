package dbtest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"maatje/internal/db"
)

const noServer = `no PostgreSQL to test with: run make test, or eval "$(scripts/postgres env)"`

// server is the connection over which a process of tests makes and drops its databases. They carry the number of that
// connection, so that the next process can tell which are left over from one that was killed.
type server struct {
	mu   sync.Mutex
	conn *pgx.Conn
	made int
	free []*copied
}

// theServer is connected once in each process. It stays connected: the databases live as long as it does.
var theServer = sync.OnceValues(func() (*server, error) {
	address := os.Getenv("MAATJE_TEST_POSTGRES")
	if address == "" {
		return nil, errors.New(noServer)
	}
	conn, err := pgx.Connect(context.Background(), address)
	if err != nil {
		return nil, err
	}
	s := &server{conn: conn}
	return s, errors.Join(s.sweep(), s.makeOriginal())
})

func (s *server) run(text string, args ...any) error {
	_, err := s.conn.Exec(context.Background(), text, args...)
	return err
}

// sweep drops the databases of processes that are gone.
func (s *server) sweep() error {
	rows, err := s.conn.Query(context.Background(), `SELECT datname FROM pg_database WHERE datname LIKE 'maatje\_test\_%'
		AND split_part(datname, '_', 3)::int NOT IN (SELECT pid FROM pg_stat_activity)`)
	if err != nil {
		return err
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := s.run(`DROP DATABASE IF EXISTS ` + name); err != nil {
			return err
		}
	}
	return nil
}

// originalName tells the original of this schema from that of an earlier or later one.
func originalName() string { return "maatje_original_" + db.SchemaID() }

// makeOriginal migrates the database that tests copy, unless it is there. Only one process does so at a time.
func (s *server) makeOriginal() (err error) {
	const locking = 4711
	if err := s.run(`SELECT pg_advisory_lock($1)`, locking); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.run(`SELECT pg_advisory_unlock($1)`, locking)) }()
	var there bool
	ask := s.conn.QueryRow(context.Background(), `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)`, originalName())
	if err := ask.Scan(&there); err != nil || there {
		return err
	}
	const draft = "maatje_draft"
	if err := errors.Join(s.run(`DROP DATABASE IF EXISTS `+draft), s.run(`CREATE DATABASE `+draft)); err != nil {
		return err
	}
	if err := makeSchema(s.address(draft)); err != nil {
		return err
	}
	if err := migrated(s.address(draft), s.keysAddress(draft)); err != nil {
		return err
	}
	return s.run(`ALTER DATABASE ` + draft + ` RENAME TO ` + originalName())
}

// makeSchema makes the room for the keys, which are never in the data's own schema.
func makeSchema(address string) error {
	conn, err := pgx.Connect(context.Background(), address)
	if err != nil {
		return err
	}
	_, err = conn.Exec(context.Background(), `CREATE SCHEMA keys`)
	return errors.Join(err, conn.Close(context.Background()))
}

func (s *server) address(name string) string {
	u, err := url.Parse(os.Getenv("MAATJE_TEST_POSTGRES"))
	if err != nil {
		panic(err) // it was good enough to connect to
	}
	return u.JoinPath("..", name).String()
}

func (s *server) keysAddress(name string) string { return s.address(name) + "&search_path=keys" }

func copyDatabase(t testing.TB) (addr, keys string) {
	t.Helper()
	s, err := theServer()
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.take()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.empty(); err != nil {
			t.Errorf("the database of this test is left as it is: %v", err)
			return
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		s.free = append(s.free, c)
	})
	return s.address(c.name), s.keysAddress(c.name)
}

// take gives a database that an earlier test gave back, or else a new copy, which takes 0.2 s.
func (s *server) take() (*copied, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.free); n > 0 {
		c := s.free[n-1]
		s.free = s.free[:n-1]
		return c, nil
	}
	s.made++
	name := fmt.Sprintf("maatje_test_%d_%d", s.conn.PgConn().PID(), s.made)
	if err := errors.Join(s.run(`DROP DATABASE IF EXISTS `+name), s.run(`CREATE DATABASE `+name+` TEMPLATE `+originalName())); err != nil {
		return nil, err
	}
	return connectCopy(name, s.address(name))
}

// newDatabase makes a database without tables, and drops it at the end of the test.
func newDatabase(t testing.TB) (addr, keys string) {
	t.Helper()
	s, err := theServer()
	if err != nil {
		t.Fatal(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.made++
	name := fmt.Sprintf("maatje_test_%d_%d", s.conn.PgConn().PID(), s.made)
	if err := errors.Join(s.run(`CREATE DATABASE `+name), makeSchema(s.address(name))); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if err := s.run(`DROP DATABASE ` + name + ` WITH (FORCE)`); err != nil {
			t.Error(err)
		}
	})
	return s.address(name), s.keysAddress(name)
}
