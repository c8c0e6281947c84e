package importer

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"maatje/internal/core"
)

const maxDepth = 8 // no record is nested deeper than half of this

// parsed is a line as far as it could be read.
type parsed struct {
	record
	wrong   []string // why it cannot come in
	ignored []string // fields that no record has
}

// parseLine reads one line. It never fails: what is wrong is said, everything at once.
func parseLine(line []byte, now core.Instant) parsed {
	var p parsed
	if !utf8.Valid(line) {
		p.wrong = []string{"the line is not UTF-8"}
		return p
	}
	if err := strict(line); err != nil {
		p.wrong = []string{err.Error()}
		return p
	}
	var head struct {
		Type string `json:"type"`
		Key  string `json:"key"`
	}
	if err := json.Unmarshal(line, &head); err != nil {
		p.wrong = []string{readable(err)}
		return p
	}
	p.kind = head.Type
	if p.data = newData(head.Type); p.data == nil {
		p.wrong = []string{fmt.Sprintf("type: %.40q is not one of volunteer, family, referral, intake, trajectory, visit, signal", head.Type)}
		return p
	}
	c := &check{now: now}
	c.needed("key", &head.Key)
	p.key = head.Key
	if err := json.Unmarshal(line, p.data); err != nil {
		p.wrong = append(c.wrong, readable(err))
		return p
	}
	p.data.check(c)
	p.wrong, p.ignored, p.hash = c.wrong, unknown(line, p.data), fingerprint(p.kind, p.data)
	return p
}

// strict refuses what encoding/json takes without a word: a name that stands twice in one object, and anything after the
// record.
func strict(line []byte) error {
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	first, err := d.Token()
	if err != nil {
		return errors.New(readable(err))
	}
	if first != json.Delim('{') {
		return errors.New("a record is a JSON object: {\"type\": ...}")
	}
	if err := object(d, "", 1); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("there is more on the line after the record")
	}
	return nil
}

func object(d *json.Decoder, at string, depth int) error {
	if depth > maxDepth {
		return errors.New(at + ": nested too deep")
	}
	seen := map[string]bool{}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return errors.New(readable(err))
		}
		field, _ := name.(string)
		folded := strings.ToLower(field)
		if seen[folded] {
			return fmt.Errorf("%s%.40s: stands there twice", at, field)
		}
		seen[folded] = true
		if err := value(d, at+field, depth); err != nil {
			return err
		}
	}
	return closing(d)
}

func value(d *json.Decoder, at string, depth int) error {
	v, err := d.Token()
	switch {
	case err != nil:
		return errors.New(readable(err))
	case v == json.Delim('{'):
		return object(d, at+".", depth+1)
	case v != json.Delim('['):
		return nil
	}
	if depth >= maxDepth {
		return errors.New(at + ": nested too deep")
	}
	for i := 0; d.More(); i++ {
		if err := value(d, fmt.Sprintf("%s[%d]", at, i), depth+1); err != nil {
			return err
		}
	}
	return closing(d)
}

func closing(d *json.Decoder) error {
	if _, err := d.Token(); err != nil {
		return errors.New(readable(err))
	}
	return nil
}

// readable says in plain words what encoding/json found.
func readable(err error) string {
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Sprintf("%s: %s belongs here, and this is %s", wrong.Field, expected(wrong.Type.Kind().String()), withArticle(wrong.Value))
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || strings.Contains(err.Error(), "unexpected end") {
		return "the line is cut off: it ends in the middle of a record"
	}
	return "not JSON: " + err.Error()
}

func expected(kind string) string {
	switch kind {
	case "string":
		return "a text"
	case "float64":
		return "a number"
	case "bool":
		return "true or false"
	case "slice":
		return "a list"
	}
	return "an object"
}

func withArticle(value string) string {
	word, _, _ := strings.Cut(value, " ")
	switch word {
	case "string":
		return "a text"
	case "array":
		return "a list"
	case "object":
		return "an object"
	case "bool":
		return "true or false"
	}
	return "a number"
}

// unknown lists the fields of the line that its record does not have.
func unknown(line []byte, d data) []string {
	var has map[string]json.RawMessage
	if json.Unmarshal(line, &has) != nil {
		return nil
	}
	known, err := json.Marshal(d)
	if err != nil {
		return nil
	}
	var names map[string]json.RawMessage
	if json.Unmarshal(known, &names) != nil {
		return nil
	}
	var out []string
	for name := range has {
		if _, ok := names[strings.ToLower(name)]; !ok && name != "type" && name != "key" {
			out = append(out, fmt.Sprintf("%.40q", name))
		}
	}
	slices.Sort(out)
	return out
}

// fingerprint is the same for lines that say the same, however they are spaced or ordered.
func fingerprint(kind string, d data) string {
	b, err := json.Marshal(d)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(append([]byte(kind+"\x00"), b...))
	return hex.EncodeToString(sum[:16])
}
