package exchange

import (
	"encoding/xml"
	"io"
	"slices"
	"strconv"
	"strings"
)

type keyXML struct {
	ID   string `xml:"id,attr"`
	Name string `xml:"attr.name,attr"`
	Type string `xml:"attr.type,attr"`
	For  string `xml:"for,attr"`
}

type dataXML struct {
	Key  string `xml:"key,attr"`
	Text string `xml:",chardata"`
}

type nodeXML struct {
	ID   string    `xml:"id,attr"`
	Data []dataXML `xml:"data"`
}

type edgeXML struct {
	ID     string    `xml:"id,attr"`
	Source string    `xml:"source,attr"`
	Target string    `xml:"target,attr"`
	Data   []dataXML `xml:"data"`
}

type graphXML struct {
	Edges    string    `xml:"edgedefault,attr"`
	Case     string    `xml:"nc:caseId,attr"`
	Session  string    `xml:"nc:sessionUUID,attr"`
	Protocol string    `xml:"nc:protocolName,attr"`
	UID      string    `xml:"nc:protocolUID,attr"`
	Exported string    `xml:"nc:sessionExportTime,attr"`
	Began    string    `xml:"nc:sessionStartTime,attr,omitempty"`
	Finished string    `xml:"nc:sessionFinishTime,attr,omitempty"`
	Data     []dataXML `xml:"data"`
	Node     []nodeXML `xml:"node"`
	Edge     []edgeXML `xml:"edge"`
}

type fileXML struct {
	XMLName xml.Name `xml:"graphml"`
	NS      string   `xml:"xmlns,attr"`
	NC      string   `xml:"xmlns:nc,attr"`
	Keys    []keyXML `xml:"key"`
	Graph   graphXML `xml:"graph"`
}

// keys of a file. An id is its name, except where two kinds of things have a datum of one name.
func keys() []keyXML {
	out := []keyXML{
		{"label", "label", "string", "all"},
		{"networkCanvasType", "networkCanvasType", "string", "all"},
		{"networkCanvasUUID", "networkCanvasUUID", "string", "all"},
		{"networkCanvasSourceUUID", "networkCanvasSourceUUID", "string", "edge"},
		{"networkCanvasTargetUUID", "networkCanvasTargetUUID", "string", "edge"},
		{"ego_name", "name", "string", "graph"},
		{"name", "name", "string", "node"},
		{"is", "is", "string", "node"},
		{"quarter", "quarter", "string", "node"},
		{"ring", "ring", "int", "node"},
	}
	for _, what := range []string{"gives_", "could_"} {
		for _, s := range supports {
			out = append(out, keyXML{what + s, what + s, "boolean", "node"})
		}
	}
	return append(out, keyXML{"tasks", "tasks", "string", "node"}, keyXML{"kind", "kind", "string", "edge"})
}

// WriteGraphML writes the network as Network Canvas does: the ego is no node, its data are those of the graph.
func WriteGraphML(w io.Writer, g Graph) error {
	out := fileXML{NS: "http://graphml.graphdrawing.org/xmlns", NC: "http://schema.networkcanvas.com/xmlns", Keys: keys()}
	out.Graph = graphXML{
		Edges: "undirected", Case: g.Case, Session: g.Session, Protocol: protocol, UID: UUID(protocol),
		Exported: moment(g.Exported), Began: moment(g.Began), Finished: moment(g.Finished),
		Data: []dataXML{{"networkCanvasUUID", g.Ego.UUID}, {"ego_name", g.Ego.Name}},
	}
	for i, n := range g.Nodes {
		out.Graph.Node = append(out.Graph.Node, nodeXML{strconv.Itoa(i + 1), n.data()})
	}
	for i, e := range g.Edges {
		out.Graph.Edge = append(out.Graph.Edge, edgeXML{
			strconv.Itoa(len(g.Nodes) + i + 1), strconv.Itoa(e.A + 1), strconv.Itoa(e.B + 1),
			[]dataXML{
				{"networkCanvasType", edgeType},
				{"networkCanvasUUID", e.UUID},
				{"networkCanvasSourceUUID", g.Nodes[e.A].UUID},
				{"networkCanvasTargetUUID", g.Nodes[e.B].UUID},
				{"kind", e.Kind},
			},
		})
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(out); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func (n Node) data() []dataXML {
	out := []dataXML{
		{"networkCanvasType", nodeType}, {"networkCanvasUUID", n.UUID}, {"label", n.Name}, {"name", n.Name}, {"is", n.Is}, {"quarter", n.Quarter},
	}
	if n.Ring > 0 {
		out = append(out, dataXML{"ring", strconv.Itoa(n.Ring)})
	}
	for _, s := range supports {
		out = append(out, dataXML{"gives_" + s, strconv.FormatBool(slices.Contains(n.Gives, s))})
	}
	for _, s := range supports {
		out = append(out, dataXML{"could_" + s, strconv.FormatBool(slices.Contains(n.Could, s))})
	}
	if len(n.Tasks) > 0 {
		out = append(out, dataXML{"tasks", strings.Join(n.Tasks, taskSplit)})
	}
	return out
}
