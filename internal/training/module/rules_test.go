package module

import (
	"reflect"
	"slices"
	"testing"

	"maatje/internal/core"
)

func message(err error) string {
	if f, ok := core.AsFail(err); ok {
		return f.Message
	}
	return ""
}

func TestVOL4_APageIsWhole(t *testing.T) {
	s := func(words string) Said { return Said{NL: words} }
	question := Page{Kind: Question, Title: s("t"), Text: s("w"), Answers: []Answer{{Text: s("a"), Why: s("b"), Good: true}, {Text: s("c"), Why: s("d")}}}
	for _, c := range []struct {
		name string
		page Page
		want string
	}{
		{"text", Page{Kind: Text, Title: s("t"), Text: s("w")}, ""},
		{"no kind", Page{Title: s("t"), Text: s("w")}, "module_kind"},
		{"no heading", Page{Kind: Text, Text: s("w")}, "module_title"},
		{"English alone", Page{Kind: Text, Title: Said{EN: "t"}, Text: s("w")}, "module_title"},
		{"only spaces", Page{Kind: Text, Title: s("t"), Text: s(" ")}, "module_text"},
		{"a drawing", Page{Kind: Picture, Title: s("t"), Text: s("w"), Picture: "bus"}, ""},
		{"no drawing", Page{Kind: Picture, Title: s("t"), Text: s("w")}, "module_picture"},
		{"a drawing that is not there", Page{Kind: Picture, Title: s("t"), Text: s("w"), Picture: "http://elsewhere"}, "module_picture"},
		{"dilemma without what others think", Page{Kind: Dilemma, Title: s("t"), Text: s("w")}, "module_after"},
		{"dilemma", Page{Kind: Dilemma, Title: s("t"), Text: s("w"), After: s("x")}, ""},
		{"question", question, ""},
		{"one answer", Page{Kind: Question, Title: s("t"), Text: s("w"), Answers: question.Answers[:1]}, "module_answers"},
		{"five answers", Page{Kind: Question, Title: s("t"), Text: s("w"), Answers: slices.Repeat(question.Answers[:1], 5)}, "module_answers"},
		{"an answer without why", Page{Kind: Question, Title: s("t"), Text: s("w"), Answers: []Answer{{Text: s("a"), Good: true}, {Text: s("c"), Why: s("d")}}}, "module_answer_why"},
		{"none recommended", Page{Kind: Question, Title: s("t"), Text: s("w"), Answers: []Answer{{Text: s("a"), Why: s("b")}, {Text: s("c"), Why: s("d")}}}, "module_good"},
	} {
		if got := message(CheckPage(c.page, []string{"bus"})); got != c.want {
			t.Errorf("%s: %q", c.name, got)
		}
	}
	if got := message(MayPublish(Module{}, nil)); got != "module_empty" {
		t.Errorf("no pages: %q", got)
	}
	if got := message(MayPublish(Module{Pages: []Page{question, {Kind: Text}}}, nil)); got != "module_page_unfinished" {
		t.Errorf("half a page: %q", got)
	}
}

func TestVOL4_PagesAreMoved(t *testing.T) {
	p := func(names string) (out []Page) {
		for _, r := range names {
			out = append(out, Page{Kind: string(r)})
		}
		return out
	}
	say := func(all []Page) (out string) {
		for _, one := range all {
			out += one.Kind
		}
		return out
	}
	put := func(pages []Page, at int) []Page { out, _ := Put(pages, at, Page{Kind: "x"}); return out }
	for _, c := range []struct{ got, want string }{
		{say(Move(p("abc"), 2, false)), "bac"}, {say(Move(p("abc"), 2, true)), "acb"}, {say(Move(p("abc"), 1, false)), "abc"}, {say(Move(p("abc"), 3, true)), "abc"},
		{say(Move(p("abc"), 0, true)), "abc"}, {say(Move(p("abc"), 9, false)), "abc"}, {say(Remove(p("abc"), 1)), "bc"}, {say(Remove(p("abc"), 4)), "abc"},
		{say(put(p("abc"), 0)), "abcx"}, {say(put(p("abc"), 2)), "axc"}, {say(put(p("abc"), 9)), "abcx"}, {say(put(nil, 1)), "x"},
	} {
		if c.got != c.want {
			t.Errorf("%s, want %s", c.got, c.want)
		}
	}
	if _, err := Put(slices.Repeat(p("a"), mostPages), 0, Page{}); message(err) != "module_full" {
		t.Errorf("too many pages: %v", err)
	}
}

