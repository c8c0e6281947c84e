package importer

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

const (
	maxLine  = 1 << 20 // bytes; a family with sixty of everybody is 40 kB
	maxShown = 1000    // of a line that is longer
)

// source is a file that is read several times, a line at a time: it never stands in memory as a whole.
type source struct {
	path string
	r    io.ReadSeeker
}

func openSource(path string) (*source, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(err, f.Close(), fmt.Errorf("%s: give a file; it is read several times", path))
	}
	return &source{path, f}, nil
}

func textSource(text string) *source { return &source{"", strings.NewReader(text)} }

func (s *source) close() {
	if c, ok := s.r.(io.Closer); ok {
		_ = c.Close() // it was only read
	}
}

// lines gives every line that holds something with its number, counted from 1. long says that it was cut to what may be
// shown. The bytes are good until the next line.
func (s *source) lines(each func(n int, line []byte, long bool) error) error {
	if _, err := s.r.Seek(0, io.SeekStart); err != nil {
		return err
	}
	in := bufio.NewReaderSize(s.r, 64<<10)
	if bom, err := in.Peek(3); err == nil && bytes.Equal(bom, []byte("\xef\xbb\xbf")) {
		_, _ = in.Discard(3)
	}
	var buffer []byte
	for n := 1; ; n++ {
		line, long, err := readLine(in, buffer[:0])
		buffer = line
		if trimmed := bytes.Trim(line, " \t\r"); len(trimmed) > 0 {
			if err := each(n, trimmed, long); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func readLine(in *bufio.Reader, line []byte) (_ []byte, long bool, _ error) {
	for {
		part, err := in.ReadSlice('\n')
		if long = long || len(line)+len(part) > maxLine; !long {
			line = append(line, part...)
		} else if len(line) < maxShown {
			line = append(line, part[:min(len(part), maxShown-len(line))]...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if long {
			line = line[:min(len(line), maxShown)]
		}
		return bytes.TrimSuffix(line, []byte("\n")), long, err
	}
}

// failed is a line of the file beside the source: what came, as it came, and why it did not come in.
type failed struct {
	Line   int             `json:"line"`
	Reason string          `json:"reason"`
	Record json.RawMessage `json:"record"`
	Bytes  []byte          `json:"bytes,omitempty"` // of a line that is no text, in base64
}

func failedLine(n int, reason string, line []byte) failed {
	f := failed{Line: n, Reason: reason, Record: json.RawMessage(line)}
	if !json.Valid(line) || !utf8.Valid(line) {
		f.Record, _ = json.Marshal(string(line)) // a text always has its JSON
	}
	if !utf8.Valid(line) {
		f.Bytes = line
	}
	return f
}

// failedPath stands beside the file: aanmeldingen.failed.jsonl beside aanmeldingen.jsonl.
func (s *source) failedPath() string {
	return strings.TrimSuffix(s.path, ".jsonl") + ".failed.jsonl"
}

// writeFailed writes the lines that did not come in, for their owner alone. When all came in there is no such file, also
// not one of an earlier time.
func (s *source) writeFailed(reasons map[int]string, report *Report) (err error) {
	if len(reasons) == 0 {
		if err := os.Remove(s.failedPath()); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		return nil
	}
	f, err := os.CreateTemp(filepath.Dir(s.path), ".failed-*")
	if err != nil {
		return fmt.Errorf("the lines that did not come in cannot be written: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if err = errors.Join(s.copyFailed(f, reasons), f.Sync(), f.Close()); err != nil {
		return err
	}
	report.FailedFile = s.failedPath()
	return os.Rename(f.Name(), report.FailedFile)
}

func (s *source) copyFailed(w io.Writer, reasons map[int]string) error {
	out := bufio.NewWriter(w)
	encode := json.NewEncoder(out)
	encode.SetEscapeHTML(false)
	err := s.lines(func(n int, line []byte, _ bool) error {
		reason, ok := reasons[n]
		if !ok {
			return nil
		}
		return encode.Encode(failedLine(n, reason, line))
	})
	return errors.Join(err, out.Flush())
}
