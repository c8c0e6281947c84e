package app

import (
	"net"
	"sync"
)

// crowd takes so many connections at once. One more hears that it is busy and is closed: in a queue nobody would know.
type crowd struct {
	net.Listener
	turns chan struct{}
}

const crowded = "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 5\r\nCache-Control: no-store\r\n" +
	"Content-Type: text/plain; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\nContent-Length: 56\r\n\r\n" +
	"Het is even te druk. / It is too busy. Try again soon.\r\n"

// Accept gives the next connection for which there is room.
func (l *crowd) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		select {
		case l.turns <- struct{}{}:
			return &guest{Conn: c, leave: sync.OnceFunc(func() { <-l.turns })}, nil
		default:
			go func() {
				_, _ = c.Write([]byte(crowded)) // whoever does not read it is not waited for: it fits what the system holds
				_ = c.Close()
			}()
		}
	}
}

// guest gives its place back when it is closed.
type guest struct {
	net.Conn
	leave func()
}

func (g *guest) Close() error {
	g.leave()
	return g.Conn.Close()
}
