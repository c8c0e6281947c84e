package network

import (
	"bytes"
	"strings"

	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/kin"
	"maatje/internal/network/exchange"
	"maatje/internal/tool"
	"maatje/internal/web"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// outward mounts what takes a network out of the house and into it: for coordinators alone, who show once more that it is they.
func (s *Service) outward(m *web.Router) {
	c := screen{s, tool.Office}
	one := tool.Office.Path("/network/{person}")
	m.Handle("GET "+one+"/export/{file}", tool.Office.Writes().As(authz.Export), c.showFile)
	m.Handle("GET "+one+"/import", tool.Office.Writes(), c.showImport)
	m.Handle("POST "+one+"/import", tool.Office.Writes(), c.postImport)
}

var importFields = form.Fields{Lines: []string{"line", "take"}, Texts: []string{"graphml"}, Max: map[string]int{"graphml": exchange.MostBytes}}

const graphML = "network.graphml"

// files are what a network can be taken out as.
func files() []string {
	out := []string{graphML}
	for _, name := range exchange.Files {
		out = append(out, name+".csv")
	}
	return out
}

// showFile sends the network as a file, in the layout of Network Canvas.
func (c screen) showFile(q *web.Request) error {
	file := q.R.PathValue("file")
	var out bytes.Buffer
	var kind string
	err := c.db.Read(q.Context(), q.Actor.Using(authz.Export), func(t *db.Tx) error {
		o, err := open(t, c.side, q)
		if err != nil {
			return err
		}
		n, err := o.network()
		if err != nil {
			return err
		}
		out.Reset()
		kind, err = write(&out, o.graph(n, t.Now()), file)
		return err
	})
	if err != nil {
		return err
	}
	q.W.Header().Set("Content-Type", kind)
	q.W.Header().Set("Content-Disposition", `attachment; filename="`+file+`"`)
	_, err = q.W.Write(out.Bytes())
	return err
}

// write writes one of the files, and says what it is.
func write(out *bytes.Buffer, g exchange.Graph, file string) (kind string, err error) {
	if file == graphML {
		return "application/graphml+xml; charset=utf-8", exchange.WriteGraphML(out, g)
	}
	name, isTable := strings.CutSuffix(file, ".csv")
	known, err := exchange.WriteCSV(out, g, name)
	if err == nil && (!known || !isTable) {
		return "", core.NotFound()
	}
	return "text/csv; charset=utf-8", err
}

func (c screen) showImport(q *web.Request) error {
	v, err := c.view(q)
	if err != nil {
		return err
	}
	return q.Show(importPage(q.Frame(q.Lang.NetworkImportTitle()), v, v.fresh(q, importFields), nil))
}

// preview is what a file would bring.
type preview struct {
	people []arrival
	ties   int
	left   exchange.Left
}

// arrival is somebody in a file.
type arrival struct {
	exchange.Node
	known string // as whom they stand there already
}

func (v view) preview(l text.Lang, g exchange.Graph, left exchange.Left) *preview {
	p := &preview{ties: len(g.Edges), left: left}
	for _, n := range g.Nodes {
		one := arrival{Node: n}
		if who, known := v.same(v.Network, n); known {
			one.known = name(l, who)
		}
		p.people = append(p.people, one)
	}
	return p
}

// postImport shows first what a file would bring, and takes it over when that is seen.
func (c screen) postImport(q *web.Request) error {
	v, err := c.view(q)
	if err != nil {
		return err
	}
	f := q.Form(importFields)
	page := func(p *preview) templ.Component {
		return importPage(q.Frame(q.Lang.NetworkImportTitle()), v, f, p)
	}
	var g exchange.Graph
	var left exchange.Left
	if f.OK() {
		g, left, err = exchange.ReadGraphML(f.Value("graphml"))
	}
	if err != nil || !f.OK() {
		return q.Again(err, f, func() templ.Component { return page(nil) })
	}
	if f.Value("take") == "" {
		return q.Show(page(v.preview(q.Lang, g, left)))
	}
	line, err := core.ParseID[core.ID](f.Value("line"))
	if err != nil {
		return err
	}
	return c.record(q, tool.Sociogram, f, func(o opened, n Network) (kin.Change, error) {
		if o.book.Version(line) > 0 || o.book.Version(line+1) > 0 { // a double tap
			return kin.Change{}, nil
		}
		return o.brought(n, line, g)
	}, v.base, func(v view) templ.Component { return page(v.preview(q.Lang, g, left)) })
}

// remarks say what a file held and could not be taken.
func (p preview) remarks(l text.Lang) (out []string) {
	for _, r := range []struct {
		n   int
		say func(int) string
	}{
		{p.left.Nameless, l.NetworkLeftNameless}, {p.left.Twice, l.NetworkLeftTwice}, {p.left.Loose, l.NetworkLeftLoose},
		{p.left.Selves, l.NetworkLeftSelves}, {p.left.Again, l.NetworkLeftAgain}, {p.left.Others, l.NetworkLeftOthers},
	} {
		if r.n > 0 {
			out = append(out, r.say(r.n))
		}
	}
	return out
}
