//! What holds a site's records back when the call asks for it: `every`, `at_most`, `once`, `sample`.
//! Hot: a few atomics, no lock.

use core::fmt;

/// The state of a site's option.
pub struct Gate {
    _state: (),
}

impl fmt::Debug for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gate").finish_non_exhaustive()
    }
}
