package journal

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
)

// Checkpoint is the program's signed word on where the log stood at a moment. It is kept outside the database.
type Checkpoint struct {
	Seq   int64
	Hash  Hash
	At    string // when it was signed
	After Hash   // SHA-256 of the line before it, so that no line is taken out unseen
	// Note is why the log was taken up again after an older copy of the database was put back, and Since the last entry that
	// both have: checkpoints of what came after it count no more. Both are empty otherwise.
	Note  string
	Since int64
}

const checkpointForm = "maatje.checkpoint.1"

// line is a checkpoint as its file keeps it, one JSON object a line.
type line struct {
	Form      string `json:"form"`
	Seq       int64  `json:"seq"`
	Hash      string `json:"hash"`
	At        string `json:"at"`
	After     string `json:"after"`
	Note      string `json:"note,omitempty"`
	Since     int64  `json:"since,omitempty"`
	Key       string `json:"key"`
	Signature string `json:"signature"`
}

// signed are the bytes under the signature: netstrings, like a record's.
func (l line) signed() []byte {
	var b []byte
	for _, s := range []string{l.Form, strconv.FormatInt(l.Seq, 10), l.Hash, l.At, l.After, l.Note, strconv.FormatInt(l.Since, 10), l.Key} {
		b = netstring(b, s)
	}
	return b
}

// Sign writes the checkpoint as one line, without its end.
func (k Keys) Sign(c Checkpoint) []byte {
	l := line{checkpointForm, c.Seq, c.Hash.String(), c.At, c.After.String(), c.Note, c.Since, hex.EncodeToString(k.Public()), ""}
	l.Signature = hex.EncodeToString(ed25519.Sign(k.signing, l.signed()))
	return l.text()
}

func (l line) text() []byte {
	b, err := json.Marshal(l)
	if err != nil {
		panic(err) // texts and numbers always can
	}
	return b
}

// readLine reads one checkpoint and checks its signature.
func readLine(b []byte, public ed25519.PublicKey) (c Checkpoint, err error) {
	var l line
	if err := json.Unmarshal(b, &l); err != nil || l.Form != checkpointForm {
		return c, fmt.Errorf("it is no checkpoint")
	}
	if again := l.text(); !bytes.Equal(again, b) {
		return c, fmt.Errorf("it is not as the program writes it")
	}
	if l.Key != hex.EncodeToString(public) {
		return c, fmt.Errorf("it is signed with the key of another installation")
	}
	signature, err := hex.DecodeString(l.Signature)
	if err != nil || hex.EncodeToString(signature) != l.Signature || !ed25519.Verify(public, l.signed(), signature) {
		return c, fmt.Errorf("its signature does not fit what it says")
	}
	c = Checkpoint{Seq: l.Seq, At: l.At, Note: l.Note, Since: l.Since}
	if !c.Hash.parse(l.Hash) || !c.After.parse(l.After) {
		return c, fmt.Errorf("it holds no hash")
	}
	return c, nil
}

func (h *Hash) parse(s string) bool {
	n, err := hex.Decode(h[:], []byte(s))
	return err == nil && n == len(h)
}

// lineHash is what the next line says of this one.
func lineHash(b []byte) Hash { return sha256.Sum256(b) }

// counts are the checkpoints that the log must still agree with: where it was taken up again from an older copy, those of
// what came after that copy are history.
func counts(all []Checkpoint) []Checkpoint {
	var out []Checkpoint
	for _, c := range all {
		if c.Note != "" {
			for len(out) > 0 && out[len(out)-1].Seq > c.Since {
				out = out[:len(out)-1]
			}
		}
		out = append(out, c)
	}
	return out
}
