// Package core holds what every capability speaks: identifiers, dates, instants and the one kind of error that may be
// shown. It imports the standard library only.
package core

import (
	_ "time/tzdata" // a binary on a machine without zone files still knows when a day begins
)
