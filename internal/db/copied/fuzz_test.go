package copied

import (
	"bytes"
	"testing"
)

// FuzzCheck reads what may stand in a backup's file. A copy that is taken says the same when it is taken again.
func FuzzCheck(f *testing.F) {
	head := format + `{"version":3}` + "\n"
	shape := `{"table":"note","columns":[{"name":"id","kind":"integer"},{"name":"said","kind":"text"},{"name":"b","kind":"bytes"}]}` + "\n"
	f.Add([]byte{})
	f.Add([]byte(head + string(nextEnd)))
	f.Add([]byte(head + string(nextTable) + shape + string(nextRow) + "\x01\x00\x00\x00\x00\x00\x00\x00\x01\x01\x02ab\x00" + string(nextSum) + "{}\n"))
	f.Add([]byte(head + string(nextTable) + shape + string(nextRow) + "\x00\x01\xff\xff\xff\xff\x03"))
	f.Fuzz(func(t *testing.T, file []byte) {
		sums, err := Check(bytes.NewReader(file))
		if err != nil {
			return
		}
		again, err := Check(bytes.NewReader(file))
		if err != nil || len(again) != len(sums) {
			t.Errorf("taken with %v, and then %v: %v", sums, again, err)
		}
	})
}
