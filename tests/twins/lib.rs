//! Functions of every kind, each under `#[timed]`, in a crate that is compiled twice for each edition: with
//! storyline, and with an attribute of the same name that does nothing. `tests/it/twins` lets both run and
//! has both linted: what they do, and what the compiler and clippy say of them, must be the same.
//!
//! The code is what users write, well or badly, so nothing is said of it here.
#![cfg_attr(not(every_lint), allow(warnings, clippy::all, clippy::pedantic))]

mod async_traits;
mod attributes;
mod autos;
mod crowded;
mod destructors;
mod drops;
mod expected;
mod fragments;
mod functions;
mod futures;
mod items;
mod mistakes;
mod panics;
mod receivers;
mod returned;
mod shadowed;
mod signatures;
mod temporaries;
mod trace;
mod traits;
mod written;

use trace::Trace;

/// Runs everything and tells what happened, in order. Sets the panic hook: where a panic came from is told, too.
pub fn run() -> Vec<(String, String)> {
    let mut trace = Trace::watching();
    functions::run(&mut trace);
    returned::run(&mut trace);
    expected::run(&mut trace);
    signatures::run(&mut trace);
    attributes::run(&mut trace);
    receivers::run(&mut trace);
    futures::run(&mut trace);
    autos::run(&mut trace);
    traits::run(&mut trace);
    async_traits::run(&mut trace);
    items::run(&mut trace);
    written::run(&mut trace);
    shadowed::run(&mut trace);
    crowded::run(&mut trace);
    fragments::run(&mut trace);
    drops::run(&mut trace);
    temporaries::run(&mut trace);
    destructors::run(&mut trace);
    panics::run(&mut trace);
    mistakes::run(&mut trace);
    trace.0
}

/// What is known to differ, and is said in the documentation of `#[timed]`.
pub fn run_what_differs() -> Vec<(String, String)> {
    let mut trace = Trace::watching();
    drops::run_what_differs(&mut trace);
    trace.0
}
