//! storyline, as its first page sets it up, and three more ways of it.

use std::marker::PhantomData;
use std::path::Path;

use storyline::{Guard, Level, Recorder, RequestGuard, format, log_event, sink};

use super::TIMEOUT;
use crate::measure::{Error, Rival};

/// What differs from the first page.
pub(crate) trait Way {
    /// The file holds JSON, not lines.
    const JSON: bool = false;
    /// Rings live in files of the recorder, from which the next start writes what a kill left.
    const RECORDER: bool = true;
    /// All calls are made inside one request, whose id each line carries.
    const REQUEST: bool = false;
}

pub(crate) struct Lines;
impl Way for Lines {}

pub(crate) struct Json;
impl Way for Json {
    const JSON: bool = true;
}

pub(crate) struct InRequest;
impl Way for InRequest {
    const REQUEST: bool = true;
}

pub(crate) struct NoRecorder;
impl Way for NoRecorder {
    const RECORDER: bool = false;
}

pub(crate) struct Storyline<W> {
    guard: Guard,
    _request: Option<RequestGuard>,
    _way: PhantomData<W>,
}

impl<W: Way> Rival for Storyline<W> {
    fn start(folder: &Path) -> Result<Self, Error> {
        let mut setup = storyline::setup("payment-service").level(Level::Info);
        let file = folder.join("payment.log");
        setup = if W::JSON {
            setup.sink(sink::file(file).format(format::Json::default()))
        } else {
            setup.file(file)
        };
        if !W::RECORDER {
            setup = setup.recorder(Recorder::off());
        }
        Ok(Self {
            guard: setup.start()?,
            _request: W::REQUEST.then(|| storyline::request_scope("req-7f3a9c21")),
            _way: PhantomData,
        })
    }

    #[inline(always)]
    fn off(&self, n: u64, provider: &str) {
        log_event!(
            DEBUG,
            "payment_initiated",
            user_id = n,
            amount = 500_u64,
            provider = provider
        );
    }

    #[inline(always)]
    fn call(&self, n: u64, provider: &str) {
        log_event!(
            INFO,
            "payment_initiated",
            user_id = n,
            amount = 500_u64,
            provider = provider
        );
    }

    fn flush(&mut self) {
        // What did not arrive is seen in the file.
        drop(self.guard.flush(TIMEOUT));
    }

    fn finish(mut self) {
        self.flush();
    }
}
