package db

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/subtle"
	"encoding/binary"
	"errors"
	"io"
	"syscall"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"
)

// FileKeySize is the length of Options.FileKey: two keys of AES-256, as XTS takes them.
const FileKeySize = 64

// cipherBlock is the unit in which a file is encrypted; SQLite's pages are multiples of it.
const cipherBlock = 512

// fileCipher is AES-256 in XTS mode (IEEE 1619) over blocks of 512 bytes, numbered from the start of the file. The bytes
// are those of go-sqlite3's vfs/xts, which reads and writes our files; this one handles a page in one piece, not in eight
// (docs/decisions/003-encrypted-sqlite.md).
//
// A copy is for one goroutine at a time; copies share the key.
type fileCipher struct {
	data, tweak cipher.Block
	mask        [cipherBlock]byte
}

func newFileCipher(key []byte) (c fileCipher, err error) {
	if len(key) != FileKeySize {
		return c, errors.New("a database file needs a key of 64 bytes")
	}
	if c.data, err = aes.NewCipher(key[:FileKeySize/2]); err != nil {
		return c, err
	}
	c.tweak, err = aes.NewCipher(key[FileKeySize/2:])
	return c, err
}

func (c *fileCipher) encrypt(blocks []byte, number int64) { c.each(blocks, number, c.data.Encrypt) }
func (c *fileCipher) decrypt(blocks []byte, number int64) { c.each(blocks, number, c.data.Decrypt) }

// each turns whole blocks, of which the first has the given number, in place.
func (c *fileCipher) each(blocks []byte, number int64, turn func(dst, src []byte)) {
	for ; len(blocks) >= cipherBlock; blocks, number = blocks[cipherBlock:], number+1 {
		c.maskFor(uint64(number))
		block := blocks[:cipherBlock]
		subtle.XORBytes(block, block, c.mask[:])
		for at := 0; at < cipherBlock; at += aes.BlockSize {
			turn(block[at:at+aes.BlockSize], block[at:at+aes.BlockSize])
		}
		subtle.XORBytes(block, block, c.mask[:])
	}
}

// maskFor makes what the units of a block are masked with: the block's encrypted number, and for each next unit the
// former mask times x, modulo x^128 + x^7 + x^2 + x + 1.
func (c *fileCipher) maskFor(number uint64) {
	first := c.mask[:aes.BlockSize]
	clear(first)
	binary.LittleEndian.PutUint64(first, number)
	c.tweak.Encrypt(first, first)
	low, high := binary.LittleEndian.Uint64(first), binary.LittleEndian.Uint64(first[8:])
	for at := aes.BlockSize; at < cipherBlock; at += aes.BlockSize {
		low, high = low<<1^(high>>63)*0x87, high<<1|low>>63
		binary.LittleEndian.PutUint64(c.mask[at:], low)
		binary.LittleEndian.PutUint64(c.mask[at+8:], high)
	}
}

// cipherVFS encrypts every file of a database: the file itself, its journal and its write-ahead log.
type cipherVFS struct {
	vfs.VFS
	cipher fileCipher
	memory *pageMemory
}

func (v cipherVFS) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	f, flags, err := vfsutil.WrapOpenFilename(v.VFS, name, flags)
	if err != nil {
		return nil, flags, err
	}
	return &cipherFile{File: f, cipher: v.cipher, memory: v.memory}, flags, nil
}

// cipherFile is one open file of one connection, which uses it from one goroutine at a time.
type cipherFile struct {
	vfs.File
	cipher fileCipher
	memory *pageMemory
	buffer []byte
}

func roundDown(n int64) int64 { return n &^ (cipherBlock - 1) }
func roundUp(n int64) int64   { return roundDown(n + cipherBlock - 1) }

// blocks is room for all blocks that p touches when it lies at off.
func (f *cipherFile) blocks(p []byte, off int64) (first int64, room []byte) {
	first = roundDown(off)
	size := int(roundUp(off+int64(len(p))) - first)
	if cap(f.buffer) < size {
		f.buffer = make([]byte, size)
	}
	return first, f.buffer[:size]
}

// ReadAt reads as many whole blocks as there are. What lies behind the last one is as good as not there.
func (f *cipherFile) ReadAt(p []byte, off int64) (int, error) {
	first, room := f.blocks(p, off)
	n, err := f.File.ReadAt(room, first)
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, err
	}
	room = room[:roundDown(int64(n))]
	f.memory.decrypt(&f.cipher, room, first/cipherBlock)
	skip := int(off - first)
	if len(room) <= skip {
		return 0, io.EOF
	}
	if n = copy(p, room[skip:]); n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// WriteAt writes whole blocks: what p leaves of the first and the last one stays as it was, or is zero where there was
// nothing.
func (f *cipherFile) WriteAt(p []byte, off int64) (int, error) {
	first, room := f.blocks(p, off)
	last := first + int64(len(room)) - cipherBlock
	if off > first || len(p) < cipherBlock {
		if err := f.keep(room[:cipherBlock], first); err != nil {
			return 0, err
		}
	}
	if end := off + int64(len(p)); end < last+cipherBlock && last > first {
		if err := f.keep(room[last-first:], last); err != nil {
			return 0, err
		}
	}
	copy(room[off-first:], p)
	f.cipher.encrypt(room, first/cipherBlock)
	if n, err := f.File.WriteAt(room, first); err != nil {
		return max(0, min(len(p), n-int(off-first))), spaceless(err)
	}
	return len(p), nil
}

// spaceless has SQLite hear of a full disk as such, whatever the operating system calls it.
func spaceless(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return sqlite3.FULL
	}
	return err
}

// keep reads one block that will be written back in part.
func (f *cipherFile) keep(block []byte, at int64) error {
	n, err := f.File.ReadAt(block, at)
	switch {
	case n == cipherBlock:
		f.cipher.decrypt(block, at/cipherBlock)
	case errors.Is(err, io.EOF):
		clear(block)
	default:
		return err
	}
	return nil
}

func (f *cipherFile) Truncate(size int64) error { return f.File.Truncate(roundUp(size)) }

// DeviceCharacteristics leaves out every promise that a block written in part would break. Above all, that writing beside
// something leaves it alone (POWERSAFE_OVERWRITE): without it SQLite begins each transaction in a sector of its own.
func (f *cipherFile) DeviceCharacteristics() vfs.DeviceCharacteristic {
	return f.File.DeviceCharacteristics() & (vfs.IOCAP_SUBPAGE_READ | vfs.IOCAP_UNDELETABLE_WHEN_OPEN)
}

// What SQLite asks of the file underneath.

func (f *cipherFile) Unwrap() vfs.File               { return f.File }
func (f *cipherFile) SharedMemory() vfs.SharedMemory { return vfsutil.WrapSharedMemory(f.File) }
func (f *cipherFile) LockState() vfs.LockLevel       { return vfsutil.WrapLockState(f.File) }
func (f *cipherFile) HasMoved() (bool, error)        { return vfsutil.WrapHasMoved(f.File) }
func (f *cipherFile) SizeHint(size int64) error      { return vfsutil.WrapSizeHint(f.File, roundUp(size)) }
