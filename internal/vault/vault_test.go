package vault_test

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"maatje/internal/vault"
)

// store keeps wrapped keys in memory, as the database does: the first key of an owner stays.
type store map[int64]vault.Wrapped

func (s store) Get(_ context.Context, owner int64) (vault.Wrapped, error) {
	w, ok := s[owner]
	if !ok {
		return w, vault.ErrErased
	}
	return w, nil
}

func (s store) Put(_ context.Context, w vault.Wrapped) (vault.Wrapped, error) {
	if _, ok := s[w.Owner]; !ok {
		s[w.Owner] = w
	}
	return s[w.Owner], nil
}

func (s store) PutAll(ctx context.Context, all []vault.Wrapped) error {
	for _, w := range all {
		_, _ = s.Put(ctx, w)
	}
	return nil
}

func (s store) All(context.Context) (all []vault.Wrapped, _ error) {
	for _, owner := range slices.Sorted(maps.Keys(s)) {
		all = append(all, s[owner])
	}
	return all, nil
}

func (s store) Erase(_ context.Context, owner int64) error {
	delete(s, owner)
	return nil
}

type fataler interface{ Fatal(...any) }

func ownerOf(t fataler, v *vault.Vault, id int64) *vault.Owner {
	if err := v.NewOwner(context.Background(), id); err != nil {
		t.Fatal(err)
	}
	o, err := v.Owner(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func newVault(t fataler, s store) *vault.Vault {
	v, err := vault.New(context.Background(), vault.NewMaster(), s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func placeOf(t *rapid.T, owner int64) vault.Place {
	return vault.Place{Table: rapid.StringN(0, 12, -1).Draw(t, "table"), Column: rapid.StringN(0, 12, -1).Draw(t, "column"), Row: rapid.Int64().Draw(t, "row"), Owner: owner}
}

func TestWhatIsSealedOpensInItsPlaceAlone(t *testing.T) {
	s := store{}
	v := newVault(t, s)
	one, other := ownerOf(t, v, 1001), ownerOf(t, v, 1002)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		place := placeOf(t, 1001)
		sealed, err := one.Seal(place, text)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := one.Open(place, sealed); err != nil || got != text {
			t.Fatalf("%q, %v", got, err)
		}
		elsewhere := placeOf(t, 1001)
		if elsewhere != place {
			refuses(t, one, elsewhere, sealed)
		}
		moved := place
		moved.Table, moved.Column = place.Table+place.Column, ""
		if moved != place {
			refuses(t, one, moved, sealed)
		}
		refuses(t, other, place, sealed)
		place.Owner = 1002
		refuses(t, other, place, sealed)
		refuses(t, one, place, sealed)
	})
}

func TestWhatWasChangedDoesNotOpen(t *testing.T) {
	v := newVault(t, store{})
	o := ownerOf(t, v, 1001)
	rapid.Check(t, func(t *rapid.T) {
		place := placeOf(t, 1001)
		sealed, err := o.Seal(place, rapid.String().Draw(t, "text"))
		if err != nil {
			t.Fatal(err)
		}
		bit := rapid.IntRange(0, 8*len(sealed)-1).Draw(t, "bit") // also those of the key's version
		changed := append([]byte(nil), sealed...)
		changed[bit/8] ^= 1 << (bit % 8)
		refuses(t, o, place, changed)
		refuses(t, o, place, sealed[:rapid.IntRange(0, len(sealed)-1).Draw(t, "cut")])
	})
}

func refuses(t fataler, o *vault.Owner, p vault.Place, sealed []byte) {
	if text, err := o.Open(p, sealed); !errors.Is(err, vault.ErrSealed) || text != "" {
		t.Fatal("opened elsewhere or changed: ", text, err)
	}
}

func TestTheSameTextIsNeverSealedAlike(t *testing.T) {
	o := ownerOf(t, newVault(t, store{}), 1001)
	place := vault.Place{Table: "note", Column: "words", Row: 1, Owner: 1001}
	a, _ := o.Seal(place, "the same")
	b, _ := o.Seal(place, "the same")
	if string(a) == string(b) {
		t.Error("two sealings are equal")
	}
	if _, err := o.Seal(vault.Place{Owner: 1002}, "x"); err == nil {
		t.Error("sealed for another owner")
	}
}

func TestAWrappedKeyServesItsOwnerAlone(t *testing.T) {
	ctx, s := context.Background(), store{}
	v := newVault(t, s)
	ownerOf(t, v, 1001)
	ownerOf(t, v, 1002)
	own := s[1002]
	for name, w := range map[string]vault.Wrapped{
		"the key of another owner":  {Owner: 1002, Version: 1, Key: s[1001].Key},
		"another version":           {Owner: 1002, Version: 2, Key: own.Key},
		"a key that was cut":        {Owner: 1002, Version: 1, Key: own.Key[:len(own.Key)-1]},
		"no key":                    {Owner: 1002, Version: 1},
		"a key with a changed byte": {Owner: 1002, Version: 1, Key: append([]byte{own.Key[0] ^ 1}, own.Key[1:]...)},
	} {
		s[1002] = w
		if _, err := v.Owner(ctx, 1002); !errors.Is(err, vault.ErrSealed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	s[1002] = own
	if _, err := vault.New(ctx, vault.NewMaster(), s); !errors.Is(err, vault.ErrSealed) {
		t.Errorf("under another master: %v", err)
	}
}

// What a backup of the keys holds opens everything under another master key, except the file that stayed behind.
func TestABundleIsWrappedUnderAnotherMaster(t *testing.T) {
	ctx, s := context.Background(), store{}
	v := newVault(t, s)
	place := vault.Place{Table: "note", Column: "words", Row: 1, Owner: 1001}
	sealed, err := ownerOf(t, v, 1001).Seal(place, "words")
	if err != nil {
		t.Fatal(err)
	}
	file, _ := v.FileKey(ctx)
	recovery, _ := v.RecoveryKey(ctx)
	bundle, err := v.Export(ctx)
	if err != nil {
		t.Fatal(err)
	}
	next, moved := vault.NewMaster(), store{}
	all, err := bundle.Moved().Wrap(next)
	if err != nil || moved.PutAll(ctx, all) != nil {
		t.Fatal(err)
	}
	w, err := vault.New(ctx, next, moved)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := ownerOf(t, w, 1001).Open(place, sealed); err != nil || got != "words" {
		t.Error(got, err)
	}
	if again, _ := w.RecoveryKey(ctx); string(again) != string(recovery) {
		t.Error("the recovery key is another one")
	}
	if again, _ := w.FileKey(ctx); string(again) == string(file) {
		t.Error("two files have one key")
	}
	s[1001] = vault.Wrapped{Owner: 1001, Version: 1, Key: []byte("noise")}
	if _, err := v.Export(ctx); !errors.Is(err, vault.ErrSealed) {
		t.Errorf("a key that does not open is left out: %v", err)
	}
}

func TestWhatIsErasedStaysErased(t *testing.T) {
	ctx, s := context.Background(), store{}
	v := newVault(t, s)
	o := ownerOf(t, v, 1001)
	place := vault.Place{Table: "note", Column: "words", Row: 1, Owner: 1001}
	sealed, err := o.Seal(place, "words")
	if err != nil || v.Erase(ctx, 1001) != nil {
		t.Fatal(err)
	}
	if _, err := v.Owner(ctx, 1001); !errors.Is(err, vault.ErrErased) {
		t.Errorf("an erased key: %v", err)
	}
	refuses(t, ownerOf(t, v, 1001), place, sealed) // a new key under the old name opens nothing old
}

func TestTheDataFileKeepsItsKey(t *testing.T) {
	v := newVault(t, store{})
	a, err := v.FileKey(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	b, err := v.FileKey(context.Background())
	if err != nil || string(a) != string(b) || len(a) != 64 {
		t.Errorf("%d bytes, the same twice: %v, %v", len(a), string(a) == string(b), err)
	}
}

func TestKeyFile(t *testing.T) {
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	m := vault.NewMaster()
	if err := vault.WriteMaster(at("key"), m); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(at("key"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if got, err := vault.ReadMaster(at("key")); err != nil || got != m {
		t.Errorf("read back: %v", err)
	}
	if err := vault.WriteMaster(at("key"), vault.NewMaster()); err == nil {
		t.Error("overwrote a key")
	}
	if got, err := vault.ReadMaster(at("key")); err != nil || got != m {
		t.Error("the first key is gone")
	}
	if _, err := vault.ReadMaster(at("none")); !errors.Is(err, vault.ErrNoKey) {
		t.Errorf("no file: %v", err)
	}
	for _, mode := range []os.FileMode{0o640, 0o604, 0o620, 0o610, 0o666} {
		if err := os.Chmod(at("key"), mode); err != nil {
			t.Fatal(err)
		}
		if _, err := vault.ReadMaster(at("key")); err == nil {
			t.Errorf("took a key file of mode %o", mode)
		}
	}
	for _, text := range []string{"", "short", strings.Repeat("A", 42), strings.Repeat("A", 44) + "AAAA", m.Text() + m.Text()} {
		if _, err := vault.ParseMaster(text); err == nil {
			t.Errorf("took %q for a key", text)
		}
	}
}

func TestMastersDiffer(t *testing.T) {
	a, b := vault.NewMaster(), vault.NewMaster()
	if a == b || string(a.StoreKey()) == string(b.StoreKey()) || len(a.StoreKey()) != 64 {
		t.Error("two masters are alike, or their store keys")
	}
}

func FuzzOpen(f *testing.F) {
	o := ownerOf(f, newVault(f, store{}), 1001)
	place := vault.Place{Table: "note", Column: "words", Row: 1, Owner: 1001}
	f.Add([]byte{})
	f.Add([]byte{0, 0, 0, 0, 0, 0, 0, 1})
	f.Fuzz(func(t *testing.T, sealed []byte) { refuses(t, o, place, sealed) })
}

func FuzzParseMaster(f *testing.F) {
	f.Add(vault.NewMaster().Text())
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		m, err := vault.ParseMaster(text)
		if err != nil {
			return
		}
		if again, err := vault.ParseMaster(m.Text()); err != nil || again != m {
			t.Errorf("%q does not come back: %v", text, err)
		}
	})
}

func TestManyOwnersAreMadeAtOnce(t *testing.T) {
	v, err := vault.New(context.Background(), vault.NewMaster(), store{})
	if err != nil {
		t.Fatal(err)
	}
	first := ownerOf(t, v, 7)
	place := vault.Place{Table: "note", Column: "words", Row: 1, Owner: 7}
	sealed, err := first.Seal(place, "zij belde")
	if err != nil {
		t.Fatal(err)
	}
	if err := v.NewOwners(context.Background(), []int64{7, 8, 9}); err != nil {
		t.Fatal(err)
	}
	again, err := v.Owner(context.Background(), 7)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := again.Open(place, sealed); err != nil || got != "zij belde" {
		t.Errorf("an owner who had a key lost it: %q %v", got, err)
	}
	for _, id := range []int64{8, 9} {
		if _, err := v.Owner(context.Background(), id); err != nil {
			t.Errorf("owner %d: %v", id, err)
		}
	}
}
