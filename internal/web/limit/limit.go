// Package limit says how much is taken from outside, each in one place. What is more gets a sentence and costs little
// (docs/reliability.md has the table; each limit has a test just below and just above it).
package limit

import "time"

// What one request may bring.
const (
	// Body is the largest body, in bytes. The largest form has three stories of 20,000 characters, which is 0.7 MB when all of
	// them are emoji. There are no uploads: nothing larger has a place to go.
	Body = 1 << 20
	// Drained is how much of a larger body is thrown away, so that a browser that is still sending sees the page that says so.
	Drained = 8 << 20
	// Address is the longest address with its query, in bytes: a search, or a way back.
	Address = 4 << 10
	// Head are the bytes of all headers that are answered with a page; from ServerHead on net/http answers by itself.
	Head = 16 << 10
	// ServerHead is what the server reads of a head before it answers 431 and closes.
	ServerHead = 32 << 10
	// Names are how many different fields a form may have, and Values how many values; the largest of ours has 60 and 200.
	Names, Values = 300, 1000
	// Name is the longest name of a field, in bytes.
	Name = 100
	// Line and Text are the most characters of a one-line field and of a story, where its form says nothing else.
	Line, Text = 200, 20_000
	// Page is the highest page of a list that is asked for.
	Page = 100_000
)

// How long each part of a request may take.
const (
	// ReadHead is for the headers, from the first byte or from the end of the request before it.
	ReadHead = 5 * time.Second
	// Read is for headers and body together.
	Read = 20 * time.Second
	// Drain is for the rest of a body that is too large.
	Drain = 5 * time.Second
	// Queue is how long a request waits for its turn before it hears that it is busy.
	Queue = 5 * time.Second
	// Work is for the answer itself: after it the database drops what it is doing.
	Work = 25 * time.Second
	// Write is from the end of the headers to the last byte of the answer.
	Write = 60 * time.Second
	// Idle is how long a connection stays open for another request.
	Idle = 2 * time.Minute
	// Stop is how long running requests may finish when the program stops.
	Stop = 10 * time.Second
)

// How much at once.
const (
	// Connections are those that are open; one more hears that it is busy and is closed.
	Connections = 4096
	// Requests are those that are being answered. Reading a body and writing an answer do not count: a slow reader holds nobody up.
	Requests = 128
	// Heavy are the requests of those that read a whole programme: figures and exports.
	Heavy = 2
	// Bodies are the bytes of all bodies that are held at a moment.
	Bodies = 64 << 20
)
