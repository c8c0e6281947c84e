package db

import (
	"bytes"
	"sync"
)

const (
	rememberedPages = 2048 // at two times 4.5 kB, see docs/performance.md
	memoryShards    = 64
	leastRemembered = 4096 // bytes: pages, not the headers between them
)

// pageMemory remembers what pages decrypted to, for all connections together. SQLite lets a connection forget every page
// as soon as another one has written anything, and each page that somebody looks at writes a line in the log.
//
// The encrypted page is still read from the file, each time, and compared with the one that was decrypted: the file is
// the truth, whichever process wrote it. Blocks with the same number and the same bytes decrypt to the same, in the database
// as in its log.
type pageMemory struct{ shards [memoryShards]memoryShard }

type memoryShard struct {
	mu    sync.Mutex
	slots [rememberedPages / memoryShards]remembered
}

type remembered struct {
	number       int64
	sealed, open []byte
}

func (m *pageMemory) decrypt(c *fileCipher, blocks []byte, number int64) {
	if len(blocks) < leastRemembered {
		c.decrypt(blocks, number)
		return
	}
	at := uint64(number) * 0x9e3779b97f4a7c15 >> 32 % rememberedPages // consecutive pages lie apart
	s := &m.shards[at%memoryShards]
	s.mu.Lock()
	defer s.mu.Unlock()
	r := &s.slots[at/memoryShards]
	if r.number == number && bytes.Equal(r.sealed, blocks) {
		copy(blocks, r.open)
		return
	}
	r.number, r.sealed = number, append(r.sealed[:0], blocks...)
	c.decrypt(blocks, number)
	r.open = append(r.open[:0], blocks...)
}
