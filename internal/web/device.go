package web

import "strings"

// kinds are what a browser says of itself, told by its first sign; the log needs the kind of device, not the device.
var (
	formKinds = []sign{{"iPad", "tablet"}, {"Tablet", "tablet"}, {"Mobi", "phone"}, {"iPhone", "phone"}, {"Windows", "computer"}, {"Macintosh", "computer"},
		{"X11", "computer"}, {"CrOS", "computer"}, {"Android", "tablet"}}
	systemKinds  = []sign{{"iPhone", "iOS"}, {"iPad", "iPadOS"}, {"Android", "Android"}, {"Windows", "Windows"}, {"Macintosh", "macOS"}, {"CrOS", "ChromeOS"}, {"Linux", "Linux"}}
	browserKinds = []sign{{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung"}, {"Firefox", "Firefox"}, {"FxiOS", "Firefox"}, {"CriOS", "Chrome"},
		{"Chrome", "Chrome"}, {"Safari", "Safari"}}
)

type sign struct{ shows, is string }

// device names the kind of device and browser, in a few words of our own: what a browser sends is never stored.
func device(agent string) string {
	var words []string
	for _, kinds := range [][]sign{formKinds, systemKinds, browserKinds} {
		for _, k := range kinds {
			if strings.Contains(agent, k.shows) {
				words = append(words, k.is)
				break
			}
		}
	}
	return strings.Join(words, ", ")
}
