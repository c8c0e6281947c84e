package referral

import (
	"slices"
	"strconv"

	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// maxChildren is how many children a form has room for; a larger family is completed in the dossier.
const maxChildren = 6

// trap is a field that nobody sees: who fills it in is a program (REF-2).
const trap = "website"

// fields are in the order of the screen and of the paper form (REF-6).
var fields = form.Fields{
	Lines: []string{"channel", "referrer", "organisation", "phone", "email", "municipality", "facility", "parent_name", "parent_birth", "parent_sex",
		"child_*", "caregiver", "caregiver_relation", "caregiver_phone", trap},
	Texts: []string{"words"},
}

func childField(what string, i int) string { return "child_" + what + "_" + strconv.Itoa(i+1) }

// read takes a referral out of a form. A date that is none is an error in the form.
func read(f *form.Form) Referral {
	r := Referral{
		Channel: f.Value("channel"), Referrer: f.Value("referrer"), Organisation: f.Value("organisation"), Phone: f.Value("phone"), Email: f.Value("email"),
		MunicipalityName: f.Value("municipality"), FacilityName: f.Value("facility"),
		Parent:    Person{Name: f.Value("parent_name"), Birth: f.Date("parent_birth"), Sex: sexOf(f.Value("parent_sex"))},
		Caregiver: f.Value("caregiver"), CaregiverRelation: f.Value("caregiver_relation"), CaregiverPhone: f.Value("caregiver_phone"), Words: f.Value("words"),
	}
	for i := range maxChildren {
		c := Person{Name: f.Value(childField("name", i)), Birth: f.Date(childField("birth", i)), Sex: sexOf(f.Value(childField("sex", i)))}
		if c != (Person{}) {
			r.Children = append(r.Children, c)
		}
	}
	return r
}

func sexOf(code string) string {
	if slices.Contains(text.ReferralSexCodes(), code) {
		return code
	}
	return ""
}

// fill puts a referral back into a form, for the coordinator who takes it on.
func fill(f *form.Form, r Referral) *form.Form {
	for name, value := range map[string]string{
		"channel": r.Channel, "referrer": r.Referrer, "organisation": r.Organisation, "phone": r.Phone, "email": r.Email,
		"municipality": r.MunicipalityName, "facility": r.FacilityName, "parent_name": r.Parent.Name, "parent_birth": r.Parent.Birth.String(),
		"parent_sex": r.Parent.Sex, "caregiver": r.Caregiver, "caregiver_relation": r.CaregiverRelation, "caregiver_phone": r.CaregiverPhone, "words": r.Words,
	} {
		f.Set(name, value)
	}
	for i, c := range r.Children {
		f.Set(childField("name", i), c.Name).Set(childField("birth", i), c.Birth.String()).Set(childField("sex", i), c.Sex)
	}
	return f
}

// rows is how many rows for children the form shows: those filled in, one to spare, and never fewer than three.
func rows(f *form.Form) int {
	last := 2
	for i := range maxChildren {
		if f.Value(childField("name", i)) != "" || f.Value(childField("birth", i)) != "" {
			last = i + 1
		}
	}
	return min(max(last+1, 3), maxChildren)
}

// hasChild says that something was typed about a child, or is wrong with it.
func hasChild(f *form.Form, i int) bool {
	for _, what := range []string{"name", "birth", "sex"} {
		if name := childField(what, i); f.Value(name) != "" || f.Error(name) != "" {
			return true
		}
	}
	return false
}

func childSexes(l text.Lang) []components.Option {
	return components.Options(text.ChildSexCodes(), l.ChildSex)
}

func sexes(l text.Lang) []components.Option {
	return components.Options(text.ReferralSexCodes(), l.ReferralSex)
}

func channels(l text.Lang) []components.Option {
	return components.Options(Channels(), l.Channel)
}
