//! The records of the layer, made inside the context of the request.

use http::StatusCode;

use crate::level::Level;
use crate::own::{emit_if_wanted, own_site};
use crate::wire::Ticks;

pub(super) fn received(method: &str, path: &str) {
    let site = own_site!("storyline::tower", "request_received", ["method", "path"]);
    emit_if_wanted(site, Level::Info, || (method, (path, ())));
}

pub(super) fn sent(status: StatusCode, ticks: u64) {
    let site = own_site!(
        "storyline::tower",
        "response_sent",
        ["status", "duration_ms"]
    );
    let level = if status.is_server_error() {
        Level::Error
    } else {
        Level::Info
    };
    let status = u64::from(status.as_u16());
    emit_if_wanted(site, level, || (status, (Ticks(ticks), ())));
}

pub(super) fn cancelled(ticks: u64) {
    let site = own_site!("storyline::tower", "request_cancelled", ["duration_ms"]);
    emit_if_wanted(site, Level::Warning, || (Ticks(ticks), ()));
}

pub(super) fn panicked(ticks: u64) {
    let site = own_site!("storyline::tower", "request_panicked", ["duration_ms"]);
    emit_if_wanted(site, Level::Error, || (Ticks(ticks), ()));
}

pub(super) fn failed(error: &str, ticks: u64) {
    let site = own_site!(
        "storyline::tower",
        "request_failed",
        ["duration_ms", "error"]
    );
    emit_if_wanted(site, Level::Error, || (Ticks(ticks), (error, ())));
}
