package phrase

import "maatje/internal/account/phrase/leaked"

// stolen says whether a passphrase, in small letters and without spaces, stands in a published list of stolen ones.
func stolen(plain string) bool { return leaked.Has(plain) }
