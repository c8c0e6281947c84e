// Package exchange takes a network out of Maatje and into it, in the layout that researchers know from Network Canvas: GraphML with
// the ego as data of the graph, or a CSV for the ego, one for the alters and one for the ties (TOO-4). What comes in may be
// anybody's: it is read within limits, nothing in it is fetched or unfolded, and what could not be read is named.
package exchange

import (
	"crypto/sha256"
	"fmt"

	"maatje/internal/core"
)

// Graph is a network as it travels.
type Graph struct {
	Case     string // under what name the researcher knows it
	Session  string // a UUID
	Began    core.Instant
	Finished core.Instant
	Exported core.Instant
	Ego      Node
	Nodes    []Node
	Edges    []Edge
}

// Node is somebody.
type Node struct {
	UUID    string
	Name    string
	Is      string // who they are, in the family's own word
	Quarter string
	Ring    int
	Gives   []string
	Could   []string
	Tasks   []string
}

// Edge is what is between two people, by their places in Nodes.
type Edge struct {
	UUID string
	A, B int
	Kind string
}

// What a file may hold. A network on paper has some twenty people; Network Canvas itself advises to stay under fifty.
const (
	MostBytes = 200_000
	MostNodes = 200
	MostEdges = 2_000
	longest   = 200 // letters of a name
)

// kinds of support are columns of their own, as Network Canvas writes a question with several answers.
var supports = []string{"practical", "company", "advice", "emotional"}

const (
	nodeType  = "Person"
	edgeType  = "Knows"
	protocol  = "Maatje"
	taskSplit = "; "
)

var namespace = [16]byte{0x6b, 0x1d, 0x0e, 0x52, 0x5c, 0x0f, 0x4c, 0x3e, 0x9a, 0x61, 0x2f, 0x3c, 0x9d, 0x77, 0x41, 0x08}

// UUID is the same for the same person at every export, and says nothing of who it is (RFC 9562, version 8: by name, of SHA-256).
func UUID(parts ...string) string {
	h := sha256.New()
	h.Write(namespace[:])
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	b := h.Sum(nil)[:16]
	b[6], b[8] = b[6]&0x0f|0x80, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
