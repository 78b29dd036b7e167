//! emit with `emit_file`, which writes JSON and syncs each batch to the disk.

use std::path::Path;

use super::TIMEOUT;
use crate::measure::{Error, Rival};

pub(crate) struct Json;

impl Rival for Json {
    fn start(folder: &Path) -> Result<Self, Error> {
        let _ = emit::setup()
            .emit_to(emit_file::set(folder.join("payment.json")).spawn())
            .emit_when(emit::level::min_filter(emit::Level::Info))
            .init();
        Ok(Self)
    }

    #[inline(always)]
    fn off(&self, n: u64, provider: &str) {
        emit::debug!("payment_initiated", user_id: n, amount: 500_u64, provider);
    }

    #[inline(always)]
    fn call(&self, n: u64, provider: &str) {
        emit::info!("payment_initiated", user_id: n, amount: 500_u64, provider);
    }

    fn flush(&mut self) {
        emit::blocking_flush(TIMEOUT);
    }

    fn finish(self) {
        emit::blocking_flush(TIMEOUT);
    }
}
