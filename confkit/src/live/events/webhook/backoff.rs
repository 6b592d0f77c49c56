//! How long to wait before a request is sent again.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::time::Duration;

/// How often it is tried, and in which steps.
#[derive(Debug, Clone, Copy)]
pub(super) struct Backoff {
    pub(super) attempts: u32,
    pub(super) base: Duration,
    pub(super) longest: Duration,
}

impl Backoff {
    /// Any time up to the base, doubled for each failure, so that senders which failed together do not come
    /// back together.
    pub(super) fn wait(&self, failures: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(failures.saturating_sub(1));
        let most = self.base.saturating_mul(doubled).min(self.longest);
        // The keys of hash maps are random.
        let random = u32::try_from(RandomState::new().hash_one(failures) >> 32).unwrap_or_default();
        most.mul_f64(f64::from(random) / f64::from(u32::MAX))
    }
}
