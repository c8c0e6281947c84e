package vault

import (
	"context"
	"fmt"
)

// Bundle is every key there is, in the clear. It is made for two things: to be encrypted into a backup of the keys, and to
// be wrapped again under another master key.
type Bundle struct {
	Master string     `json:"master"`
	Keys   []OwnerKey `json:"keys"`
	// Tombstones are of whom keys were erased: they go with every backup of the keys.
	Tombstones []Tombstone `json:"tombstones,omitempty"`
}

// Tombstone is what is left of what was erased: a number, what it was, when and why.
type Tombstone struct {
	ID     int64  `json:"id"`
	Kind   string `json:"kind"`
	At     string `json:"at"`
	Reason string `json:"reason"`
}

// OwnerKey is an owner's key in the clear.
type OwnerKey struct {
	Owner   int64  `json:"owner"`
	Version int64  `json:"version"`
	Key     []byte `json:"key"`
}

// Export unwraps every key. One that does not open fails the whole: a backup of the keys without it would hide the loss.
func (v *Vault) Export(ctx context.Context) (Bundle, error) {
	b := Bundle{Master: v.key.Text()}
	all, err := v.store.All(ctx)
	if err != nil {
		return b, err
	}
	for _, w := range all {
		key, err := v.open(w)
		if err != nil {
			return b, err
		}
		b.Keys = append(b.Keys, OwnerKey{w.Owner, w.Version, key})
	}
	return b, nil
}

// Wrap wraps every key of the bundle under a master key.
func (b Bundle) Wrap(m Master) ([]Wrapped, error) {
	aead, err := m.wrapper()
	if err != nil {
		return nil, err
	}
	out := make([]Wrapped, 0, len(b.Keys))
	for _, k := range b.Keys {
		if len(k.Key) != keySize {
			return nil, fmt.Errorf("vault: the key of owner %d has %d bytes", k.Owner, len(k.Key))
		}
		out = append(out, Wrapped{k.Owner, k.Version, aead.Seal(nil, nil, k.Key, wrapping(k.Owner, k.Version))})
	}
	return out, nil
}

// Moved is the bundle for another place. The data file there is a new one, with a key of its own.
func (b Bundle) Moved() Bundle {
	out := Bundle{Master: b.Master, Tombstones: b.Tombstones}
	for _, k := range b.Keys {
		if k.Owner != dataFile {
			out.Keys = append(out.Keys, k)
		}
	}
	return out
}

// Rewrap unwraps keys under one master key and wraps them under another.
func Rewrap(from, to Master, all []Wrapped) ([]Wrapped, error) {
	aead, err := from.wrapper()
	if err != nil {
		return nil, err
	}
	v, b := &Vault{master: aead}, Bundle{}
	for _, w := range all {
		key, err := v.open(w)
		if err != nil {
			return nil, err
		}
		b.Keys = append(b.Keys, OwnerKey{w.Owner, w.Version, key})
	}
	return b.Wrap(to)
}
