package request

import (
	"slices"

	"maatje/internal/consent"
	"maatje/internal/core"
	"maatje/internal/dossier"
	"maatje/internal/web/components"
)

// clock says before when an answer is due, or how it ended.
func (v view) clock(r Request) (components.Tone, string) {
	l := v.lang
	switch {
	case r.Outcome == Done:
		return components.Done, l.RequestClockDone(l.Date(r.EndedOn))
	case r.Outcome == Refused:
		return components.Plain, l.RequestClockRefused(l.Date(r.EndedOn))
	case r.IsLate(v.today):
		return components.Late, l.RequestClockLate(l.Date(r.Due()))
	}
	return components.Plain, l.RequestClockDue(l.Date(r.Due()), l.Day(r.Due(), v.today))
}

// told is all that the register says of a request.
func (v view) told(r Request) []components.Pair {
	l := v.lang
	checked := l.RequestNotChecked()
	if r.Checked != "" {
		checked = l.RequestCheck(r.Checked)
	}
	all := []components.Pair{
		{Term: l.RequestAbout(), Text: r.AboutName},
		{Term: l.RequestAsker(), Text: r.AskerName},
		{Term: l.RequestReceived(), Text: l.Date(r.Received) + ", " + l.RequestHow(r.How)},
		{Term: l.RequestChecked(), Text: checked},
		{Term: v.asks(r), Text: r.Asked},
		{Term: l.RequestSays(), Text: r.Says},
		{Term: l.RequestShould(), Text: r.Should},
		{Term: l.RequestExtended(), Text: v.extended(r)},
		{Term: l.RequestMade(), Text: l.DateTime(r.MadeAt)},
		{Term: l.RequestAnswer(), Text: r.Answer},
		{Term: l.RequestRecipients(), Text: r.Recipients},
		{Term: l.RequestStatement(), Text: r.Statement},
		{Term: l.RequestRecorded(), Text: l.DateTime(r.Recorded) + " " + r.By},
	}
	return slices.DeleteFunc(all, func(p components.Pair) bool { return p.Text == "" })
}

func (v view) asks(r Request) string {
	if r.Kind == Correction {
		return v.lang.RequestWhich()
	}
	return v.lang.RequestWords()
}

func (v view) extended(r Request) string {
	if r.ExtendedOn.IsZero() {
		return ""
	}
	return v.lang.RequestExtendedOn(v.lang.Date(r.ExtendedOn), r.WhyLonger)
}

// about is the person the request is about, with who decides about them today.
func (v view) about() consent.Subject {
	for _, s := range v.subjects {
		if s.Person == v.About {
			return s
		}
	}
	return consent.Subject{}
}

// mayAsk says who may have the data of each child today (PRV-4).
func (v view) mayAsk(s consent.Subject) string {
	var names []string
	for _, h := range consent.MayAsk(s, v.today) {
		names = append(names, h.Name)
	}
	if len(names) == 0 {
		return v.lang.ConsentNobodyKnown()
	}
	return v.lang.And(names)
}

// children are those about whom others may ask.
func (v view) children() []consent.Subject {
	return slices.DeleteFunc(slices.Clone(v.subjects), func(s consent.Subject) bool { return !s.IsChild })
}

func (v view) people() []components.Option {
	out := make([]components.Option, len(v.subjects))
	for i, s := range v.subjects {
		out[i] = components.Option{Value: s.Person.String(), Label: s.Name}
	}
	return out
}

// heed is what to think of before data about this person are handed over.
func (v view) heed() (out []string) {
	l, s := v.lang, v.about()
	out = append(out, l.RequestHeedRead())
	if !s.IsChild {
		return out
	}
	if v.Asker != s.Person {
		out = append(out, l.RequestHeedChild(s.Name))
	}
	for _, k := range v.Knows {
		if k.Child == s.Person && k.Level != dossier.Everything {
			out = append(out, l.RequestHeedKnows(s.Name, l.KnowsLevel(knows(k.Level))))
		}
	}
	if v.hears() && !v.Agrees {
		out = append(out, l.RequestHeedWords(s.Name))
	}
	return out
}

func knows(level dossier.Level) string {
	if level == dossier.NotAsked {
		return "not_asked"
	}
	return string(level)
}

const (
	heard = 12 // a child from this age on is asked whether its own words go along (CON-2)
	alone = 16
)

// hears says that the child has a say in whether its own words go along.
func (v view) hears() bool {
	s := v.about()
	age := s.Birth.AgeOn(v.today)
	return v.Kind == Access && s.IsChild && !s.Birth.IsZero() && age >= heard && age < alone
}

// why is the sentence of why no package may be made.
func (v view) why() string {
	if f, ok := core.AsFail(v.ungranted); ok {
		return v.lang.Fail(f)
	}
	return ""
}

// had lists who may have had the data.
func (v view) had() string {
	var out []string
	for _, r := range v.recipients {
		name := r.Organisation
		if r.Name != "" {
			name = r.Name + " (" + r.Organisation + ")"
		}
		out = append(out, name)
	}
	return v.lang.And(out)
}

// mayExtend says that two months more can be taken today.
func (v view) mayExtend() bool { return checkExtend(v.Request, "because", v.today) == nil }
