//! Numbers that nobody else has: for request ids and span ids. Not for secrets.

use core::hash::{BuildHasher, Hasher};
use core::sync::atomic::{AtomicU64, Ordering};
use std::hash::RandomState;
use std::sync::OnceLock;
use std::time::SystemTime;

static SEED: OnceLock<RandomState> = OnceLock::new();

// ORDERING: Relaxed: only the numbers matter, and each is handed out once.
static NEXT: AtomicU64 = AtomicU64::new(0);

/// 64 bits without a pattern. The seed comes from the system; the process number and the time keep a
/// forked child, which inherits seed and count, from repeating its parent.
pub(super) fn random() -> u64 {
    let mut hasher = SEED.get_or_init(RandomState::new).build_hasher();
    hasher.write_u64(NEXT.fetch_add(1, Ordering::Relaxed));
    hasher.write_u32(std::process::id());
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    hasher.write_u128(now.map_or(0, |since| since.as_nanos()));
    hasher.finish()
}

/// 128 bits without a pattern.
pub(super) fn random_wide() -> u128 {
    (u128::from(random()) << 64) | u128::from(random())
}
