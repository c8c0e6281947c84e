package importer

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"maatje/internal/core"
)

const (
	maxName    = 200 // characters of a name or a key
	maxMinutes = 24 * 60
	maxKm      = 3000
	maxPeople  = 60 // of one sort in one family
)

// oldest is the earliest date that can be no typing error.
var oldest = core.NewDate(1900, 1, 1)

// check collects everything that is wrong with a record, each with the field it is about.
type check struct {
	now   core.Instant
	wrong []string
}

func (c *check) add(field, what string, values ...any) {
	c.wrong = append(c.wrong, field+": "+fmt.Sprintf(what, values...))
}

// text tidies a text of one line.
func (c *check) text(field string, s *string) {
	*s = strings.Join(strings.Fields(*s), " ")
	if strings.ContainsFunc(*s, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		c.add(field, "holds a character that cannot be kept, such as NUL")
	}
	if n := len([]rune(*s)); n > maxName {
		c.add(field, "%d characters; at most %d fit", n, maxName)
	}
}

func (c *check) needed(field string, s *string) {
	if c.text(field, s); *s == "" {
		c.add(field, "is needed")
	}
}

// code checks a code against its list; empty is not known.
func (c *check) code(field string, s *string, list []string) {
	if !slices.Contains(list, *s) {
		if w := otherWords[*s]; slices.Contains(list, w) {
			*s = w
		}
	}
	if *s != "" && !slices.Contains(list, *s) {
		c.add(field, "%.40q is not one of the codes (%s)", *s, strings.Join(list, ", "))
	}
}

func (c *check) neededCode(field string, s *string, list []string) {
	if c.code(field, s, list); *s == "" {
		c.add(field, "is needed")
	}
}

func (c *check) codes(field string, all []string, list []string) {
	for i := range all {
		c.neededCode(fmt.Sprintf("%s[%d]", field, i), &all[i], list)
		if slices.Contains(all[:i], all[i]) {
			c.add(field, "%.40q stands there twice", all[i])
		}
	}
}

// date reads a day, also out of a moment; empty is not known.
func (c *check) date(field, s string) core.Date {
	d, err := core.ParseDate(s)
	if err != nil {
		if at, ok := moment(s); ok {
			d, err = at.Date(), nil
		}
	}
	switch {
	case err != nil:
		c.add(field, "%.40q is no date that exists; write 2013-04-27", s)
	case !d.IsZero() && d.Before(oldest), d.Year() > 2200:
		c.add(field, "%s cannot be", d)
	}
	return d
}

func (c *check) past(field, s string) core.Date {
	d := c.date(field, s)
	if d.After(c.now.Date()) {
		c.add(field, "%s lies in the future", d)
	}
	return d
}

// instant reads a moment that has passed. A day alone is its noon, a moment without zone is Dutch time.
func (c *check) instant(field, s string) core.Instant {
	if s == "" {
		return core.Instant{}
	}
	at, ok := moment(s)
	switch {
	case !ok:
		c.add(field, "%.40q is no moment that exists; write 2013-04-27T14:30", s)
	case at.Date().Before(oldest):
		c.add(field, "%s cannot be", at.Date())
	case at.After(c.now) && at.Date().After(c.now.Date()):
		c.add(field, "%s lies in the future", at.Date())
	}
	return at
}

func moment(s string) (core.Instant, bool) {
	if at, err := core.ParseInstant(s); err == nil && s != "" && at.Time().Year() > 0 && at.Time().Year() < 2200 {
		return at, true
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04"} {
		if t, err := time.ParseInLocation(layout, s, core.Amsterdam); err == nil && t.Year() > 0 && t.Year() < 2200 {
			return core.At(t), true
		}
	}
	if d, err := core.ParseDate(s); err == nil && !d.IsZero() && d.Year() < 2200 {
		return core.At(time.Date(d.Year(), d.Month(), d.Day(), 12, 0, 0, 0, core.Amsterdam)), true
	}
	return core.Instant{}, false
}

// order refuses a later date before an earlier one.
func (c *check) order(field string, d core.Date, after string, e core.Date) {
	if !d.IsZero() && !e.IsZero() && d.Before(e) {
		c.add(field, "%s lies before %s, %s", d, after, e)
	}
}

func (c *check) amount(field string, n *float64, most int) {
	if *n < 0 || *n > float64(most) {
		c.add(field, "%v lies outside 0 to %d", *n, most)
		*n = 0
	}
	*n = math.Round(*n)
}

func (v *volunteer) check(c *check) {
	c.needed("name", &v.Name)
	c.code("status", &v.Status, statuses)
	c.codes("kinds", v.Kinds, kinds)
	v.until = c.date("certificate_until", v.CertificateUntil)
}

func (f *family) check(c *check) {
	c.text("municipality", &f.Municipality)
	if n := max(len(f.Children), len(f.Parents), len(f.Caregivers)); n > maxPeople {
		c.add("family", "%d people of one sort; at most %d fit", n, maxPeople)
		return
	}
	seen := map[string]string{}
	for i := range f.Children {
		f.Children[i].check(c, fmt.Sprintf("children[%d].", i), seen)
	}
	for i := range f.Parents {
		f.Parents[i].check(c, fmt.Sprintf("parents[%d].", i), seen)
	}
	for i := range f.Caregivers {
		f.Caregivers[i].check(c, fmt.Sprintf("caregivers[%d].", i), seen)
	}
}

