//! A chain of timed futures nearly as long as the compiler takes it from bare ones needs twice the limit, since
//! each is a future in a future. Those that are told to be `Send` count most.

#![deny(warnings)]
#![recursion_limit = "256"]

use storyline::timed;

fn sent<F: Send>(future: F) -> F {
    future
}

macro_rules! chain {
    ($first:ident) => {
        async fn $first(value: &u64) -> Result<u64, std::fmt::Error> {
            std::future::ready(()).await;
            Ok(*value)
        }
    };
    ($outer:ident $inner:ident $($more:ident)*) => {
        #[timed]
        async fn $outer(value: &u64) -> Result<u64, std::fmt::Error> {
            let value = $inner(value).await?;
            Ok(value + 1)
        }
        chain!($inner $($more)*);
    };
}

chain! {
    a34 a33 a32 a31
    a30 a29 a28 a27 a26 a25 a24 a23 a22 a21
    a20 a19 a18 a17 a16 a15 a14 a13 a12 a11
    a10 a9 a8 a7 a6 a5 a4 a3 a2 a1 a0
}

fn main() {
    drop(sent(a34(&1)));
}
