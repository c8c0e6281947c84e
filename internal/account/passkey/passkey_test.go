package passkey

import (
	"errors"
	"strings"
	"testing"

	"maatje/internal/account/passkey/passkeytest"
)

const home = "https://maatje.example"

var ingrid = Owner{ID: 4711, Name: "Ingrid", Email: "ingrid@voorbeeld.nl"}

func TestPasskeysNeedAnAddressWithAName(t *testing.T) {
	for base, want := range map[string]bool{
		"https://maatje.example": true, "https://maatje.example:8443": true, "http://localhost:8080": true,
		"http://maatje.example": false, "http://127.0.0.1:8080": false, "https://10.0.0.1": false, "https://[::1]:8080": false, "": false, "maatje": false, ":": false,
	} {
		if got := At(base) != nil; got != want {
			t.Errorf("%q: %v", base, got)
		}
	}
}

// made makes a passkey on a device, as it should be.
func made(t *testing.T, p *Place, d *passkeytest.Device) Key {
	t.Helper()
	q, err := p.New(ingrid)
	if err != nil {
		t.Fatal(err)
	}
	key, err := accept(p, ingrid, q, d.Make(t, q.Options))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func accept(p *Place, o Owner, q Question, response string) (Key, error) {
	m, err := ReadMade(response)
	if err != nil {
		return Key{}, err
	}
	return p.Accept(o, q.Asked, m)
}

func judge(p *Place, key Key, q Question, response string) (Key, error) {
	used, err := ReadUsed(response)
	if err != nil {
		return Key{}, err
	}
	o := ingrid
	o.Keys = []Key{key}
	return p.Judge(o, q.Asked, used)
}

func TestAPasskeyIsMadeAndUsed(t *testing.T) {
	p, d := At(home), passkeytest.New(t, home, "maatje.example")
	key := made(t, p, d)
	q, err := p.Use()
	if err != nil {
		t.Fatal(err)
	}
	response := d.Use(t, q.Options)
	used, err := ReadUsed(response)
	if err != nil || used.Key() != key.ID || used.Challenge() != q.Challenge {
		t.Fatal(used, err)
	}
	next, err := judge(p, key, q, response)
	if err != nil || next.ID != key.ID || next.Record == key.Record {
		t.Errorf("the counter is not kept: %v", err)
	}
	again, err := p.New(Owner{ID: 1, Name: "x", Email: "x", Keys: []Key{key}})
	if err != nil || !strings.Contains(string(again.Options), key.ID) {
		t.Errorf("a device that has a passkey is asked for another: %s %v", again.Options, err)
	}
	for _, want := range []string{`"userVerification":"required"`, `"residentKey":"required"`} {
		if !strings.Contains(string(again.Options), want) {
			t.Errorf("no %s in %s", want, again.Options)
		}
	}
}

func TestWhatIsWrongWithANewPasskey(t *testing.T) {
	p := At(home)
	for name, c := range map[string]struct {
		change func(*passkeytest.Device)
		owner  Owner
	}{
		"another address":        {func(d *passkeytest.Device) { d.Origin = "https://maatje.example.evil" }, ingrid},
		"without TLS":            {func(d *passkeytest.Device) { d.Origin = "http://maatje.example" }, ingrid},
		"another host":           {func(d *passkeytest.Device) { d.Host = "evil.example" }, ingrid},
		"nobody checked who":     {func(d *passkeytest.Device) { d.Present = passkeytest.Unverified }, ingrid},
		"nobody was there":       {func(d *passkeytest.Device) { d.Present = 0 }, ingrid},
		"somebody else asked it": {func(*passkeytest.Device) {}, Owner{ID: 4712, Name: "x", Email: "x"}},
	} {
		q, err := p.New(ingrid)
		if err != nil {
			t.Fatal(err)
		}
		d := passkeytest.New(t, home, "maatje.example")
		c.change(d)
		if _, err := accept(p, c.owner, q, d.Make(t, q.Options)); !errors.Is(err, ErrAnswer) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatIsWrongWithUsingAPasskey(t *testing.T) {
	p := At(home)
	for name, change := range map[string]func(*passkeytest.Device){
		"another address":    func(d *passkeytest.Device) { d.Origin = "https://maatje.example.evil" },
		"another host":       func(d *passkeytest.Device) { d.Host = "evil.example" },
		"nobody checked who": func(d *passkeytest.Device) { d.Present = passkeytest.Unverified },
		"of somebody else":   func(d *passkeytest.Device) { d.User = []byte("other") },
		"of nobody":          func(d *passkeytest.Device) { d.User = nil },
	} {
		d := passkeytest.New(t, home, "maatje.example")
		key := made(t, p, d)
		q, err := p.Use()
		if err != nil {
			t.Fatal(err)
		}
		change(d)
		if _, err := judge(p, key, q, d.Use(t, q.Options)); !errors.Is(err, ErrAnswer) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnAnswerCountsForItsOwnQuestion(t *testing.T) {
	p, d := At(home), passkeytest.New(t, home, "maatje.example")
	key := made(t, p, d)
	first, err := p.Use()
	if err != nil {
		t.Fatal(err)
	}
	second, err := p.Use()
	if err != nil {
		t.Fatal(err)
	}
	response := d.Use(t, first.Options)
	if _, err := judge(p, key, second, response); !errors.Is(err, ErrAnswer) {
		t.Errorf("an answer to another question: %v", err)
	}
	other := made(t, p, passkeytest.New(t, home, "maatje.example"))
	if _, err := judge(p, other, first, response); !errors.Is(err, ErrAnswer) {
		t.Errorf("an answer of another passkey: %v", err)
	}
	if _, err := judge(p, key, first, strings.Replace(response, `"signature":"`, `"signature":"AAAA`, 1)); !errors.Is(err, ErrAnswer) {
		t.Errorf("another signature: %v", err)
	}
}

func TestACopiedPasskeyCountsNoMore(t *testing.T) {
	p, d := At(home), passkeytest.New(t, home, "maatje.example")
	key := made(t, p, d)
	copied := *d
	for range 3 {
		q, err := p.Use()
		if err != nil {
			t.Fatal(err)
		}
		if key, err = judge(p, key, q, d.Use(t, q.Options)); err != nil {
			t.Fatal(err)
		}
	}
	q, err := p.Use()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := judge(p, key, q, copied.Use(t, q.Options)); !errors.Is(err, ErrAnswer) {
		t.Error(err)
	}
}

func FuzzReadMade(f *testing.F) {
	p, d := At(home), passkeytest.New(f, home, "maatje.example")
	q, err := p.New(ingrid)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(d.Make(f, q.Options))
	f.Add(`{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"oA"}}`)
	f.Add(`{`)
	f.Fuzz(func(t *testing.T, response string) {
		m, err := ReadMade(response)
		if err != nil {
			return
		}
		_ = m.Challenge()
		if key, err := p.Accept(ingrid, q.Asked, m); err == nil && key.ID == "" {
			t.Error("a passkey without a name")
		}
	})
}

func FuzzReadUsed(f *testing.F) {
	p, d := At(home), passkeytest.New(f, home, "maatje.example")
	q, err := p.New(ingrid)
	if err != nil {
		f.Fatal(err)
	}
	key, err := accept(p, ingrid, q, d.Make(f, q.Options))
	if err != nil {
		f.Fatal(err)
	}
	if q, err = p.Use(); err != nil {
		f.Fatal(err)
	}
	good := d.Use(f, q.Options)
	f.Add(good)
	f.Add(`{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"AA","signature":"AA"}}`)
	f.Add(`[]`)
	f.Fuzz(func(t *testing.T, response string) {
		used, err := ReadUsed(response)
		if err != nil {
			return
		}
		_, _ = used.Key(), used.Challenge()
		if _, err := judge(p, key, q, response); err == nil && used.Key() != key.ID {
			t.Error("another passkey counts")
		}
	})
}