// person checks what everybody has. Within a family a key is one person; the other parent may be the caregiver as well.
func (c *check) person(at, sort string, key, name *string, seen map[string]string) {
	c.needed(at+"name", name)
	c.text(at+"key", key)
	before, twice := seen[*key]
	if twice && *key != "" && (before != "parent" || sort != "caregiver") {
		c.add(at+"key", "%.40q is somebody else in this family", *key)
	}
	seen[*key] = sort
}

func (k *child) check(c *check, at string, seen map[string]string) {
	c.person(at, "child", &k.Key, &k.Name, seen)
	if k.Key == "" {
		c.add(at+"key", "is needed")
	}
	c.code(at+"sex", &k.Sex, sexes)
	k.birth = c.past(at+"birth", k.Birth)
}

func (p *parent) check(c *check, at string, seen map[string]string) {
	c.person(at, "parent", &p.Key, &p.Name, seen)
	if p.Key == "" {
		c.add(at+"key", "is needed")
	}
	c.code(at+"sex", &p.Sex, sexes)
	c.text(at+"facility", &p.Facility)
	p.from, p.expectedUntil, p.released = c.past(at+"from", p.From), c.date(at+"expected_until", p.ExpectedUntil), c.past(at+"released", p.Released)
	c.order(at+"released", p.released, "the day the detention began", p.from)
	c.order(at+"expected_until", p.expectedUntil, "the day the detention began", p.from)
}

func (k *caregiver) check(c *check, at string, seen map[string]string) {
	c.person(at, "caregiver", &k.Key, &k.Name, seen)
	c.text(at+"relation", &k.Relation)
	if k.Key == "" {
		k.Key = "caregiver: " + k.Name
	}
}

func (r *referral) check(c *check) {
	c.need("date", r.Date)
	r.date = c.past("date", r.Date)
	c.neededCode("channel", &r.Channel, channels)
	c.text("municipality", &r.Municipality)
	c.text("facility", &r.Facility)
	c.text("family", &r.Family)
}

func (c *check) need(field, s string) {
	if s == "" {
		c.add(field, "is needed")
	}
}

func (k *intake) check(c *check) {
	c.needed("family", &k.Family)
	c.text("referral", &k.Referral)
	c.text("coordinator", &k.Coordinator)
	for i := range k.Talks {
		at := fmt.Sprintf("talks[%d].", i)
		t := &k.Talks[i]
		c.need(at+"date", t.Date)
		t.date = c.past(at+"date", t.Date)
		c.code(at+"with", &t.With, withGroups)
		c.amount(at+"minutes", &t.Minutes, maxMinutes)
	}
	if d := k.Decision; d != nil {
		c.need("decision.date", d.Date)
		d.date = c.past("decision.date", d.Date)
		c.neededCode("decision.outcome", &d.Outcome, outcomes)
		c.codes("decision.reasons", d.Reasons, reasons)
		if d.Outcome == "start" && len(d.Reasons) > 0 {
			c.add("decision.reasons", "a start has no reasons not to start")
		}
	}
}

func (d *trajectory) check(c *check) {
	c.needed("family", &d.Family)
	c.neededCode("kind", &d.Kind, kinds)
	c.keys("children", d.Children)
	c.text("parent", &d.Parent)
	c.text("volunteer", &d.Volunteer)
	c.text("coordinator", &d.Coordinator)
	c.text("end_reason", &d.EndReason)
	c.need("start", d.Start)
	d.start, d.plannedEnd, d.end = c.date("start", d.Start), c.date("planned_end", d.PlannedEnd), c.past("end", d.End)
	c.order("end", d.end, "the start", d.start)
	c.order("planned_end", d.plannedEnd, "the start", d.start)
	if d.end.IsZero() && (d.Abrupt || d.EndReason != "") {
		c.add("end", "is needed when it says how it ended")
	}
}

// keys checks references, each once.
func (c *check) keys(field string, all []string) {
	for i := range all {
		c.needed(fmt.Sprintf("%s[%d]", field, i), &all[i])
		if slices.Contains(all[:i], all[i]) {
			c.add(field, "%.40q stands there twice", all[i])
		}
	}
}

func (v *visit) check(c *check) {
	c.needed("trajectory", &v.Trajectory)
	c.need("at", v.At)
	v.at = c.instant("at", v.At)
	c.amount("minutes", &v.Minutes, maxMinutes)
	c.amount("km", &v.Km, maxKm)
	c.keys("children", v.Children)
	c.codes("tools", v.Tools, tools)
}

func (s *signal) check(c *check) {
	c.needed("trajectory", &s.Trajectory)
	c.need("at", s.At)
	s.at, s.answeredAt = c.instant("at", s.At), c.instant("answered_at", s.AnsweredAt)
	c.code("urgency", &s.Urgency, urgencies)
	c.code("outcome", &s.Outcome, answers)
	if !s.answeredAt.IsZero() && s.answeredAt.Before(s.at) {
		c.add("answered_at", "the answer comes before the signal")
	}
	if s.answeredAt.IsZero() && s.Outcome != "" {
		c.add("answered_at", "is needed when there is an outcome")
	}
}
