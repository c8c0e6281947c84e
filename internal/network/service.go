package network

import (
	"context"
	"slices"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/kin"
	"maatje/internal/network/exchange"
	"maatje/internal/setting"
	"maatje/internal/tool"
	"maatje/internal/web"
)

// Service keeps the networks of a family's members.
type Service struct{ db *db.DB }

// NewService makes the service.
func NewService(d *db.DB) *Service { return &Service{d} }

// opened is a family as it is opened in a transaction.
type opened struct {
	tool.Family
	book   kin.Book
	count  int // of rings
	file   []dossier.Person
	middle core.ID // zero on the page that asks whose network
	today  core.Date
}

// open reads what every page of a family needs. Whose network it is stands in the address.
func open(t *db.Tx, side tool.Side, q *web.Request) (o opened, err error) {
	if o.Family, err = side.Of(t, q); err != nil {
		return o, err
	}
	if o.book, err = kin.Load(t, o.Dossier); err != nil {
		return o, err
	}
	chosen, err := setting.Load(t)
	if err != nil {
		return o, err
	}
	o.count, o.today = Count(chosen.NetworkRings), t.Today()
	if o.file, err = dossier.People(t, o.Dossier); err != nil || q.R.PathValue("person") == "" {
		return o, err
	}
	o.middle, err = web.PathID[core.ID](q, "person")
	return o, err
}

// network is the network as it is now.
func (o opened) network() (Network, error) {
	n, err := Of(o.book.Family, o.middle, o.today)
	return n.arrived(o.book.Changes), err
}

// before is the network as it was written down at the end of a day; nobody stands in it when the middle was not there yet.
func (o opened) before(on core.Date) Network {
	n, err := Of(o.book.At(endOf(on)), o.middle, on)
	if err != nil {
		n.Middle, _ = person(o.book.Family, o.middle)
		n.On = on
		return n
	}
	return n.arrived(slices.DeleteFunc(slices.Clone(o.book.Changes), func(c kin.Change) bool { return c.At.After(endOf(on)) }))
}

// Open reads a family for a page.
func (s *Service) open(q *web.Request, side tool.Side) (o opened, err error) {
	err = s.db.Read(q.Context(), q.Actor, func(t *db.Tx) error {
		o, err = open(t, side, q)
		return err
	})
	return o, err
}

// record writes down what somebody told, in one of the two tools.
func (s *Service) record(q *web.Request, side tool.Side, name string, seen int, deed func(opened) (kin.Change, error)) error {
	return s.db.Write(q.Context(), q.Actor, func(t *db.Tx) error {
		o, err := open(t, side, q)
		if err != nil {
			return err
		}
		c, err := deed(o)
		if err != nil {
			return err
		}
		if _, err := kin.Record(t, o.Dossier, name, seen, c); err != nil {
			return err
		}
		return tool.Used(t, o.Dossier, name)
	})
}

// undo takes back a change of one of the two tools.
func (s *Service) undo(ctx context.Context, q *web.Request, side tool.Side, seq int) error {
	return s.db.Write(ctx, q.Actor, func(t *db.Tx) error {
		o, err := open(t, side, q)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(o.book.Changes, func(c kin.Change) bool { return c.Seq == seq })
		if i < 0 || !isOurs(o.book.Changes[i]) {
			return core.NotFound()
		}
		_, err = kin.Undo(t, o.Dossier, o.book.Changes[i].Tool, seq)
		return err
	})
}

func isOurs(c kin.Change) bool { return c.Tool == tool.Sociogram || c.Tool == tool.NetworkMap }

// last is the newest change of these tools that can be taken back; 0 if there is none, or if it is one of somebody else's network.
func (o opened) last() int {
	n := len(o.book.Changes)
	if n == 0 || !isOurs(o.book.Changes[n-1]) {
		return 0
	}
	c := o.book.Changes[n-1]
	others := slices.ContainsFunc(c.Put.Places, func(p kin.Place) bool { return p.Centre != o.middle })
	if others || c.Did == "network_gone" && c.About != o.middle {
		return 0
	}
	return c.Seq
}

// hasQuarter says whether somebody's part of the rings is known: the family said it, or they stand in the dossier or in the genogram.
func (o opened) hasQuarter(a Alter) bool {
	f := o.book.Family
	return a.Beyond != "" || a.Is != "" || a.IsPlaced() || !a.File.IsZero() ||
		slices.ContainsFunc(f.Unions, func(u kin.Union) bool { return slices.Contains(u.Partners, a.ID) }) ||
		slices.ContainsFunc(f.Links, func(l kin.Link) bool { return l.Child == a.ID })
}

