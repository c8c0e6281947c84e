// Package totp shows somebody how to set up an app for one-time codes.
package totp

import (
	"bytes"
	"encoding/base64"
	"image/png"
	"net/url"

	"github.com/pquerna/otp"
)

// Enrolment is what somebody needs to set up an app for one-time codes.
type Enrolment struct {
	Seed    string // to type over
	Picture string // the same as a picture to scan, as a data address
}

const side = 220 // of the picture, in pixels

// Enrol draws the seed of somebody's codes.
func Enrol(seed, email string) (*Enrolment, error) {
	address := url.URL{Scheme: "otpauth", Host: "totp", Path: "/Maatje:" + email,
		RawQuery: url.Values{"secret": {seed}, "issuer": {"Maatje"}}.Encode()}
	key, err := otp.NewKeyFromURL(address.String())
	if err != nil {
		return nil, err
	}
	img, err := key.Image(side, side)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return nil, err
	}
	return &Enrolment{Seed: seed, Picture: "data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes())}, nil
}
