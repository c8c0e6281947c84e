package network

import (
	"slices"
	"strconv"

	"maatje/internal/core"
	"maatje/internal/kin"
	"maatje/internal/network/rings"
	"maatje/internal/tool"
	"maatje/internal/web/components"
	"maatje/internal/web/text"
)

func people(l text.Lang, all []kin.Person) (out []components.Option) {
	for _, p := range all {
		out = append(out, components.Option{Value: p.ID.String(), Label: name(l, p), Hint: p.Is})
	}
	return out
}

func supportOptions(l text.Lang) []components.Option {
	return components.Options(kin.Supports, l.NetworkSupportAs)
}

func stepNames(l text.Lang) (out []string) {
	for _, s := range steps {
		out = append(out, l.NetworkStep(s))
	}
	return out
}

func stepPlace(step string) int { return slices.Index(steps, step) + 1 }

// stepTool is the tool to which a step of the talk belongs.
func stepTool(step string) string {
	if step == "places" || step == "support" {
		return tool.NetworkMap
	}
	return tool.Sociogram
}

// waiting are the names to tap: those without a ring first.
func (v view) waiting(l text.Lang) (out []components.Option) {
	for _, placed := range []bool{false, true} {
		for _, a := range v.Alters {
			if a.IsPlaced() != placed {
				continue
			}
			o := components.Option{Value: a.ID.String(), Label: name(l, a.Person)}
			if placed {
				o.Hint = l.NetworkRing(ringCode(min(a.Place.Ring, v.count)))
			}
			out = append(out, o)
		}
	}
	return out
}

func (v view) placed() []Alter {
	return slices.DeleteFunc(slices.Clone(v.Alters), func(a Alter) bool { return !a.IsPlaced() })
}

// table says what the picture shows: everybody, where they stand, whom they know, what they give.
func (v view) table(l text.Lang) components.Table {
	t := components.Table{Caption: l.NetworkTable(name(l, v.Middle)), Columns: []components.Column{
		{Label: l.NetworkName()}, {Label: l.NetworkStep("who")}, {Label: l.NetworkPlace()}, {Label: l.NetworkKnowsWhom()}, {Label: l.NetworkSupportNow()},
		{Label: l.NetworkSupportMaybe()}, {Label: l.NetworkTakesOver()},
	}}
	for _, a := range v.Alters {
		who := components.Cell{Text: name(l, a.Person)}
		if v.Writes {
			who.Href = v.base + "/people/" + a.ID.String()
		}
		row := []components.Cell{who}
		for _, p := range v.about(l, a) {
			row = append(row, components.Cell{Text: p.Text})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// about is everything that is known of somebody in a network, in the order of the table.
func (v view) about(l text.Lang, a Alter) []components.Pair {
	who, where := l.NetworkQuarter(Quarter(a.Person)), l.NetworkNotPlaced()
	if a.Is != "" {
		who += ": " + a.Is
	}
	if a.IsPlaced() {
		ring := min(a.Place.Ring, v.count)
		where = strconv.Itoa(ring) + ". " + l.NetworkRing(ringCode(ring))
	}
	return []components.Pair{
		{Term: l.NetworkStep("who"), Text: who},
		{Term: l.NetworkPlace(), Text: where},
		{Term: l.NetworkKnowsWhom(), Text: v.bonds(l, a.ID)},
		{Term: l.NetworkSupportNow(), Text: supports(l, a.Place.Gives)},
		{Term: l.NetworkSupportMaybe(), Text: supports(l, a.Place.Could)},
		{Term: l.NetworkTakesOver(), Text: l.And(a.Place.Tasks)},
	}
}

// tasks are what the volunteer does today, and who after.
func (v view) tasks(l text.Lang) components.Table {
	t := components.Table{Caption: l.NetworkTasksTable(), Columns: []components.Column{{Label: l.NetworkToday()}, {Label: l.NetworkAfter()}, {Label: ""}}}
	if !v.Writes {
		t.Columns = t.Columns[:2]
	}
	for _, task := range v.Own.Tasks {
		after := names(l, v.Takes(task))
		if after == "" {
			after = l.NetworkNobodyAfter()
		}
		row := []components.Cell{{Text: task}, {Text: after}}
		if v.Writes {
			row = append(row, components.Cell{Content: dropTask(l, v, task)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// table is what a file would bring.
func (p preview) table(l text.Lang) components.Table {
	t := components.Table{Caption: l.NetworkBringsTable(), Columns: []components.Column{{Label: l.NetworkName()}, {Label: l.NetworkBringsAs()}}}
	for _, a := range p.people {
		as := l.NetworkBringsNew()
		if a.known != "" {
			as = l.NetworkBringsKnown(a.known)
		}
		t.Rows = append(t.Rows, []components.Cell{{Text: a.Name}, {Text: as}})
	}
	return t
}

// inward is a ring in the list under a picture.
func inward(l text.Lang, ring, count int) string {
	end := ","
	if ring == count {
		end = "."
	}
	return strconv.Itoa(ring) + ". " + l.NetworkRing(ringCode(ring)) + end
}

func ringOptions(l text.Lang, count int) (out []components.Option) {
	for i := range count {
		out = append(out, components.Option{Value: strconv.Itoa(i + 1), Label: l.NetworkRing(ringCode(i + 1))})
	}
	return out
}

func quarterOptions(l text.Lang) []components.Option {
	return components.Options(rings.Quarters, l.NetworkQuarter)
}

func (v view) alterOptions(l text.Lang, but core.ID) (out []components.Option) {
	for _, a := range v.Alters {
		if a.ID != but {
			out = append(out, components.Option{Value: a.ID.String(), Label: name(l, a.Person)})
		}
	}
	return out
}

// knownOptions are the others, with a word at those whom somebody knows by the genogram.
func (v view) knownOptions(l text.Lang, who core.ID) []components.Option {
	out := v.alterOptions(l, who)
	for i, o := range out {
		if id, _ := core.ParseID[core.ID](o.Value); v.IsFollowed(who, id) {
			out[i].Hint = l.NetworkFollowed()
		}
	}
	return out
}

func taskOptions(tasks []string) (out []components.Option) {
	for _, t := range tasks {
		out = append(out, components.Option{Value: t, Label: t})
	}
	return out
}

func tieOptions(l text.Lang) []components.Option {
	return append(components.Options(Offered, l.KinTie), components.Option{Value: "none", Label: l.NetworkTieNone()})
}
