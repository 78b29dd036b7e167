//! Each timed future is a future in a future, and counts as both for the compiler's recursion limit, which is the
//! usual one here. It counts most where the one that awaits stands in front of the one that it awaits.

#![deny(warnings)]

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
    a12 a11 a10 a9 a8 a7 a6 a5 a4 a3 a2 a1 a0
}

fn main() {
    drop(sent(a12(&1)));
}
