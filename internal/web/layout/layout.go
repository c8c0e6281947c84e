// Package layout is the frame around every screen: the whole page for somebody who is signed in, the plain sheet for
// signing in and public forms, and the paper form. It works without script, and says its texts in the reader's language.
package layout

import (
	"maatje/internal/web/components"
	"maatje/internal/web/text"
)

//go:generate go tool templ generate -path ../../..

// Link is a place in the navigation.
type Link = components.Link

// Frame is what a screen tells the layout about itself. Title and Flash may be read over a shoulder by a child: they
// name no detention and no facility until every child knows all (INT-8).
type Frame struct {
	Lang    text.Lang
	Title   string // of the page, for the browser's tab and history
	Path    string // the address without host, to come back to after switching the language
	Nav     []Link // in order of use: on a phone the first four stand in the bar and the others under "more"
	Account string // the name of who is signed in; empty when nobody is
	SignOut bool   // whether to offer signing out
	Flash   string // what was just done, after a redirect
	// ReadOnly says that nothing can be kept now.
	ReadOnly bool
	Demo     bool // everything here is invented: a thin ribbon says so
}

func (f Frame) title() string {
	if f.Title == "" {
		return f.Lang.FrameBrand()
	}
	return f.Title + " · " + f.Lang.FrameBrand()
}

const inBar = 4 // how many places of the navigation stand in the bar of a phone

func (f Frame) bar() []Link  { return f.Nav[:min(inBar, len(f.Nav))] }
func (f Frame) more() []Link { return f.Nav[min(inBar, len(f.Nav)):] }
