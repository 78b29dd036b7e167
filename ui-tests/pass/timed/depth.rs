//! Each timed future is a future in a future, so a chain of them needs a higher limit than one of bare futures.
//! Those that are told to be `Send` count most.

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
    a20 a19 a18 a17 a16 a15 a14 a13 a12 a11
    a10 a9 a8 a7 a6 a5 a4 a3 a2 a1 a0
}

fn main() {
    drop(sent(a20(&1)));
}
