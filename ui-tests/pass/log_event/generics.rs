//! Call sites in generic functions: their values are of types that only the caller knows.
#![deny(warnings)]
#![forbid(unsafe_code)]

use storyline::{Capture, Machine, Tracked, info, log_event, state_machine, timed, transition};

#[state_machine(initial = Open)]
enum Door<'a, T> {
    #[to(Shut)]
    Open,
    #[terminal]
    Shut(&'a T),
}

fn value<T: Capture>(value: T) {
    info!("of_a_value", value, twice = (&value, 1).1);
}

fn reference<'a, T: Capture + ?Sized>(value: &'a T, more: Option<&'a T>) {
    info!("of_a_reference", value, more);
}

fn forms<T: std::fmt::Debug + std::fmt::Display>(it: &[T]) {
    for one in it {
        info!("of_its_forms", "{one:?}", shown = %one, other: redact = one);
    }
}

#[timed(fields(value))]
fn timed_value<T: Capture>(value: T) -> Option<T> {
    Some(value)
}

async fn awaited<T: Capture, F: Future<Output = T>>(future: F) {
    info!("of_what_is_awaited", value = future.await, last = 1);
}

fn step<'a, T, I: Capture>(id: I, next: &'a T, note: impl Capture) {
    let mut door = Tracked::new(id, Door::<'a, T>::Open);
    let _ = transition!(door => Door::Shut(next), note);
    let mut bare = Door::<'a, T>::Open;
    let _ = transition!(bare: Open => Door::Shut(next));
    log_event!((storyline::Level::Info), "stands", state = bare.state_name());
}

fn main() {
    value(7_u8);
    value("text");
    reference("text", None);
    forms(&[1, 2]);
    let _ = timed_value(String::new());
    drop(awaited(async { 1_u64 }));
    step(7_u64, &1_u8, "a note");
    step("id", &"x", Some(1.5));
}
