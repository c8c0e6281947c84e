package db

import (
	"bytes"
	"math/rand/v2"
	"sync"
	"testing"
)

// TestMemoryNeverAnswersWithAnOldPage lets pages change under the memory, as another process would change them.
func TestMemoryNeverAnswersWithAnOldPage(t *testing.T) {
	m, key := new(pageMemory), testCipher(t)
	var together sync.WaitGroup
	for seed := range uint64(4) {
		together.Go(func() {
			c, r := key, rand.New(rand.NewPCG(seed, 7))
			for range 3000 {
				number := int64(r.IntN(40)) * 8 * (1 + int64(r.IntN(2))*rememberedPages)
				page := bytes.Repeat([]byte{byte(r.IntN(3))}, []int{cipherBlock, 8 * cipherBlock, 9 * cipherBlock}[r.IntN(3)])
				page[len(page)-1] = byte(r.IntN(2))
				sealed := bytes.Clone(page)
				c.encrypt(sealed, number)
				if m.decrypt(&c, sealed, number); !bytes.Equal(sealed, page) {
					t.Errorf("page %d came back as another one", number)
					return
				}
			}
		})
	}
	together.Wait()
}
