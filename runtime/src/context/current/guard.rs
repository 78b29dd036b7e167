//! What keeps a context current.

use core::fmt;
use core::marker::PhantomData;

use super::{GuardsAreForThreadsUseInRequestForFutures, exit};

/// Keeps a context current on this thread; dropping it puts back what was current before.
///
/// Guards may be dropped in any order: the innermost one that is still held decides. A context keeps what
/// it took over when it was made, so an outer field outlives its guard in there.
///
/// ```
/// use storyline::testing::capture;
///
/// let logged = capture(|| {
///     let outer = storyline::context!(tenant = "acme");
///     let inner = storyline::context!(attempt = 2);
///     drop(outer);
///     storyline::info!("inside");
///     drop(inner);
///     storyline::info!("outside");
/// });
/// logged.assert_logged("inside").with("tenant", "acme").with("attempt", 2);
/// logged.assert_logged("outside").without("tenant").without("attempt");
/// ```
///
/// It stays on its thread:
///
/// ```compile_fail
/// fn needs_send<T: Send>(_: T) {}
/// needs_send(storyline::Context::current().enter());
/// ```
#[must_use = "the context is left again as soon as the guard is dropped; bind it to a name: `let _inside = ...`"]
pub struct ContextGuard {
    pub(super) id: u64,
    pub(super) not_send: PhantomData<*const GuardsAreForThreadsUseInRequestForFutures>,
}

impl Drop for ContextGuard {
    fn drop(&mut self) {
        if self.id != 0 {
            exit(self.id);
        }
    }
}

impl fmt::Debug for ContextGuard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ContextGuard").finish_non_exhaustive()
    }
}
