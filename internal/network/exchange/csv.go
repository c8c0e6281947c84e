package exchange

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"

	"maatje/internal/core"
	"maatje/internal/web/cell"
)

// Files are the three tables of Network Canvas, in the order in which they are read.
var Files = []string{"ego", "attributeList_" + nodeType, "edgeList_" + edgeType}

// WriteCSV writes one of Files. It returns false for another name.
func WriteCSV(w io.Writer, g Graph, name string) (bool, error) {
	var rows [][]string
	switch name {
	case Files[0]:
		rows = g.egoRows()
	case Files[1]:
		rows = g.nodeRows()
	case Files[2]:
		rows = g.edgeRows()
	default:
		return false, nil
	}
	for _, row := range rows {
		for i := range row {
			row[i] = cell.Harmless(row[i])
		}
	}
	return true, csv.NewWriter(w).WriteAll(rows)
}

func (g Graph) egoRows() [][]string {
	return [][]string{
		{"networkCanvasEgoUUID", "networkCanvasCaseID", "networkCanvasSessionID", "networkCanvasProtocolName", "sessionStart", "sessionFinish", "sessionExported", "name"},
		{g.Ego.UUID, g.Case, g.Session, protocol, moment(g.Began), moment(g.Finished), moment(g.Exported), g.Ego.Name},
	}
}

func (g Graph) nodeRows() [][]string {
	head := []string{"nodeID", "networkCanvasEgoUUID", "networkCanvasUUID", "name", "is", "quarter", "ring"}
	for _, s := range supports {
		head = append(head, "gives_"+s)
	}
	for _, s := range supports {
		head = append(head, "could_"+s)
	}
	rows := [][]string{append(head, "tasks")}
	for i, n := range g.Nodes {
		row := []string{strconv.Itoa(i + 1), g.Ego.UUID, n.UUID, n.Name, n.Is, n.Quarter, ring(n)}
		for _, s := range supports {
			row = append(row, strconv.FormatBool(slices.Contains(n.Gives, s)))
		}
		for _, s := range supports {
			row = append(row, strconv.FormatBool(slices.Contains(n.Could, s)))
		}
		rows = append(rows, append(row, strings.Join(n.Tasks, taskSplit)))
	}
	return rows
}

func (g Graph) edgeRows() [][]string {
	rows := [][]string{{"edgeID", "from", "to", "networkCanvasEgoUUID", "networkCanvasUUID", "networkCanvasSourceUUID", "networkCanvasTargetUUID", "kind"}}
	for i, e := range g.Edges {
		rows = append(rows, []string{
			strconv.Itoa(i + 1), strconv.Itoa(e.A + 1), strconv.Itoa(e.B + 1), g.Ego.UUID, e.UUID, g.Nodes[e.A].UUID, g.Nodes[e.B].UUID, e.Kind,
		})
	}
	return rows
}

func ring(n Node) string {
	if n.Ring == 0 {
		return ""
	}
	return strconv.Itoa(n.Ring)
}

func moment(i core.Instant) string {
	if i.IsZero() {
		return ""
	}
	return i.String()
}
