// Package browsertest starts the browser in which pages are tested. Tests alone import it.
//
// It is Chromium without its windows (Debian's chromium-headless-shell), which shows pages and runs scripts as Chromium does and
// takes half the time; where that is not installed it is Chromium itself. scripts/install browser brings it.
package browsertest

import (
	"context"
	"fmt"
	"os"
	"slices"

	"github.com/chromedp/chromedp"
)

const shell = "/usr/bin/chromium-headless-shell"

// Open starts a browser for somebody who reads Dutch, with an empty profile in the folder. It lives until stop, or as long as the parent.
func Open(parent context.Context, folder string, first ...chromedp.ContextOption) (ctx context.Context, stop func(), err error) {
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("accept-lang", "nl"), chromedp.UserDataDir(folder))
	if _, err := os.Stat(shell); err == nil {
		options = append(options, chromedp.ExecPath(shell))
	}
	allocator, gone := chromedp.NewExecAllocator(parent, options...)
	ctx, closed := chromedp.NewContext(allocator, first...)
	stop = func() {
		closed()
		gone()
	}
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		stop()
		return nil, nil, fmt.Errorf("no browser; run scripts/install browser: %w", err)
	}
	return ctx, stop, nil
}
