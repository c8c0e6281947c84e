package exchange

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"maatje/internal/core"
)

var sample = Graph{
	Case: "A12", Session: UUID("session"), Began: core.MustInstant("2026-10-01T09:00:00.000Z"), Finished: core.MustInstant("2026-11-01T09:00:00.000Z"),
	Exported: core.MustInstant("2026-11-22T09:00:00.000Z"), Ego: Node{UUID: UUID("1"), Name: "Sem"},
	Nodes: []Node{
		{UUID: UUID("2"), Name: "Oma <Wil> & \"co\"", Is: "moeders moeder", Quarter: "family", Ring: 1, Gives: []string{"practical", "emotional"}, Tasks: []string{"halen van zwemles", "koken"}},
		{UUID: UUID("3"), Name: "=HYPERLINK(1)", Quarter: "friends", Could: []string{"advice"}},
		{UUID: UUID("4"), Name: "שלום 🙂", Quarter: "professionals", Ring: 4},
	},
	Edges: []Edge{{UUID("e1"), 0, 1, "acquainted"}, {UUID("e2"), 2, 0, "close"}, {UUID("e3"), 0, 1, "close"}},
}

func TestTOO4_ANetworkComesBackAsItWentOut(t *testing.T) {
	var out bytes.Buffer
	if err := WriteGraphML(&out, sample); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`xmlns="http://graphml.graphdrawing.org/xmlns"`, `xmlns:nc="http://schema.networkcanvas.com/xmlns"`, `nc:caseId="A12"`,
		`<key id="networkCanvasUUID" attr.name="networkCanvasUUID" attr.type="string" for="all">`, `<graph edgedefault="undirected"`,
		`<data key="networkCanvasType">Person</data>`, `<data key="gives_practical">true</data>`, `<data key="ego_name">Sem</data>`,
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the file has no %s:\n%s", want, out.String())
		}
	}
	g, left, err := ReadGraphML(out.String())
	if err != nil || !left.IsNone() {
		t.Fatalf("read back: %v, left %+v", err, left)
	}
	want := sample
	want.Session, want.Began, want.Finished, want.Exported = "", core.Instant{}, core.Instant{}, core.Instant{}
	want.Edges = []Edge{{"", 0, 1, "acquainted"}, {"", 2, 0, "close"}, {"", 0, 1, "close"}}
	if !reflect.DeepEqual(g, want) {
		t.Errorf("got  %+v\nwant %+v", g, want)
	}
}

func TestTOO4_ThreeTablesInTheLayoutOfNetworkCanvas(t *testing.T) {
	heads := []string{
		"networkCanvasEgoUUID,networkCanvasCaseID,networkCanvasSessionID,networkCanvasProtocolName,sessionStart,sessionFinish,sessionExported,name",
		"nodeID,networkCanvasEgoUUID,networkCanvasUUID,name,is,quarter,ring,gives_practical,",
		"edgeID,from,to,networkCanvasEgoUUID,networkCanvasUUID,networkCanvasSourceUUID,networkCanvasTargetUUID,kind",
	}
	for i, rows := range []int{2, 4, 4} {
		var out bytes.Buffer
		if ok, err := WriteCSV(&out, sample, Files[i]); !ok || err != nil {
			t.Fatal(ok, err)
		}
		all, err := csv.NewReader(&out).ReadAll()
		if err != nil || len(all) != rows || !strings.HasPrefix(strings.Join(all[0], ","), heads[i]) {
			t.Errorf("%s: %v %v", Files[i], all, err)
		}
		for _, row := range all[1:] {
			for _, cell := range row {
				if strings.HasPrefix(cell, "=") {
					t.Errorf("%s holds a formula: %s", Files[i], cell)
				}
			}
		}
	}
	if ok, _ := WriteCSV(&bytes.Buffer{}, sample, "../passwd"); ok {
		t.Error("a table that is none is written")
	}
	if id := UUID("2"); id != UUID("2") || id == UUID("3") || len(id) != 36 || id[14] != '8' {
		t.Errorf("a UUID is %s", id)
	}
}

func TestTOO4_AFileOfAnotherProgram(t *testing.T) {
	g, left, err := ReadGraphML(`<?xml version="1.0" encoding="ISO-8859-1"?>
		<!-- of another program --><graphml xmlns="http://graphml.graphdrawing.org/xmlns"><desc>x</desc>
		<key id="d0" for="node" attr.name="Label" attr.type="string"/><key id="d1" for="node" attr.name="ring" attr.type="int"/>
		<graph edgedefault="directed"><data key="name">Sem</data><port name="a"><data key="d0">x</data></port>
			<node id="a"><data key="d0">  Oma
				Wil </data><data key="d1">2</data><graph><node id="z"><data key="d0">binnenin</data></node></graph></node>
			<node id="b"><data key="d0">é` + strings.Repeat("x", 300) + `</data><data key="d1">-7</data></node>
			<node id="c"/><node id="a"><data key="d0">nog eens</data></node>
			<edge source="a" target="b"/><edge source="b" target="a"/><edge source="a" target="a"/><edge source="a" target="q"/><hyperedge/>
		</graph><graph/><graph><node id="x"/></graph></graphml>`)
	if err != nil {
		t.Fatal(err)
	}
	if left != (Left{Nameless: 1, Twice: 1, Loose: 1, Selves: 1, Again: 1, Others: 2}) {
		t.Errorf("left: %+v", left)
	}
	if len(g.Nodes) != 2 || g.Nodes[0].Name != "Oma Wil" || g.Nodes[0].Ring != 2 || g.Nodes[1].Ring != 0 || len([]rune(g.Nodes[1].Name)) != 200 || len(g.Edges) != 1 || g.Ego.Name != "Sem" {
		t.Errorf("got %+v", g)
	}
}

