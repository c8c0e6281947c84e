//go:build linux || darwin

package spare

import "syscall"

// free is how much room the disk has for programs like ours.
func free(folder string) (bytes uint64, known bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(folder, &s); err != nil {
		return 0, false
	}
	return s.Bavail * uint64(s.Bsize), true
}
