package layout

import (
	"strings"
	"testing"

	"maatje/internal/web/text"
)

func TestFrame(t *testing.T) {
	nav := []Link{{Href: "/1", Label: "Een"}, {Href: "/2", Label: "Twee", Here: true}, {Href: "/3", Label: "Drie"}, {Href: "/4", Label: "Vier"}, {Href: "/5", Label: "Vijf"}}
	tests := map[string]struct {
		frame        Frame
		has, without []string
	}{
		"nobody signed in": {Frame{Title: "Hulp"}, []string{`<html lang="nl">`, "<title>Hulp · Maatje</title>", `href="#main"`}, []string{"<nav", "/signout", "demo", `role="status"`}},
		"signed in": {Frame{Lang: text.EN, Account: "Ria", SignOut: true, Nav: nav[:4]}, []string{`<html lang="en">`, "<title>Maatje</title>", "Ria", `action="/signout"`, `href="/2" aria-current="page"`}, []string{
			text.EN.FrameMore(),
		}},
		"more than fits":   {Frame{Nav: nav}, []string{text.NL.FrameMore(), `class="narrow"`}, nil},
		"something done":   {Frame{Flash: "Bewaard <3"}, []string{`role="status"`, "Bewaard &lt;3"}, nil},
		"invented":         {Frame{Demo: true}, []string{text.NL.FrameDemo()}, nil},
		"another language": {Frame{Path: "/families?q=a&p=2"}, []string{`action="/language"`, `name="back" value="/families?q=a&amp;p=2"`, `value="en"`}, []string{`value="nl"`}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			if err := Page(tt.frame).Render(t.Context(), &b); err != nil {
				t.Fatal(err)
			}
			for _, has := range tt.has {
				if !strings.Contains(b.String(), has) {
					t.Errorf("no %s in %s", has, b.String())
				}
			}
			for _, without := range tt.without {
				if strings.Contains(b.String(), without) {
					t.Errorf("%s in %s", without, b.String())
				}
			}
		})
	}
}
