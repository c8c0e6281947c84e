package gedcom

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// letters turns the bytes of one line into text; false means that some of them were not what the file said.
type letters func([]byte) (string, bool)

var charLine = regexp.MustCompile(`(?im)^[\t ]*1[\t ]+CHAR[\t ]+(\S+)`)

// single are the alphabets of one byte a letter, under the names that programs gave them.
var single = map[string]*charmap.Charmap{
	"ANSI": charmap.Windows1252, "CP1252": charmap.Windows1252, "WINDOWS-1252": charmap.Windows1252, "WINDOWS": charmap.Windows1252,
	"LATIN1": charmap.Windows1252, "ISO-8859-1": charmap.Windows1252, "ISO8859-1": charmap.Windows1252, "ISO-8859-15": charmap.ISO8859_15,
	"IBMPC": charmap.CodePage437, "IBM": charmap.CodePage437, "CP437": charmap.CodePage437, "MSDOS": charmap.CodePage850,
	"CP850": charmap.CodePage850, "MACINTOSH": charmap.Macintosh, "MAC": charmap.Macintosh,
}

// opened is a file whose letters are known: its bytes, in the alphabet that as reads.
type opened struct {
	bytes   *bufio.Reader
	as      letters
	charset string
	unknown string // the name of an alphabet that is not known
}

// open finds out in which alphabet a file is written: by its first bytes, or else by its line CHAR.
func open(r io.Reader) (opened, error) {
	b := bufio.NewReaderSize(r, 1<<16)
	head, err := b.Peek(1 << 13)
	if err != nil && !errors.Is(err, io.EOF) {
		return opened{}, err
	}
	switch {
	case bytes.HasPrefix(head, []byte{0xEF, 0xBB, 0xBF}):
		_, err = b.Discard(3)
		return opened{bytes: b, as: utf8Or1252, charset: "UTF-8"}, err
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}), len(head) > 1 && head[0] != 0 && head[1] == 0:
		return wide(b, unicode.LittleEndian, "UTF-16 LE"), nil
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}), len(head) > 1 && head[0] == 0 && head[1] != 0:
		return wide(b, unicode.BigEndian, "UTF-16 BE"), nil
	}
	name := "UTF-8"
	if m := charLine.FindSubmatch(bytes.ReplaceAll(head, []byte("\r"), []byte("\n"))); m != nil {
		name = strings.ToUpper(string(m[1]))
	}
	return named(b, name), nil
}

func wide(b *bufio.Reader, e unicode.Endianness, name string) opened {
	d := unicode.UTF16(e, unicode.UseBOM).NewDecoder()
	return opened{bytes: bufio.NewReaderSize(transform.NewReader(b, d), 1<<16), as: utf8Or1252, charset: name}
}

func named(b *bufio.Reader, name string) opened {
	o := opened{bytes: b, as: utf8Or1252, charset: name}
	switch {
	case name == "ANSEL":
		o.as = unlessUTF8(fromANSEL)
	case single[name] != nil:
		table := single[name]
		o.as = unlessUTF8(func(line []byte) string { return through(table, line) })
	case name == "UTF-8" || name == "UTF8" || name == "UNICODE" || name == "ASCII" || name == "US-ASCII":
	default:
		o.unknown = name
	}
	return o
}

// unlessUTF8 reads a line as UTF-8 if it can be that and is more than ASCII: many programs name an old alphabet and write the
// new one, and text in an old alphabet is hardly ever UTF-8 by chance.
func unlessUTF8(read func([]byte) string) letters {
	return func(line []byte) (string, bool) {
		if utf8.Valid(line) {
			return string(line), true
		}
		return read(line), true
	}
}

func utf8Or1252(line []byte) (string, bool) {
	if utf8.Valid(line) {
		return string(line), true
	}
	return through(charmap.Windows1252, line), false
}

func through(table *charmap.Charmap, line []byte) string {
	var s strings.Builder
	for _, b := range line {
		s.WriteRune(table.DecodeByte(b))
	}
	return s.String()
}
