//! Methods, with every receiver.

use std::error::Error;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use storyline::testing::capture;
use storyline::timed;

use crate::ledger::text;
use crate::timed::{Declined, poll_once, yield_once};

#[derive(Default)]
struct Store {
    values: Vec<u8>,
}

impl Store {
    #[timed]
    fn by_ref(&self) -> usize {
        self.values.len()
    }

    #[timed]
    fn get_mut(&mut self, at: usize) -> Result<&mut u8, Declined> {
        let values = &mut self.values;
        values.get_mut(at).ok_or(Declined::new("no such value"))
    }

    #[timed]
    fn push(mut self, value: u8) -> Self {
        self.values.push(value);
        self
    }

    #[timed]
    fn by_box(self: Box<Self>) -> usize {
        self.values.len()
    }

    #[timed]
    fn by_arc(self: &Arc<Self>) -> usize {
        Arc::strong_count(self)
    }

    #[timed]
    fn by_rc(self: Rc<Self>) -> usize {
        Rc::strong_count(&self)
    }

    #[timed]
    fn by_pin(self: Pin<&mut Self>) -> usize {
        self.get_mut().values.len()
    }

    #[timed(fields(self.values = self.values.len(), by))]
    async fn async_mut(&mut self, by: u8) -> &mut Self {
        yield_once().await;
        self.values.push(by);
        self
    }

    #[timed]
    fn iterate<'a>(
        &'a self,
        from: &str,
    ) -> Result<impl Iterator<Item = &'a u8> + use<'a>, Box<dyn Error>> {
        let from: usize = from.parse()?;
        Ok(self.values.iter().skip(from))
    }
}

#[test]
fn every_receiver() {
    let logged = capture(|| {
        let mut store = Store::default().push(1).push(2);
        assert_eq!(store.by_ref(), 2);
        *store.get_mut(1).expect("two values") += 5;
        assert!(store.get_mut(9).is_err());
        assert_eq!(
            store
                .iterate("1")
                .expect("a number")
                .copied()
                .collect::<Vec<_>>(),
            [7]
        );
        assert!(store.iterate("x").is_err());
        let mut future = Box::pin(store.async_mut(3));
        assert!(poll_once(future.as_mut()).is_pending());
        assert!(poll_once(future.as_mut()).is_ready());
        drop(future);
        assert_eq!(Pin::new(&mut store).by_pin(), 3);
        assert_eq!(Box::new(store).by_box(), 3);
        assert_eq!(Arc::new(Store::default()).by_arc(), 1);
        assert_eq!(Rc::new(Store::default()).by_rc(), 1);
    });
    let names: Vec<&str> = logged.iter().map(|it| text(it, "name")).collect();
    assert_eq!(
        names,
        [
            "push",
            "push",
            "by_ref",
            "get_mut",
            "get_mut",
            "iterate",
            "iterate",
            "async_mut",
            "by_pin",
            "by_box",
            "by_arc",
            "by_rc"
        ]
    );
    assert_eq!(text(&logged[4], "error"), "no such value");
    assert_eq!(text(&logged[6], "error"), "invalid digit found in string");
}
