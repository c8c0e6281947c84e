package figures

import (
	"net/url"
	"strconv"

	"maatje/internal/core"
	"maatje/internal/web/components"
	"maatje/internal/web/text"
)

// view is what the page shows of a period.
type view struct {
	lang      text.Lang
	period    Period
	today     core.Date
	outsiders bool
	cells     []Cell
	names     map[string]Cell // the same, by name
}

// counted is the view with these cells.
func (v view) counted(cells []Cell) view {
	v.cells, v.names = cells, make(map[string]Cell, len(cells))
	for _, c := range cells {
		v.names[c.name()] = c
	}
	return v
}

// address is where the same page stands of another period, or the same cells as a spreadsheet.
func (v view) address(path string, p Period) string {
	q := url.Values{"from": {p.From.String()}, "to": {p.To.String()}}
	if v.outsiders {
		q.Set("outsiders", "1")
	}
	return path + "?" + q.Encode()
}

// years are the periods one click away: this year and the two before it.
func (v view) years() []components.Link {
	var out []components.Link
	for y := v.today.Year(); y > v.today.Year()-3; y-- {
		out = append(out, components.Link{Href: v.address("/figures", Year(y)), Label: strconv.Itoa(y), Here: v.period == Year(y)})
	}
	return out
}

func (v view) find(figure, basis string, by ...string) Cell {
	c, ok := v.names[named(figure, basis, by)]
	if !ok {
		c.Figure = figure
	}
	return c
}

// shown is a number in the reader's notation, or what stands in place of a hidden one.
func (v view) shown(c Cell) string {
	switch {
	case c.Hidden:
		return v.lang.FiguresHidden()
	case c.Value == float64(int(c.Value)):
		return v.lang.Number(int(c.Value))
	}
	return v.lang.Decimal(c.Value, 1)
}

func (v view) share(c Cell) string {
	if c.Percent == nil || c.Hidden {
		return ""
	}
	return v.lang.Percent(*c.Percent)
}

// word is a code in words; names stand for themselves.
func (v view) word(dim, code string) string {
	switch {
	case code == unknown:
		return v.lang.FiguresUnknown()
	case dim == dimChannel:
		return v.lang.Channel(code)
	case dim == dimReason:
		return v.lang.Reason(code)
	case dim == dimKind:
		return v.lang.TrajectoryKind(code)
	case dim == dimSex:
		return v.lang.FigureSex(code)
	case dim == dimReasonCount:
		n, err := strconv.Atoi(code)
		if err != nil {
			return code
		}
		return v.lang.FiguresReasons(n)
	}
	return code
}

// funnel is the way from referral to start; it is not drawn where a step is hidden.
func (v view) funnel() (components.Funnel, bool) {
	all, dec, start := v.find(Referrals, received), v.find(Decided, decided), v.find(Started, decided)
	if all.Hidden || dec.Hidden || start.Hidden {
		return components.Funnel{}, false
	}
	step := func(c Cell, label string) components.FunnelStep {
		s := components.FunnelStep{Label: label, Value: int(c.Value)}
		if p := percent(c.Value, all.Value); p != nil {
			s.Percent = *p
		}
		return s
	}
	return components.Funnel{ID: "funnel", Title: v.lang.FiguresFunnel(), Description: v.lang.FiguresFunnelAbout(), Steps: []components.FunnelStep{
		step(all, v.lang.FiguresStepReferrals()), step(dec, v.lang.FiguresStepDecided()), step(start, v.lang.FiguresStepStarted()),
	}}, true
}

// decisions is a line for the whole or for each part: decided, started, not started.
func (v view) decisions(caption, dim string) components.Table {
	t := components.Table{Caption: caption, Empty: v.lang.FiguresEmpty(), Columns: []components.Column{
		{Label: v.dimension(dim)}, {Label: v.lang.FiguresStepDecided(), Num: true}, {Label: v.lang.FiguresStepStarted(), Num: true},
		{Label: v.lang.FiguresNotStarted(), Num: true}, {Label: v.lang.FiguresShareNotStarted(), Num: true},
	}}
	for _, c := range v.cells {
		if c.Figure != Decided || len(c.By) > 0 && c.By[dim] == "" || len(c.By) == 0 && c.Value == 0 && !c.Hidden {
			continue
		}
		label, by := v.lang.FiguresAll(), []string(nil)
		if code := c.By[dim]; code != "" {
			label, by = v.word(dim, code), []string{dim, code}
		}
		start, not := v.find(Started, decided, by...), v.find(NotStarted, decided, by...)
		t.Rows = append(t.Rows, texts(label, v.shown(c), v.shown(start), v.shown(not), v.share(not)))
	}
	return t
}

