package referral

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"maatje/internal/web/components"
	"maatje/internal/web/text"
)

func (v one) path(deed string) string { return "/referrals/" + v.ID.String() + "/" + deed }

// standing is the line under the title: since when, whose, and until when there is time.
func (v one) standing(l text.Lang) string {
	out := l.ReferralReceived(l.DateTime(v.ReceivedAt))
	if v.State == Open {
		out += " " + l.ReferralWithWhom(v.For)
	}
	return out
}

func (v one) facts(l text.Lang) []components.Pair {
	pairs := []components.Pair{
		{Term: l.ReferralFrom(), Text: joined(v.Referrer, v.Organisation)}, {Term: l.ReferralReach(), Text: joined(v.Phone, v.Email)},
		{Term: l.ReferralMunicipality(), Text: v.MunicipalityName}, {Term: l.ReferralFacility(), Text: v.FacilityName},
		{Term: l.ReferralParent(), Text: described(l, v.Parent, l.ReferralSex)},
	}
	for _, c := range v.Children {
		pairs = append(pairs, components.Pair{Term: l.ReferralChildren(), Text: described(l, c, l.ChildSex)})
	}
	pairs = append(pairs, components.Pair{Term: l.ReferralCaregiver(), Text: joined(v.Caregiver, v.CaregiverRelation, v.CaregiverPhone)})
	var known []components.Pair
	for _, p := range pairs {
		if p.Text != "" {
			known = append(known, p)
		}
	}
	return known
}

func described(l text.Lang, p Person, word func(string) string) string {
	sex := ""
	if p.Sex != "" {
		sex = word(p.Sex)
	}
	return joined(p.Name, l.Date(p.Birth), sex)
}

func joined(parts ...string) string {
	var known []string
	for _, p := range parts {
		if p != "" {
			known = append(known, p)
		}
	}
	return strings.Join(known, ", ")
}

func (v one) answer(l text.Lang) []components.Pair {
	pairs := []components.Pair{{Term: l.ReferralStateTitle(), Text: l.ReferralState(string(v.State))},
		{Term: l.ReferralAnsweredBy(), Text: joined(v.AnsweredBy, l.DateTime(v.AnsweredAt))}}
	if len(v.Reasons) > 0 {
		words := make([]string, len(v.Reasons))
		for i, r := range v.Reasons {
			words[i] = l.Reason(r)
		}
		pairs = append(pairs, components.Pair{Term: l.ReferralReasons(), Text: l.And(words)})
	}
	return pairs
}

// others are the colleagues to whom the referral can go.
func (v one) others() []components.Option {
	var out []components.Option
	for _, c := range v.Colleagues {
		if c.ID != v.Coordinator {
			out = append(out, components.Option{Value: c.ID.String(), Label: c.Name})
		}
	}
	return out
}

func reasons(l text.Lang) []components.Option { return components.Options(reasonCodes, l.Reason) }

func (v list) href(which string, page int) string {
	q := url.Values{"show": {which}}
	if v.Channel != "" {
		q.Set("channel", v.Channel)
	}
	if page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	return "/referrals?" + q.Encode()
}

func (v list) tabs(l text.Lang) []components.Link {
	var out []components.Link
	for _, k := range []struct {
		code  string
		count int
	}{{"open", v.Open}, {"mine", v.Mine}, {"late", v.Late}, {"answered", v.Answered}} {
		out = append(out, components.Link{Href: v.href(k.code, 1), Label: l.ReferralWhich(k.code) + " (" + l.Number(k.count) + ")", Here: v.Which == k.code})
	}
	return out
}

func (v list) pager() components.Pager {
	total := map[string]int{"open": v.Open, "mine": v.Mine, "late": v.Late, "answered": v.Answered, "all": v.Open + v.Answered}[v.Which]
	return components.Pager{Page: v.Page, Pages: (total + perPage - 1) / perPage, Href: func(p int) string { return v.href(v.Which, p) }}
}

func (v list) table(l text.Lang) components.Table {
	t := components.Table{Caption: l.ReferralWhich(v.Which), Empty: l.ReferralEmpty(), Columns: []components.Column{
		{Label: l.ReferralCodeTitle()}, {Label: l.ReferralReceivedOn()}, {Label: l.ReferralChannel()}, {Label: l.ReferralMunicipality()},
		{Label: l.ReferralAbout()}, {Label: l.ReferralCoordinator()}, {Label: l.ReferralStateTitle()},
	}}
	for _, r := range v.Rows {
		t.Rows = append(t.Rows, []components.Cell{
			{Text: r.Code, Href: "/referrals/" + r.ID.String()}, {Text: l.DateShort(r.ReceivedAt.Date())}, {Text: l.Channel(r.Channel)},
			{Text: r.MunicipalityName}, {Text: joined(r.Parent.Name, r.Caregiver)}, {Text: r.For}, {Content: v.chip(l, r)},
		})
	}
	return t
}

func (v list) chip(l text.Lang, r Referral) templ.Component {
	switch {
	case r.IsLate(v.Now):
		return components.Chip(components.Late, l.ReferralWhich("late"))
	case r.State == Open:
		return components.Chip(components.Plain, l.ReferralState(string(r.State)))
	}
	return components.Chip(components.Done, l.ReferralState(string(r.State)))
}
