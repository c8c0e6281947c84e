package gallery

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"maatje/internal/web/text"
)

// visit opens a page of a gallery of its own.
func visit(t *testing.T, path string) (context.Context, *Store) {
	t.Helper()
	store := &Store{}
	server := httptest.NewServer(Handler(text.NL, store))
	t.Cleanup(server.Close)
	ctx, _ := open(t)
	do(ctx, t, chromedp.Navigate(server.URL+path))
	return ctx, store
}

// eventually waits until the script's expression is true in the page, also if the page goes elsewhere meanwhile.
func eventually(ctx context.Context, t *testing.T, expression string) {
	t.Helper()
	var err error
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(30 * time.Millisecond) {
		var is bool
		if is, err = chromedp.Run(ctx, chromedp.Evaluate[bool](expression)); err == nil && is {
			return
		}
	}
	t.Fatalf("never came true: %s (%v)", expression, err)
}

func write(ctx context.Context, t *testing.T, words string) {
	t.Helper()
	do(ctx, t, chromedp.SendKeys(chromedp.CSS("#f-story"), words))
}

func says(sentence string) string {
	return `document.querySelector('[data-status]').textContent === ` + "`" + sentence + "`"
}

const storyValue = `document.querySelector('#f-story').value`

func TestAutosaveKeepsWhatIsTyped(t *testing.T) {
	ctx, store := visit(t, "/form")
	write(ctx, t, " En een ijsje.")
	eventually(ctx, t, says(text.NL.FormSaved("14:03")))
	kept := store.Kept()
	if want := script[string](ctx, t, storyValue); !strings.Contains(want, "ijsje") || kept.Story != strings.TrimSpace(want) {
		t.Errorf("kept %q, typed %q", kept.Story, want)
	}
	if v := script[string](ctx, t, `document.querySelector('[name=version]').value`); kept.Version != 3 || v != "3" {
		t.Errorf("version %d on the server, %s on the page, want 3", kept.Version, v)
	}
}

func TestAutosaveTriesAgainWithTheSameKey(t *testing.T) {
	for status, sentence := range map[int]string{
		http.StatusInternalServerError: text.NL.FormUnsaved(), http.StatusUnauthorized: text.NL.FormSignedOut(),
	} {
		ctx, store := visit(t, "/form")
		store.Fail(status)
		write(ctx, t, " En een ijsje.")
		eventually(ctx, t, says(sentence))
		store.Fail(0)
		eventually(ctx, t, says(text.NL.FormSaved("14:03")))
		kept := store.Kept()
		if len(kept.Keys) < 2 || len(slices.Compact(kept.Keys)) != 1 || !strings.Contains(kept.Story, "ijsje") {
			t.Errorf("after %d: kept %q with the keys %q", status, kept.Story, kept.Keys)
		}
	}
}

func TestAutosaveShowsAConflictAndTouchesNothing(t *testing.T) {
	ctx, store := visit(t, "/form")
	store.Fail(http.StatusConflict)
	write(ctx, t, " Van mij.")
	eventually(ctx, t, says(text.NL.FormConflict()))
	eventually(ctx, t, `document.querySelector('[data-notice]').textContent.includes('Petra schreef')`)
	asked := len(store.Kept().Keys)
	write(ctx, t, " Meer.")
	do(ctx, t, chromedp.Sleep(1500*time.Millisecond)) // longer than the pause before a save
	if got := script[string](ctx, t, storyValue); !strings.Contains(got, "Van mij. Meer.") {
		t.Errorf("the page holds %q", got)
	}
	if n := len(store.Kept().Keys); n != asked {
		t.Errorf("asked %d times more after the conflict", n-asked)
	}
}

func TestAutosaveGoesOutWhenThePageDoes(t *testing.T) {
	ctx, store := visit(t, "/form")
	write(ctx, t, " Snel weg.")
	do(ctx, t, chromedp.Navigate("about:blank"))
	deadline := time.Now().Add(10 * time.Second)
	for !strings.Contains(store.Kept().Story, "Snel weg.") {
		if time.Now().After(deadline) {
			t.Fatal("what was typed in the last second did not come")
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func TestAFormIsSentOnce(t *testing.T) {
	ctx, store := visit(t, "/form")
	script[bool](ctx, t, `(() => { const b = document.querySelector('form[data-autosave] .main'); b.click(); b.click(); b.click(); return true })()`)
	eventually(ctx, t, `location.pathname === '/work'`)
	if n := store.Kept().Sent; n != 1 {
		t.Errorf("sent %d times", n)
	}
}

func TestSearchAsYouType(t *testing.T) {
	ctx, _ := visit(t, "/parts")
	do(ctx, t, chromedp.SendKeys(chromedp.CSS("#s-q"), "Ria"))
	eventually(ctx, t, `document.querySelector('[data-results]').textContent.includes('“Ria”') && location.search === '?q=Ria'`)
	if where := script[string](ctx, t, `document.activeElement.id`); where != "s-q" {
		t.Errorf("the focus went to %q", where)
	}
}

func TestEscapeShutsAMenuAndGivesTheFocusBack(t *testing.T) {
	ctx, _ := visit(t, "/work")
	do(ctx, t, chromedp.Click(chromedp.CSS(".account summary")))
	do(ctx, t, chromedp.KeyEvent(kb.Tab))
	do(ctx, t, chromedp.KeyEvent(kb.Escape))
	eventually(ctx, t, `!document.querySelector('.account').open && document.activeElement.matches('.account summary')`)
}

func TestTheKeyboardComesToTheContentFirst(t *testing.T) {
	ctx, _ := visit(t, "/work")
	do(ctx, t, chromedp.KeyEvent(kb.Tab))
	do(ctx, t, chromedp.KeyEvent(kb.Enter))
	eventually(ctx, t, `document.activeElement.id === 'main'`)
}

func TestMistakesAreReadFirst(t *testing.T) {
	ctx, _ := visit(t, "/wrong")
	eventually(ctx, t, `document.activeElement.matches('.errors')`)
	do(ctx, t, chromedp.Click(chromedp.CSS(`a[href="#f-on"]`)))
	eventually(ctx, t, `document.activeElement.id === 'f-on' && document.activeElement.value === '31-2-2026'`)
}