func TestVOL4_GoingOn(t *testing.T) {
	q := Page{Kind: Question, Answers: []Answer{{}, {}}}
	r := Reading{Page: 2, Pages: []Page{{Kind: Text}, q, {Kind: Dilemma}}, Answers: map[int]string{}}
	for _, c := range []struct {
		name    string
		from    int
		page    int
		answers map[int]string
		next    int
		end     bool
		want    string
	}{
		{"from a text", 1, 2, nil, 2, false, ""},
		{"a question first asks an answer", 2, 2, nil, 0, false, "module_answer_first"},
		{"answered", 2, 2, map[int]string{2: "1"}, 3, false, ""},
		{"a page not reached", 3, 2, map[int]string{3: "x"}, 0, false, "module_changed"},
		{"the last", 3, 3, map[int]string{3: "x"}, 3, true, ""},
		{"no such page", 4, 4, nil, 0, false, "module_changed"},
		{"before the first", 0, 2, nil, 0, false, "module_changed"},
	} {
		r.Page, r.Answers = c.page, c.answers
		next, end, err := On(r, c.from)
		if next != c.next || end != c.end || message(err) != c.want {
			t.Errorf("%s: %d %v %v", c.name, next, end, err)
		}
	}
	for said, want := range map[string]string{"1": "", "2": "", "3": "module_choose", "0": "module_choose", "": "module_choose", "12": "module_choose"} {
		if got := message(CheckAnswer(q, said)); got != want {
			t.Errorf("answer %q: %q", said, got)
		}
	}
	if message(CheckAnswer(Page{Kind: Dilemma}, " ")) != "module_own_words" || CheckAnswer(Page{Kind: Dilemma}, "bellen") != nil || CheckAnswer(Page{Kind: Text}, "") != nil {
		t.Error("a dilemma asks for words, and a text for nothing")
	}
}

func TestVOL4_PlainTextBecomesParagraphsAndLists(t *testing.T) {
	for _, c := range []struct {
		words string
		want  []Block
	}{
		{"", nil},
		{"een\ntwee\n\ndrie", []Block{{Lines: []string{"een", "twee"}}, {Lines: []string{"drie"}}}},
		{"kop:\n- a\n- b\nklaar", []Block{{Lines: []string{"kop:"}}, {List: true, Lines: []string{"a", "b"}}, {Lines: []string{"klaar"}}}},
		{"- a\r\n\r\n- b", []Block{{List: true, Lines: []string{"a"}}, {List: true, Lines: []string{"b"}}}},
		{"<b>-</b>", []Block{{Lines: []string{"<b>-</b>"}}}},
	} {
		if got := Blocks(c.words); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q: %+v", c.words, got)
		}
	}
}

func FuzzPages(f *testing.F) {
	f.Add(`[{"kind":"text","title":{"nl":"a"},"text":{"nl":"- b\n\nc"}}]`)
	f.Add(`[{"kind":"question","answers":[{"text":{},"why":{}}]}]`)
	f.Fuzz(func(_ *testing.T, kept string) {
		pages, err := pagesOf(kept)
		if err != nil {
			return
		}
		for _, p := range pages {
			_ = CheckPage(p, nil)
			for _, b := range Blocks(p.Text.NL) {
				if len(b.Lines) == 0 {
					panic("an empty block")
				}
			}
		}
	})
}
