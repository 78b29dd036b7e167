//! logforth behind the `log` facade, with its asynchronous appender around a file of JSON.

use std::path::Path;

use logforth::append::asynchronous::AsyncBuilder;
use logforth::append::file::FileBuilder;
use logforth::layout::JsonLayout;

use crate::measure::{Error, Rival};

pub(crate) struct Json;

impl Rival for Json {
    fn start(folder: &Path) -> Result<Self, Error> {
        start(folder)?;
        Ok(Self)
    }

    #[inline(always)]
    fn off(&self, n: u64, provider: &str) {
        log::debug!(user_id = n, amount = 500_u64, provider; "payment_initiated");
    }

    #[inline(always)]
    fn call(&self, n: u64, provider: &str) {
        log::info!(user_id = n, amount = 500_u64, provider; "payment_initiated");
    }

    fn flush(&mut self) {
        log::logger().flush();
    }

    fn finish(self) {
        log::logger().flush();
    }
}

pub(super) fn start(folder: &Path) -> Result<(), Error> {
    let file = FileBuilder::new(folder, "payment")
        .filename_suffix("json")
        .layout(JsonLayout::default())
        .build()?;
    let writer = AsyncBuilder::new("logforth-async").append(file).build();
    logforth::starter_log::builder()
        .dispatch(|dispatch| dispatch.append(writer))
        .try_apply()?;
    log::set_max_level(log::LevelFilter::Info);
    Ok(())
}