// known lists who can be put in the network with one tap: who stands in the genogram, and then who stands in the dossier alone.
func (o opened) known(n Network) (out []kin.Person) {
	for _, p := range o.book.Family.Persons {
		if _, there := n.Alter(p.ID); !there && p.ID != o.middle && p.Life == "" && !p.HasDied() && p.Name != "" {
			out = append(out, p)
		}
	}
	for _, p := range o.file {
		if !p.DiedOn.IsZero() || slices.ContainsFunc(o.book.Family.Persons, func(k kin.Person) bool { return k.File == p.ID }) {
			continue
		}
		out = append(out, ofFile(p))
	}
	return out
}

// ofFile is somebody of the dossier as they come into a picture. The identifier is theirs, so that nobody comes twice.
func ofFile(p dossier.Person) kin.Person {
	return kin.Person{ID: core.ID(p.ID), Name: p.Name, Sex: p.Sex, Born: kin.On(p.Birth), Is: p.Relation, File: p.ID}
}

// graph is the network as it travels.
func (o opened) graph(n Network, now core.Instant) exchange.Graph {
	id := func(i core.ID) string { return exchange.UUID(o.Dossier.String(), i.String()) }
	g := exchange.Graph{
		Case: exchange.UUID("case", o.Dossier.String())[:8], Session: exchange.UUID("session", o.Dossier.String(), o.middle.String()),
		Exported: now, Ego: exchange.Node{UUID: id(n.Middle.ID), Name: n.Middle.Name},
	}
	if all := o.book.Changes; len(all) > 0 {
		g.Began, g.Finished = all[0].At, all[len(all)-1].At
	}
	at := map[core.ID]int{}
	for i, a := range n.Alters {
		at[a.ID] = i
		g.Nodes = append(g.Nodes, exchange.Node{
			UUID: id(a.ID), Name: a.Name, Is: a.Is, Quarter: Quarter(a.Person), Ring: a.Place.Ring,
			Gives: a.Place.Gives, Could: a.Place.Could, Tasks: a.Place.Tasks,
		})
	}
	for _, t := range n.Ties {
		g.Edges = append(g.Edges, exchange.Edge{UUID: exchange.UUID(o.Dossier.String(), tieID(t)), A: at[t.A], B: at[t.B], Kind: t.Kind})
	}
	return g
}

// brought is the change that takes a file over: who stands in it by the identifier of an earlier export, or by the only one of that
// name, is that person; the others are new. What is there stays.
func (o opened) brought(n Network, line core.ID, g exchange.Graph) (kin.Change, error) {
	c := kin.Change{Did: "network_brought", About: o.middle}
	ids := make([]core.ID, len(g.Nodes))
	for i, in := range g.Nodes {
		next := line + core.ID(2*i)
		p, known := o.same(n, in)
		if !known {
			p = kin.Person{ID: next, Name: in.Name, Is: in.Is}
			if IsQuarter(in.Quarter) && in.Quarter != "family" {
				p.Beyond = in.Quarter
			}
			c.Put.Persons = append(c.Put.Persons, p)
		}
		ids[i] = p.ID
		if _, there := n.Alter(p.ID); !there && p.ID != o.middle && !slices.ContainsFunc(c.Put.Places, func(x kin.Place) bool { return x.Person == p.ID }) {
			c.Put.Places = append(c.Put.Places, kin.Place{
				ID: next + 1, Centre: o.middle, Person: p.ID, Ring: min(in.Ring, o.count), Gives: in.Gives, Could: in.Could, Tasks: in.Tasks,
			})
		}
	}
	if len(n.Alters)+len(c.Put.Places) > Most {
		return c, invalid("graphml", "network_full", Most)
	}
	for i, e := range g.Edges {
		a, b := ids[e.A], ids[e.B]
		kind := e.Kind
		if !slices.Contains(Offered, kind) {
			kind = kin.Acquainted
		}
		known := len(n.Between(a, b)) > 0 && (kind == kin.Acquainted || !n.IsFollowed(a, b))
		if a == b || a == o.middle || b == o.middle || known {
			continue
		}
		c.Put.Ties = append(c.Put.Ties, kin.Tie{ID: line + core.ID(2*len(g.Nodes)+i), A: a, B: b, Kind: kind})
	}
	return c, nil
}

// same finds who somebody of a file is.
func (o opened) same(n Network, in exchange.Node) (kin.Person, bool) {
	for _, p := range o.book.Family.Persons {
		if exchange.UUID(o.Dossier.String(), p.ID.String()) == in.UUID {
			return p, true
		}
	}
	for _, a := range n.Alters {
		if same(a.Name)(in.Name) {
			return a.Person, true
		}
	}
	return only(o.book.Family, n, in.Name)
}
