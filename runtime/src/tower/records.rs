//! The records of the layer, made inside the context of the request.

use http::StatusCode;

use crate::emit::emit;
use crate::level::Level;
use crate::site::{Meta, Site};
use crate::wire::Ticks;

const OWN: Meta = Meta {
    events: &[],
    keys: &[],
    constants: &[],
    template: &[],
    target: "storyline::tower",
    module: module_path!(),
    file: file!(),
    line: line!(),
    gate: None,
};

pub(super) fn received(method: &str, path: &str) {
    static SITE: Site = Site::new(&Meta {
        events: &["request_received"],
        keys: &["method", "path"],
        ..OWN
    });
    if Level::Info.is_compiled() && SITE.wants(Level::Info) {
        emit(&SITE, Level::Info, 0, (method, (path, ())));
    }
}

pub(super) fn sent(status: StatusCode, ticks: u64) {
    static SITE: Site = Site::new(&Meta {
        events: &["response_sent"],
        keys: &["status", "duration_ms"],
        ..OWN
    });
    let level = if status.is_server_error() {
        Level::Error
    } else {
        Level::Info
    };
    if level.is_compiled() && SITE.wants(level) {
        let status = u64::from(status.as_u16());
        emit(&SITE, level, 0, (status, (Ticks(ticks), ())));
    }
}

pub(super) fn cancelled(ticks: u64) {
    static SITE: Site = Site::new(&Meta {
        events: &["request_cancelled"],
        keys: &["duration_ms"],
        ..OWN
    });
    if Level::Warning.is_compiled() && SITE.wants(Level::Warning) {
        emit(&SITE, Level::Warning, 0, (Ticks(ticks), ()));
    }
}

pub(super) fn panicked(ticks: u64) {
    static SITE: Site = Site::new(&Meta {
        events: &["request_panicked"],
        keys: &["duration_ms"],
        ..OWN
    });
    if Level::Error.is_compiled() && SITE.wants(Level::Error) {
        emit(&SITE, Level::Error, 0, (Ticks(ticks), ()));
    }
}

pub(super) fn failed(error: &str, ticks: u64) {
    static SITE: Site = Site::new(&Meta {
        events: &["request_failed"],
        keys: &["duration_ms", "error"],
        ..OWN
    });
    if Level::Error.is_compiled() && SITE.wants(Level::Error) {
        emit(&SITE, Level::Error, 0, (Ticks(ticks), (error, ())));
    }
}
