//! Names of the language that mean something else here, and machines that a macro of the user's makes.

#![allow(dead_code, non_snake_case)]

mod core {}
mod std {}
type Result = ();
type Option = ();
struct Some;
struct None;
fn Ok() {}
fn Err() {}

use storyline::{state_machine, transition};

#[state_machine(initial = A)]
#[repr(u8)]
enum Number {
    #[to(B)]
    A = 3,
    #[to(A)]
    B = 7,
}

macro_rules! make {
    ($name:ident, $first:ident, $last:ident) => {
        #[state_machine(initial = $first)]
        enum $name {
            #[to($last)]
            $first,
            #[terminal]
            $last,
        }
    };
}

make!(Made, Begun, Done);

macro_rules! go {
    ($place:ident: $from:ident => $machine:ident::$to:ident) => {
        transition!($place: $from => $machine::$to)
    };
}

fn main() {
    let mut number = Number::A;
    assert!(transition!(number: A => Number::B).is_ok());
    assert_eq!(number as u8, 7);
    let mut made = Made::Begun;
    assert!(go!(made: Begun => Made::Done).is_ok());
    assert!(matches!(made, Made::Done));
}
