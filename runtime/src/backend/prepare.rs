//! Where a start begins: the sinks' lanes, what is shared, the background thread's half.

use std::sync::Arc;
use std::time::Duration;

use super::lane::Lane;
use super::losses::Losses;
use super::press::Press;
use super::shared::Shared;
use super::worker::Worker;
use crate::filter::Filter;
use crate::flight::Session;
use crate::sink::Parts;

/// Makes both halves. `parts` are the sinks; `default_level` is that of set-up.
pub(crate) fn prepare(
    service: String,
    filter: Filter,
    default_level: u8,
    parts: Vec<Parts>,
    recorder: Option<Arc<Session>>,
    summary_every: Duration,
) -> (Arc<Shared>, Worker) {
    let losses = Losses::new(&mut parts.iter().map(|parts| &*parts.name));
    let sinks_level = parts.iter().map(Parts::threshold).min().unwrap_or(0);
    let mut lanes = Vec::with_capacity(parts.len());
    for parts in parts {
        lanes.push(Lane::new(parts, lanes.len(), &losses));
    }
    let shared = Arc::new(Shared::new(&lanes, default_level, sinks_level, recorder));
    let press = Press::new(Arc::clone(&shared), service, filter, lanes, losses);
    let worker = Worker::new(Arc::clone(&shared), press, summary_every);
    (shared, worker)
}
