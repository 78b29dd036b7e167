//! Guards in every order, on one thread and on many.

use super::super::RequestId;
use super::*;

fn request(id: &str) -> Context {
    Context::default().with_request(&id.parse::<RequestId>().expect("a valid id"))
}

fn current_id() -> Option<String> {
    Context::current().request_id().map(str::to_owned)
}

#[test]
fn a_guard_puts_back_what_was_there() {
    assert_eq!(current_id(), None);
    {
        let _outer = request("outer").enter();
        {
            let _inner = request("inner").enter();
            assert_eq!(current_id().as_deref(), Some("inner"));
        }
        assert_eq!(current_id().as_deref(), Some("outer"));
    }
    assert_eq!(current_id(), None);
}

#[test]
fn guards_dropped_out_of_order_leave_the_innermost_that_is_held() {
    let first = request("first").enter();
    let second = request("second").enter();
    let third = request("third").enter();
    drop(second);
    assert_eq!(current_id().as_deref(), Some("third"));
    drop(third);
    assert_eq!(current_id().as_deref(), Some("first"));
    let fourth = request("fourth").enter();
    drop(first);
    assert_eq!(current_id().as_deref(), Some("fourth"));
    drop(fourth);
    assert_eq!(current_id(), None);
}

#[test]
fn the_empty_context_hides_an_outer_one() {
    let _outer = request("outer").enter();
    let _empty = Context::default().enter();
    assert_eq!(current_id(), None);
}

#[test]
fn a_panic_leaves_the_context() {
    let result = std::panic::catch_unwind(|| {
        let _inside = request("doomed").enter();
        std::panic::resume_unwind(Box::new(()));
    });
    assert!(result.is_err());
    assert_eq!(current_id(), None);
}

#[test]
fn threads_do_not_share_it() {
    let _here = request("here").enter();
    let there = std::thread::spawn(current_id).join().expect("no panic");
    assert_eq!(there, None);
}

#[test]
fn the_stack_gives_its_memory_back() {
    let one = request("one").enter();
    let two = request("two").enter();
    drop(two);
    drop(one);
    STACK.with(|stack| assert_eq!(stack.borrow().below.capacity(), 0));
}
