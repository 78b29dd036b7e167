//! Values that have a destructor of their own: consumed, given back, or panicking when they go.

use storyline::timed;

use crate::trace::{drive, note, take_notes, yield_once, Named, Trace};

/// What has a destructor of its own, and is consumed.
struct Dropped(Named, bool);

impl Drop for Dropped {
    fn drop(&mut self) {
        note("dropped");
    }
}

impl Dropped {
    #[timed]
    fn consumed(self) -> usize {
        self.0.len()
    }

    #[timed]
    fn forgotten(self) {
        std::mem::forget(self)
    }

    #[timed]
    fn given_back(mut self: Box<Self>, mut a: Named) -> Box<Self> {
        a.0 = "a changed";
        self.1 = !self.1;
        self
    }

    #[timed]
    async fn later(mut self) -> bool {
        self.1 = !self.1;
        yield_once().await;
        self.1
    }
}

/// Panics when it is dropped.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        assert!(std::thread::panicking(), "a bomb");
    }
}

#[timed]
fn explodes_as_an_argument(_bomb: Bomb, b: Named) {
    note("body")
}

#[timed]
fn explodes_as_a_local(b: Named) -> usize {
    let _bomb = Bomb;
    b.len()
}

#[timed]
fn explodes_beside_a_value(b: Named) -> Result<Bomb, String> {
    let _bomb = Bomb;
    Ok(Bomb)
}

pub(crate) fn run(t: &mut Trace) {
    let n = Named;
    let dropped = || Dropped(n("member"), true);
    macro_rules! caught {
        ($($call:expr;)*) => {
            $(t.caught(stringify!($call), || $call);)*
        };
    }
    caught! {
        dropped().consumed();
        dropped().forgotten();
        Box::new(dropped()).given_back(n("a")).0.len();
        drive(dropped().later());
        explodes_as_an_argument(Bomb, n("b"));
        explodes_as_a_local(n("b"));
        explodes_beside_a_value(n("b")).is_ok();
    }
    t.add("nothing left", take_notes());
}
