//! Everywhere an expression of type `()` may stand.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs)]

use storyline::{debug, info, log_event};

fn in_a_match_arm(answer: Result<u8, u8>) {
    match answer {
        Ok(value) => log_event!(INFO, "answer_read", value),
        Err(code) if code > 3 => log_event!(WARNING, "answer_refused", code),
        Err(_) => (),
    }
}

fn in_a_closure() -> impl Fn(u8) {
    |step| log_event!(DEBUG, "step_done", step)
}

fn as_the_value_of_a_block() {
    let unit: () = { info!("block_left") };
    let () = if true { debug!("branch_taken") } else { info!("branch_left") };
    unit
}

fn with_control_flow(input: Option<u8>) -> Option<u8> {
    log_event!(INFO, "input_read", input = input?);
    for step in 0..3 {
        log_event!(INFO, "step_done", step = if step == 2 { break } else { step });
    }
    input
}

async fn in_an_async_fn(id: u64) {
    info!("request_read", id);
    info!("request_done", status = status(id).await, id, "and" = %status(id).await);
}

async fn status(id: u64) -> u64 {
    id
}

/// The future may go to another thread: no captured value is held over an `.await`.
fn sent() -> impl Future<Output = ()> + Send {
    async {
        let text = String::from("x");
        log_event!(INFO, "request_read", %text, status = status(1).await, "b" = ?text, c: serde = text);
        in_an_async_fn(2).await;
        log_event!(INFO, "request_done", text: mask(last = 2), "h": hash = text);
    }
}

fn main() {
    in_a_match_arm(Ok(1));
    in_a_closure()(2);
    as_the_value_of_a_block();
    assert_eq!(with_control_flow(None), None);
    drop(sent());
}
