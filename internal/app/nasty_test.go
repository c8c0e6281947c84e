package app

import "strings"

// The nasty words: one of each known class of ways to make a text markup, script, a formula or a header. What each would make
// carries the name zqx, so that it is recognised wherever it comes to life; until then it stands on the page as it was typed.
var nasty = map[string][]string{
	"tags": {
		`<script zqx>alert('zqx')</script>`, `<ScRiPt zqx>alert('zqx')</sCrIpT >`, `<scr<script zqx>ipt>alert('zqx')</script>`, `<img zqx src=x onerror=alert('zqx')>`,
		`<img zqx src=x:x onerror&#61;alert('zqx')>`, `<svg zqx onload=alert('zqx')>`, `<svg zqx/onload=alert('zqx')//`, `<body zqx onload=alert('zqx')>`, `<details zqx open ontoggle=alert('zqx')>`,
		`<video zqx><source onerror=alert('zqx')>`, `<input zqx autofocus onfocus=alert('zqx')>`, `<iframe zqx src="javascript:alert('zqx')">`, `<iframe zqx srcdoc="<script>parent.alert('zqx')</script>">`,
		`<object zqx data="javascript:alert('zqx')">`, `<embed zqx src="data:text/html,<script>alert('zqx')</script>">`, `<form zqx action="https://evil.example"><button>zqx`,
		`<base zqx href="https://evil.example/">`, `<meta zqx http-equiv="refresh" content="0;url=https://evil.example">`, `<link zqx rel=stylesheet href="https://evil.example/x.css">`,
		`<style zqx>@import 'https://evil.example/x.css';*{display:none}</style>`, `<marquee zqx onstart=alert('zqx')>`, `<plaintext zqx>`, `<zqx-part onmouseover=alert('zqx')>`,
	},
	"ends": {
		`</textarea><script zqx>alert('zqx')</script>`, `</title><script zqx>alert('zqx')</script>`, `</script><script zqx>alert('zqx')</script>`, `</style><img zqx src=x onerror=alert('zqx')>`,
		`</option></select><img zqx src=x onerror=alert('zqx')>`, `--><img zqx src=x onerror=alert('zqx')>`, `<!--<script zqx>`, `]]><img zqx src=x onerror=alert('zqx')>`, `<![CDATA[<img zqx src=x onerror=alert('zqx')>]]>`,
		`</noscript><img zqx src=x onerror=alert('zqx')>`, `</template><img zqx src=x onerror=alert('zqx')>`, `<?xml-stylesheet zqx?>`, `<!DOCTYPE zqx>`, `</main></body></html><script zqx>alert('zqx')</script>`,
	},
	"attributes": {
		`"><script zqx>alert('zqx')</script>`, `'><script zqx>alert('zqx')</script>`, "`><script zqx>alert('zqx')</script>", `" zqx onfocus="alert('zqx')" autofocus="`, `' zqx onfocus='alert(1)' autofocus='`,
		"` zqx onfocus=`alert(1)` autofocus=`", `x zqx onmouseover=alert('zqx') `, `"/zqx/onpointerenter="alert('zqx')`, `&quot; zqx onfocus=alert('zqx') x=&quot;`, `&#34; zqx onfocus=alert('zqx') x=&#34;`,
		`" style="background:url(javascript:alert('zqx'))" zqx="`, `" style="width:expression(alert('zqx'))" zqx="`, `" formaction="javascript:alert('zqx')" zqx="`, `" id="zqx" name="zqx" x="`,
	},
	"addresses": {
		`javascript:alert('zqx')`, `JaVaScRiPt:alert('zqx')`, "java\tscript:alert('zqx')", "java\nscript:alert('zqx')", ` javascript:alert('zqx')`, "\u0001javascript:alert('zqx')", `javascript&colon;alert('zqx')`,
		`&#106;avascript:alert('zqx')`, `javascript:%61lert('zqx')//https://x`, `vbscript:msgbox("zqx")`, `data:text/html,<script zqx>alert('zqx')</script>`, `data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==`,
		`//evil.example/zqx`, `\\evil.example\zqx`, `https:evil.example/zqx`, `blob:https://evil.example/zqx`, `tel:1;javascript:alert('zqx')`,
	},
	"mutations": {
		`<math zqx><mtext><table><mglyph><style><!--</style><img zqx title="--><img zqx src=1 onerror=alert('zqx')>">`, `<svg zqx></p><style><a id="</style><img zqx src=1 onerror=alert('zqx')>">`,
		`<noscript zqx><p title="</noscript><img zqx src=x onerror=alert('zqx')>">`, `<template zqx><script>alert('zqx')</script></template>`, `<form zqx><math><mtext></form><form><mglyph><style></math><img zqx src onerror=alert('zqx')>`,
		`<svg zqx><animate onbegin=alert('zqx') attributeName=x dur=1s>`, `<svg zqx><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><image href='x' onerror='alert(1)'/></svg>#x">`,
		`<svg zqx><a xlink:href="javascript:alert('zqx')"><text y=9>zqx</text></a>`, `<a zqx id=zqx><a zqx id=zqx name=body href="x:alert(1)">`, `<form zqx id=zqx><input name=action><input name=submit>`,
		`<img zqx name=cookie><img zqx name=getElementById>`, `jaVasCript:/*-/*` + "`" + `/*\` + "`" + `/*'/*"/**/(/* */oNcliCk=alert('zqx') )//%0D%0A//</stYle/</titLe/</teXtarEa/</scRipt/--!>\x3csVg zqx/oNloAd=alert('zqx')//>\x3e`,
	},
	"scripts": {
		`{{7*7}}{{constructor.constructor('alert(1)')()}}`, `${alert('zqx')}`, `#{7*7}`, `<%= 7*7 %>`, `[[${7*7}]]`, `';alert('zqx');//`, `";alert('zqx');//`, `\";alert('zqx');//`, "`;alert('zqx');//", `</script><!--`,
		`{"__proto__":{"zqx":1}}`, `\u003cscript\u003ealert('zqx')\u003c/script\u003e`, `%3Cscript%3Ealert('zqx')%3C/script%3E`, `&lt;script&gt;alert('zqx')&lt;/script&gt;`, `&amp;lt;img src=x onerror=alert('zqx')&amp;gt;`,
		`%s%n%d%!(EXTRA)`, `{0}{name}`, `$(id)`, `; ls`, `' OR 1=1 --`, `zqx'; DROP TABLE dossier; --`,
	},
	"letters": {
		"\u202ezqx\u202c", "\u2066zqx\u2069", "zq\u200bx", "\ufeff<script zqx>alert('zqx')</script>", "<\u0000script zqx>", "\uff1cscript zqx\uff1ealert('zqx')\uff1c/script\uff1e", "\u2028alert('zqx')\u2029", "\ufffd", "\u0300\u0301\u0302zqx",
		strings.Repeat("Z", 300), strings.Repeat("\u0316\u0317", 60), "👩🏿‍👧🏽", "+ADw-script zqx+AD4-alert(1)+ADw-/script+AD4-", "\u00bcscript zqx\u00bealert(1)\u00bc/script\u00be",
	},
	"formulas": {
		`=1+1`, `=HYPERLINK("https://evil.example/zqx","x")`, `+1+1`, `-1+1`, `@SUM(1)`, `=cmd|'/c calc'!A1`, "\t=1+1", "zqx\r\nBcc: zqx@evil.example", "zqx\r\n\r\n<script zqx>", "zqx\nSet-Cookie: zqx=1", "zqx%0d%0aLocation: https://evil.example",
	},
}

// nastyKinds are in a fixed order.
var nastyKinds = []string{"tags", "ends", "attributes", "addresses", "mutations", "scripts", "letters", "formulas"}

// nastyWords are what a column says in a round: in every round another kind, so that after all of them every column said
// everything. NUL is left to the forms, which take it out.
func nastyWords(round int) func(what string) string {
	return func(what string) string {
		sum := round
		for _, b := range []byte(what) {
			sum += int(b)
		}
		return strings.ReplaceAll(strings.Join(nasty[nastyKinds[sum%len(nastyKinds)]], " "), "\x00", "")
	}
}
