package pace

import (
	"net/netip"
	"testing"
)

// FuzzNetwork: every address is in one network, whichever way it is written, and nobody else is this machine.
func FuzzNetwork(f *testing.F) {
	for _, s := range []string{"192.0.2.7", "2001:db8::1", "::ffff:127.0.0.1", "fe80::1%eth0", "127.0.0.1", "\x00", "0x7f.1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, address string) {
		ip, err := netip.ParseAddr(address)
		if err != nil && (IsHere(address) || Network(address) != address) {
			t.Errorf("%q is taken for an address: %q", address, Network(address))
		}
		if err == nil && Network(ip.Unmap().WithZone("").String()) != Network(address) {
			t.Errorf("%q is in two networks", address)
		}
	})
}
