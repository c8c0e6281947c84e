package journal

import "testing"

// BenchmarkAppend is what the chain and the seal cost for one entry, without the database.
func BenchmarkAppend(b *testing.B) {
	r, head := record(1), Head{}
	for b.Loop() {
		head = ours.Append(head, r).Head()
	}
}