func TestTOO4_OtherNamespacesAreReadAndSoAreNames(t *testing.T) {
	g, left, err := ReadGraphML(`<g:graphml xmlns:g="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
		<g:key id="d0" for="node" attr.name="label"/><g:graph><g:node id="a"><g:data key="d0">Wil &amp; &#233;&#x301;</g:data><g:data key="d5"><y:ShapeNode><y:NodeLabel>x</y:NodeLabel></y:ShapeNode></g:data></g:node>
		<g:node id="b"><g:data key="d0">Wil</g:data></g:node><g:node id="c"><g:data key="d0">Wil</g:data></g:node><g:edge source="b" target="nobody"/></g:graph></g:graphml>`)
	if err != nil || len(g.Nodes) != 3 || g.Nodes[0].Name != "Wil & \u00e9\u0301" || left != (Left{Loose: 1}) {
		t.Errorf("got %+v, left %+v: %v", g.Nodes, left, err)
	}
}

func people(n int) string {
	var b strings.Builder
	b.WriteString(`<graphml><graph>`)
	for i := range n {
		fmt.Fprintf(&b, `<node id="%d"><data key="name">P</data></node>`, i)
	}
	return b.String() + `</graph></graphml>`
}

func ties(n int) string {
	return `<graphml><graph><node id="1"><data key="name">P</data></node>` + strings.Repeat(`<edge source="1" target="2"/>`, n) + `</graph></graphml>`
}

const bomb = `<?xml version="1.0"?><!DOCTYPE g [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>
	<graphml><graph><node id="1"><data key="name">&c;</data></node></graph></graphml>`

var bad = map[string]struct{ file, says string }{
	"nothing":           {"", "network_import_broken"},
	"no XML":            {"Oma, Wil en Joke", "network_import_broken"},
	"another root":      {"<html><body>x</body></html>", "network_import_none"},
	"no graph":          {"<graphml/>", "network_import_none"},
	"no people":         {"<graphml><graph/></graphml>", "network_import_none"},
	"cut off":           {people(3)[:60], "network_import_broken"},
	"a bomb":            {bomb, "network_import_defines"},
	"another's file":    {`<!DOCTYPE g [<!ENTITY x SYSTEM "file:///etc/passwd">]><graphml><graph><node id="1"><data key="name">&x;</data></node></graph></graphml>`, "network_import_defines"},
	"a DOCTYPE inside":  {`<graphml><!DOCTYPE g><graph/></graphml>`, "network_import_defines"},
	"an unknown entity": {`<graphml><graph><node id="1"><data key="name">&x;</data></node></graph></graphml>`, "network_import_broken"},
	"not nested":        {`<graphml><graph><node id="1"></graph></node></graphml>`, "network_import_broken"},
	"very deep":         {"<graphml>" + strings.Repeat("<a>", 20_000), "network_import_broken"},
	"too many people":   {people(MostNodes + 1), "network_import_people"},
	"too many ties":     {ties(MostEdges + 1), "network_import_ties"},
	"too long":          {strings.Repeat(" ", MostBytes+1), "network_import_long"},
}

func TestTOO4_ABadFileIsASentence(t *testing.T) {
	for name, c := range bad {
		t.Run(name, func(t *testing.T) {
			g, _, err := ReadGraphML(c.file)
			fail, ok := core.AsFail(err)
			if !ok || fail.Message != c.says || len(g.Nodes) > 0 {
				t.Errorf("got %v with %d people, want %s", err, len(g.Nodes), c.says)
			}
		})
	}
	if g, _, err := ReadGraphML(people(MostNodes)); err != nil || len(g.Nodes) != MostNodes {
		t.Errorf("%d people are refused: %v", MostNodes, err)
	}
}

func FuzzReadGraphML(f *testing.F) {
	var out bytes.Buffer
	if err := WriteGraphML(&out, sample); err != nil {
		f.Fatal(err)
	}
	f.Add(out.String())
	for _, c := range bad {
		if len(c.file) < 2000 {
			f.Add(c.file)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		g, _, err := ReadGraphML(text)
		if err != nil {
			if _, ok := core.AsFail(err); !ok {
				t.Errorf("no sentence: %v", err)
			}
			return
		}
		if len(g.Nodes) == 0 || len(g.Nodes) > MostNodes || len(g.Edges) > MostEdges {
			t.Errorf("%d people, %d ties", len(g.Nodes), len(g.Edges))
		}
		for _, e := range g.Edges {
			if e.A == e.B || e.A >= len(g.Nodes) || e.B >= len(g.Nodes) {
				t.Errorf("a tie %+v", e)
			}
		}
		var again bytes.Buffer
		if err := WriteGraphML(&again, g); err != nil {
			t.Errorf("what was read cannot be written: %v", err)
		}
		back, left, err := ReadGraphML(again.String())
		if len(again.String()) <= MostBytes && (err != nil || !left.IsNone() || len(back.Nodes) != len(g.Nodes) || len(back.Edges) != len(g.Edges)) {
			t.Errorf("written and read again: %v, %+v", err, left)
		}
	})
}
