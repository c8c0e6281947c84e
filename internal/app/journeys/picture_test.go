package journeys

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"testing"

	"github.com/chromedp/chromedp"
)

const mostPicture = 150_000 // bytes: it stands in the README

// TestThePictureOfTheREADME draws a coordinator's worklist beside a volunteer's phone; scripts/picture keeps it.
func TestThePictureOfTheREADME(t *testing.T) {
	h, _ := openDemo(t)
	coordinator, volunteer := h.newTab(desk, nil), h.newTab(phone, nil)
	coordinator.do(chromedp.EmulateViewport(1000, 720))
	coordinator.become("Marleen Hoekstra")
	volunteer.become("Wil Verhoef")
	volunteer.do(chromedp.EmulateViewport(phone, 720, chromedp.EmulateMobile))
	out := image.NewRGBA(image.Rect(0, 0, 1000+24+phone, 720))
	draw.Draw(out, out.Bounds(), image.NewUniform(color.RGBA{0xd9, 0xd2, 0xc5, 0xff}), image.Point{}, draw.Src)
	for at, p := range map[int]*tab{0: coordinator, 1000 + 24: volunteer} {
		shot, err := png.Decode(bytes.NewReader(get(p, chromedp.CaptureScreenshot())))
		if err != nil {
			t.Fatal(err)
		}
		draw.Draw(out, shot.Bounds().Add(image.Pt(at, 0)), shot, image.Point{}, draw.Src)
	}
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, out); err != nil {
		t.Fatal(err)
	}
	if b.Len() > mostPicture {
		t.Errorf("the picture has %d bytes, more than %d", b.Len(), mostPicture)
	}
	coordinator.keep("readme.png", b.Bytes())
}
