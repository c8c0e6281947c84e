package components

import (
	"strings"
	"testing"

	"github.com/a-h/templ"

	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

func draw(t *testing.T, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var fields = form.Fields{Lines: []string{"on", "who", "pass"}, Texts: []string{"story"}}

func TestFieldsKeepWhatWasTyped(t *testing.T) {
	who := []Option{{Value: "a", Label: "Aap"}, {Value: "b", Label: "Beer"}}
	f := form.New(text.NL, fields).Set("on", "31-2-2026").Set("who", "b").Set("pass", "geheim").Set("story", "<b>\n\"x\"")
	f.Date("on")
	tests := map[string]struct {
		part    templ.Component
		has     []string
		without string
	}{
		"a day that does not exist": {DateField(f, Field{Name: "on", Label: "Dag", Hint: "Vandaag mag"}), []string{
			`type="text"`, `value="31-2-2026"`, `aria-invalid="true"`, `aria-describedby="f-on-hint f-on-error"`, `id="f-on-error"`, text.NL.FormNoDate(),
		}, `type="date"`},
		"a day":           {DateField(form.New(text.NL, fields).Set("on", "2026-02-28"), Field{Name: "on"}), []string{`type="date"`, `value="2026-02-28"`}, "aria-"},
		"markup":          {TextArea(f, Field{Name: "story"}), []string{"&lt;b&gt;\n&#34;x&#34;"}, "<b>"},
		"a password":      {TextField(f, Field{Name: "pass", Type: "password"}), []string{`type="password"`, `value=""`}, "geheim"},
		"one of several":  {RadioChips(f, Field{Name: "who"}, who), []string{`value="b" checked`, `id="f-who"`, `id="f-who-2"`}, `value="a" checked`},
		"one of a list":   {Select(f, Field{Name: "who"}, who), []string{`value="b" selected`}, `value="a" selected`},
		"an optional one": {TextField(f, Field{Name: "pass", Optional: true}), []string{text.NL.FormOptional()}, "required"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			html := draw(t, tt.part)
			for _, has := range tt.has {
				if !strings.Contains(html, has) {
					t.Errorf("no %s in %s", has, html)
				}
			}
			if strings.Contains(html, tt.without) {
				t.Errorf("%s in %s", tt.without, html)
			}
		})
	}
}

func TestFormCarriesTokenAndWords(t *testing.T) {
	f := form.New(text.EN, fields)
	f.Token, f.Version = "abc", 7
	html := draw(t, Form(f, Sending{Action: "/talks", Autosave: "/talks/draft"}))
	for _, has := range []string{`action="/talks"`, `name="token" value="abc"`, `name="version" value="7"`, `data-autosave="/talks/draft"`, `data-saved="Saved at {time}"`} {
		if !strings.Contains(html, has) {
			t.Errorf("no %s in %s", has, html)
		}
	}
	if html := draw(t, Form(f, Sending{Action: "/talks"})); strings.Contains(html, "data-") || strings.Contains(html, "errors") {
		t.Errorf("a plain form without mistakes is %s", html)
	}
}

func TestWidth(t *testing.T) {
	bars := []Bar{{Value: 3}, {Value: 12}, {Value: 0}, {Value: -2}}
	for value, want := range map[int]string{12: "100.0", 3: "25.0", 0: "0.0", -2: "0.0"} {
		if got := width(value, bars); got != want {
			t.Errorf("%d is %s wide, want %s", value, got, want)
		}
	}
	if got := width(0, nil); got != "0.0" {
		t.Errorf("no bars: %s", got)
	}
}

func TestFunnelOfNothing(t *testing.T) {
	html := draw(t, FunnelPicture(text.NL, Funnel{ID: "f", Title: "Leeg", Steps: []FunnelStep{{Label: "Aanmeldingen"}, {Label: "Gestart"}}}))
	if strings.Contains(html, "NaN") || !strings.Contains(html, "<table>") {
		t.Error(html)
	}
}
