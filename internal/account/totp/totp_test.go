package totp

import (
	"bytes"
	"encoding/base64"
	"image/png"
	"strings"
	"testing"
)

func TestThePictureIsOneToScan(t *testing.T) {
	e, err := Enrol("JBSWY3DPEHPK3PXP", "ingrid@voorbeeld.nl")
	if err != nil || e.Seed != "JBSWY3DPEHPK3PXP" {
		t.Fatal(e, err)
	}
	b, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(e.Picture, "data:image/png;base64,"))
	if err != nil {
		t.Fatal(err)
	}
	if img, err := png.Decode(bytes.NewReader(b)); err != nil || img.Bounds().Dx() != side {
		t.Error(err)
	}
}