func texts(all ...string) []components.Cell {
	out := make([]components.Cell, len(all))
	for i, s := range all {
		out[i].Text = s
	}
	return out
}

func (v view) dimension(dim string) string { return v.lang.FigureDimension(dim) }

// parts is a figure's parts in one dimension with their share.
func (v view) parts(caption, figure, basis, dim string) components.Table {
	t := components.Table{Caption: caption, Empty: v.lang.FiguresEmpty(), Columns: []components.Column{
		{Label: v.dimension(dim)}, {Label: v.lang.FunnelNumber(), Num: true}, {Label: v.lang.FunnelShare(), Num: true},
	}}
	for _, c := range v.cells {
		if code := c.By[dim]; c.Figure == figure && c.Basis == basis && code != "" {
			t.Rows = append(t.Rows, texts(v.word(dim, code), v.shown(c), v.share(c)))
		}
	}
	return t
}

// bases puts a figure on its three bases beside each other, so that nobody compares one with another (FIG-1).
func (v view) bases(caption, figure string) components.Table {
	t := components.Table{Caption: caption, Empty: v.lang.FiguresEmpty(), Columns: []components.Column{
		{Label: v.lang.FiguresWhat()}, {Label: v.lang.FiguresStarted(), Num: true}, {Label: v.lang.FiguresRunning(), Num: true}, {Label: v.lang.FiguresEnded(), Num: true},
	}}
	if c := v.find(figure, running); c.Value == 0 && !c.Hidden {
		return t
	}
	add := func(label string, by ...string) {
		t.Rows = append(t.Rows, texts(label, v.shown(v.find(figure, started, by...)), v.shown(v.find(figure, running, by...)), v.shown(v.find(figure, ended, by...))))
	}
	add(v.lang.FiguresAll())
	for _, dim := range []string{dimKind, dimSex} {
		for _, c := range v.cells {
			if code := c.By[dim]; c.Figure == figure && c.Basis == running && code != "" {
				add(v.word(dim, code), dim, code)
			}
		}
	}
	return t
}

// work is the period in a few lines: who was supported, by how many volunteers, in how many visits.
func (v view) work() []components.Pair {
	return []components.Pair{
		{Term: v.lang.FiguresRunningWork(), Text: v.shown(v.find(Trajectories, running))},
		{Term: v.lang.FiguresSupported(), Text: v.shown(v.find(Children, running))},
		{Term: v.lang.FiguresVolunteers(), Text: v.shown(v.find(Volunteers, running))},
		{Term: v.lang.FiguresVisits(), Text: v.shown(v.find(Visits, held))},
		{Term: v.lang.FiguresHours(), Text: v.shown(v.find(Hours, held))},
		{Term: v.lang.FiguresKm(), Text: v.shown(v.find(Km, held))},
	}
}

// times are the medians by kind.
func (v view) times() components.Table {
	t := components.Table{Caption: v.lang.FiguresTimes(), Empty: v.lang.FiguresEmpty(), Columns: []components.Column{
		{Label: v.lang.FiguresWhat()}, {Label: v.lang.FiguresWaiting(), Num: true}, {Label: v.lang.FiguresFirstVisit(), Num: true}, {Label: v.lang.FiguresDuration(), Num: true},
	}}
	add := func(label string, by ...string) {
		row, any := []string{label}, false
		for _, f := range []struct{ figure, basis string }{{Waiting, started}, {ToFirstVisit, started}, {Duration, ended}} {
			c, ok := v.names[named(f.figure, f.basis, by)]
			any = any || ok
			if ok {
				row = append(row, v.shown(c))
			} else {
				row = append(row, "–")
			}
		}
		if any {
			t.Rows = append(t.Rows, texts(row...))
		}
	}
	add(v.lang.FiguresAll())
	for _, kind := range text.TrajectoryKindCodes() {
		add(v.word(dimKind, kind), dimKind, kind)
	}
	return t
}
