// Package leaked knows the passphrases that stand in published collections of stolen ones, most used first. "npm run build"
// takes those that are long enough to pass our other rules out of a list that is fetched by name, and keeps of each the
// first five bytes of its SHA-256, in order: nothing to read, and small. One unknown passphrase in some twenty million is
// refused by chance. Without a build nothing is known; serve says so when it starts.
package leaked

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"sort"
	"sync"
)

//go:embed all:dist
var dist embed.FS

const width = 5 // bytes of each sum; web/leaked.mjs writes as many

var sums = sync.OnceValue(func() []byte {
	b, _ := dist.ReadFile("dist/leaked.bin") // without a build there is none
	return b[:len(b)/width*width]
})

// Count is how many are known.
func Count() int { return len(sums()) / width }

// Has says whether a passphrase is known, in small letters and without spaces.
func Has(plain string) bool {
	sum, all := sha256.Sum256([]byte(plain)), sums()
	at := func(i int) []byte { return all[i*width : (i+1)*width] }
	i := sort.Search(Count(), func(i int) bool { return bytes.Compare(at(i), sum[:width]) >= 0 })
	return i < Count() && bytes.Equal(at(i), sum[:width])
}
