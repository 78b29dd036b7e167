//! The order in which a step is evaluated, and what happens when that ends early.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use storyline::testing::{capture, capture_async};
use storyline::{IllegalTransition, Machine, state_machine, transition};

use super::{Order, text};

thread_local! {
    static STEPS: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

fn note(step: &'static str) {
    STEPS.with_borrow_mut(|steps| steps.push(step));
}

/// Says when it is dropped.
struct Held(&'static str);

impl Drop for Held {
    fn drop(&mut self) {
        note(self.0);
    }
}

#[state_machine(initial = A)]
#[expect(dead_code, reason = "the payloads are there to be dropped")]
enum Letter {
    #[to(B, C)]
    A(Held),
    #[to(C)]
    B(Held),
    #[to(A)]
    C(Held),
}

#[test]
fn the_order_is_read_evaluate_judge_capture_assign() {
    STEPS.take();
    let mut letter = Letter::A(Held("previous dropped"));
    let captured = capture(|| {
        transition!(
            letter => {
                note("next evaluated");
                Letter::B(Held("next dropped"))
            },
            seen = {
                note("field captured");
                letter.state_name()
            }
        )
        .expect("an edge");
        note("returned");
    });
    // A field sees the place as it was.
    captured.assert_logged("state_transition").with("seen", "a");
    assert_eq!(
        STEPS.take(),
        [
            "next evaluated",
            "field captured",
            "previous dropped",
            "returned"
        ]
    );
    transition!(letter => Letter::A(Held("refused dropped"))).expect_err("no edge");
    assert_eq!(STEPS.take(), ["refused dropped"]);
    drop(letter);
    assert_eq!(STEPS.take(), ["next dropped"]);
}

#[test]
fn the_state_is_read_before_the_next_one_is_evaluated() {
    let mut letter = Letter::B(Held(""));
    let captured = capture(|| {
        transition!(letter => {
            letter = Letter::A(Held(""));
            Letter::C(Held(""))
        })
        .expect("an edge from what was read");
    });
    captured.assert_logged("state_transition").with("from", "b");
    assert_eq!(letter.state_name(), "c");
    STEPS.take();
}

#[test]
fn a_next_state_that_is_not_reached_changes_and_logs_nothing() {
    fn failing(order: &mut Order) -> Result<(), Box<dyn std::error::Error>> {
        fn next() -> Result<Order, std::num::ParseIntError> {
            "no number"
                .parse()
                .map(|attempt| Order::PaymentPending { attempt })
        }
        transition!(order => next()?)?;
        Ok(())
    }

    let mut order = Order::Created;
    let captured = capture(|| failing(&mut order).expect_err("there is no next state"));
    captured.assert_nothing_logged();
    assert_eq!(order, Order::Created);

    let captured = capture(|| {
        let panicking = || transition!(order => if order == Order::Created { panic!("no next state") } else { Order::Cancelled });
        catch_unwind(AssertUnwindSafe(panicking)).expect_err("it panicked");
    });
    captured.assert_nothing_logged();
    assert_eq!(order, Order::Created);
}

#[test]
fn a_step_is_taken_though_nobody_wants_the_record() {
    // No capture and no set-up: INFO goes nowhere.
    let mut order = Order::Created;
    assert!(transition!(order => Order::Cancelled).is_ok());
    assert_eq!(order, Order::Cancelled);
}

#[tokio::test]
async fn the_next_state_may_be_awaited() {
    async fn pay() -> Order {
        tokio::task::yield_now().await;
        Order::Paid(String::new())
    }

    let mut order = Order::PaymentPending { attempt: 1 };
    let (result, captured) = capture_async(async { transition!(order => pay().await) }).await;
    assert_eq!(result, Ok(()));
    captured
        .assert_logged("state_transition")
        .with("to", "paid");
}

#[test]
fn nested_steps_are_logged_in_the_order_of_their_causes() {
    fn cancel(order: &mut Order) -> Result<Order, IllegalTransition> {
        transition!(order => Order::Cancelled)?;
        Ok(Order::Abandoned)
    }

    let mut outer = Order::PaymentFailed;
    let mut inner = Order::Created;
    let captured =
        capture(|| transition!(outer => cancel(&mut inner)?).and(Ok::<(), IllegalTransition>(())));
    let names: Vec<_> = captured.iter().map(|it| it.field("to").cloned()).collect();
    assert_eq!(names, [Some(text("cancelled")), Some(text("abandoned"))]);
}
