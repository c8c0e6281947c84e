package db

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io/fs"
	"regexp"

	"github.com/pressly/goose/v3"
)

// migrate brings the database to the newest version in fsys, whose *.sql files (goose format, forward only) are one text
// for both engines. table keeps the versions. Of several processes that start at once, one migrates and the others
// wait. A database that is newer than fsys is refused with ErrNewer.
func (e *engine) migrate(ctx context.Context, fsys fs.FS, table string) error {
	p, err := e.migrations(fsys, table)
	if err != nil {
		return err
	}
	// SQLite has no lock that outlives a transaction: a process that was overtaken fails on what the other one made.
	// It looks again for as long as the version moves.
	for {
		before, newest, err := p.GetVersions(ctx)
		switch {
		case err != nil:
			return fmt.Errorf("migrations: %w", err)
		case before > newest:
			return fmt.Errorf("version %d of the database, %d of the program: %w", before, newest, ErrNewer)
		}
		if _, err = p.Up(ctx); err == nil {
			return nil
		}
		if after, _, lost := p.GetVersions(ctx); lost != nil || after == before {
			return fmt.Errorf("migrations: %w", err)
		}
	}
}

// migrateTo brings a new database to a version that this program or an earlier one made.
func (e *engine) migrateTo(ctx context.Context, fsys fs.FS, table string, version int64) error {
	p, err := e.migrations(fsys, table)
	if err != nil {
		return err
	}
	_, newest, err := p.GetVersions(ctx)
	if err == nil && version > newest {
		err = fmt.Errorf("version %d, %d of the program: %w", version, newest, ErrNewer)
	}
	if err == nil {
		_, err = p.UpTo(ctx, version)
	}
	return err
}

func (e *engine) migrations(fsys fs.FS, table string) (*goose.Provider, error) {
	e.versions = table
	options := []goose.ProviderOption{
		goose.WithTableName(table), goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()),
	}
	dialect := goose.DialectSQLite3
	if e.kind == Postgres {
		dialect = goose.DialectPostgres
		options = append(options, goose.WithSessionLocker(migrationLock(table)))
	}
	p, err := goose.NewProvider(dialect, e.write, dialectFS{fsys, e.kind}, options...)
	if err != nil {
		return nil, fmt.Errorf("migrations: %w", err)
	}
	return p, nil
}

// migrationLock is PostgreSQL's lock per table of versions and schema. It waits without polling.
type migrationLock string

func (l migrationLock) SessionLock(ctx context.Context, c *sql.Conn) error {
	_, err := c.ExecContext(ctx, `SELECT pg_advisory_lock(hashtextextended(current_schema() || '.' || $1, 0))`, string(l))
	return err
}

func (l migrationLock) SessionUnlock(ctx context.Context, c *sql.Conn) error {
	_, err := c.ExecContext(ctx, `SELECT pg_advisory_unlock(hashtextextended(current_schema() || '.' || $1, 0))`, string(l))
	return err
}

// dialectFS reads migrations in the words of one engine.
type dialectFS struct {
	fs.FS
	kind Kind
}

func (d dialectFS) Open(name string) (fs.File, error) {
	f, err := d.FS.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || info.IsDir() {
		return f, err
	}
	defer f.Close()
	return d.translated(f)
}

func (d dialectFS) translated(f fs.File) (fs.File, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	if _, err := text.ReadFrom(f); err != nil {
		return nil, err
	}
	return &textFile{Reader: bytes.NewReader(dialect(d.kind, forEngine(d.kind, text.Bytes()))), info: info}, nil
}

type textFile struct {
	*bytes.Reader
	info fs.FileInfo
}

func (f *textFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *textFile) Close() error               { return nil }

var (
	// sqlToken takes comments, quoted texts and quoted names whole, so that no word inside them is translated.
	sqlToken = regexp.MustCompile(`(?is)--[^\n]*|/\*.*?\*/|'[^']*'|"[^"]*"|\b(?:BIGINT|TEXT)\s+PRIMARY\s+KEY\b|\bAS\s+TEXT\b|\bTEXT\b`)
	bigKey   = regexp.MustCompile(`(?i)^BIGINT(\s+PRIMARY)`)
	textKey  = regexp.MustCompile(`(?i)^TEXT(\s+PRIMARY)`)
	engineIs = regexp.MustCompile(`(?m)^-- engine: (\w+)\n`)
)

// forEngine leaves out what stands between `-- engine: OTHER` and the next such line. Triggers have no words in common.
func forEngine(kind Kind, text []byte) []byte {
	var out []byte
	whose := "both"
	for line := range bytes.Lines(text) {
		if m := engineIs.FindSubmatch(line); m != nil {
			whose = string(m[1])
		} else if whose == "both" || whose == kind.String() {
			out = append(out, line...)
		}
	}
	return out
}

// dialect translates what the engines do not agree on. SQLite keeps the number of a row itself, without a second index,
// only in an INTEGER PRIMARY KEY, and lets a TEXT PRIMARY KEY be NULL. PostgreSQL sorts and compares by the server's
// language, unless a text is in collation C: then dates, instants and keys are in the order of their bytes, as on SQLite.
func dialect(kind Kind, text []byte) []byte {
	return sqlToken.ReplaceAllFunc(text, func(token []byte) []byte {
		if kind == SQLite {
			return textKey.ReplaceAll(bigKey.ReplaceAll(token, []byte("INTEGER$1")), []byte("TEXT NOT NULL$1"))
		}
		if bytes.EqualFold(token, []byte("TEXT")) || textKey.Match(token) {
			return append([]byte(`TEXT COLLATE "C"`), token[len("TEXT"):]...)
		}
		return token
	})
}

// SchemaID names the schema that this program's migrations make: programs with the same one make the same schema.
func SchemaID() string {
	sum := sha256.New()
	for _, files := range []fs.FS{migrationFiles, keyMigrationFiles} {
		err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := fs.ReadFile(files, path)
			fmt.Fprintf(sum, "%s %d\n%s", path, len(text), text)
			return err
		})
		if err != nil {
			panic(err) // they are inside the program
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}
