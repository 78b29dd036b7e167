//! Methods with every receiver, and what they give back.

use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use storyline::timed;

use crate::trace::{drive, yield_once, Trace};

#[derive(Clone, Debug, Default)]
struct Store<T = u8> {
    values: Vec<T>,
}

impl<T> Store<T> {
    #[timed]
    fn new() -> Self {
        Self { values: Vec::new() }
    }

    #[timed]
    fn by_value(self) -> Vec<T> {
        self.values
    }

    #[timed]
    fn by_mut_value(mut self, value: T) -> Self {
        self.values.push(value);
        self
    }

    #[timed]
    fn by_ref(&self) -> Option<&T> {
        self.values.first()
    }

    #[timed]
    fn by_named_ref<'a, 'b>(&'a self, _other: &'b str) -> Option<&'a T> {
        self.values.first()
    }

    #[timed]
    fn by_mut(&mut self, at: usize) -> Result<&mut T, String> {
        let values = &mut self.values;
        values.get_mut(at).ok_or_else(|| format!("no {at}"))
    }

    #[timed]
    fn by_mut_looping(&mut self, at: usize) -> Option<&mut T> {
        let mut rest = &mut self.values[..];
        for _ in 0..at {
            let (_, tail) = rest.split_first_mut()?;
            rest = tail;
        }
        rest.first_mut()
    }

    #[timed]
    fn chained(&mut self, value: T) -> &mut Self {
        self.values.push(value);
        self
    }

    #[timed]
    fn typed(self: &Self) -> usize {
        self.values.len()
    }

    #[timed]
    fn typed_mut(self: &mut Self) -> usize {
        self.values.pop();
        self.values.len()
    }

    #[timed]
    fn typed_value(self: Self) -> usize {
        self.values.len()
    }

    #[timed]
    fn by_box(self: Box<Self>) -> Box<Self> {
        self
    }

    #[timed]
    fn by_mut_box(mut self: Box<Self>, value: T) -> usize {
        self.values.push(value);
        self.values.len()
    }

    #[timed]
    fn by_mut_ref_to_box(self: &mut Box<Self>, value: T) -> &mut T {
        self.values.push(value);
        self.values.last_mut().expect("one was pushed")
    }

    #[timed]
    fn by_pinned_rc_in_a_box(self: Box<Pin<Rc<Self>>>) -> usize
    where
        T: Unpin,
    {
        Rc::strong_count(&Pin::into_inner(*self))
    }

    #[timed]
    fn by_rc(self: Rc<Self>) -> usize {
        Rc::strong_count(&self)
    }

    #[timed]
    fn by_arc(self: Arc<Self>) -> usize {
        Arc::strong_count(&self)
    }

    #[timed]
    fn by_arc_ref(self: &Arc<Self>) -> Arc<Self> {
        Arc::clone(self)
    }

    #[timed]
    fn by_pin(self: Pin<&mut Self>, value: T) -> usize
    where
        T: Unpin,
    {
        let this = self.get_mut();
        this.values.push(value);
        this.values.len()
    }

    #[timed]
    fn by_pinned_ref(self: Pin<&Self>) -> usize {
        self.values.len()
    }

    #[timed]
    fn by_pinned_box(self: Pin<Box<Self>>) -> usize {
        self.values.len()
    }

    #[timed]
    fn closes_over(&mut self) -> impl FnMut(T) -> usize + '_ {
        move |value| {
            self.values.push(value);
            self.values.len()
        }
    }

    #[timed]
    fn iterates<'a>(&'a self) -> Box<dyn Iterator<Item = &'a T> + 'a> {
        Box::new(self.values.iter())
    }

    #[timed]
    async fn async_ref(&self) -> Option<&T> {
        yield_once().await;
        self.values.first()
    }

    #[timed]
    async fn async_mut(&mut self, value: T) -> &mut Self {
        yield_once().await;
        self.values.push(value);
        self
    }

    #[timed]
    async fn async_value(mut self, value: T) -> Self {
        yield_once().await;
        self.values.push(value);
        self
    }

    #[timed]
    async fn async_pin(self: Pin<&mut Self>) -> usize
    where
        T: Unpin,
    {
        yield_once().await;
        self.get_mut().values.len()
    }

    #[timed]
    async fn async_arc(self: Arc<Self>, mut other: Arc<Self>) -> usize {
        yield_once().await;
        other = self;
        Arc::strong_count(&other)
    }
}

impl Store<u8> {
    const LIMIT: usize = 2;

    #[timed(fields(self.values = self.values.len()))]
    fn with_fields(&self) -> Result<u8, &'static str> {
        if self.values.len() > Self::LIMIT {
            return Err("too many");
        }
        Self::sum(&self.values)
    }

    #[timed]
    fn sum(values: &[u8]) -> Result<u8, &'static str> {
        Ok(values.iter().sum())
    }
}

pub(crate) fn run(t: &mut Trace) {
    let mut store = Store::new().by_mut_value(1_u8).by_mut_value(2);
    t.add("ref", (store.by_ref(), store.by_named_ref("")));
    if let Ok(value) = store.by_mut(1) {
        *value += 1;
    }
    t.add("mut", store.by_mut(1).map(|it| *it));
    t.add("mut", store.by_mut(9).map(|it| *it));
    t.add("looping", store.by_mut_looping(1).map(|it| *it));
    t.add("chained", store.chained(4).chained(5).typed());
    t.add("typed", store.typed_mut());
    t.add("typed", store.clone().typed_value());
    t.add("box", Box::new(store.clone()).by_box().by_mut_box(6));
    t.add("box", *Box::new(store.clone()).by_mut_ref_to_box(6));
    let pinned = Box::new(Pin::new(Rc::new(Store::<u8>::new())));
    t.add("box", pinned.by_pinned_rc_in_a_box());
    t.add("pin", Pin::new(&mut store).by_pin(7));
    t.add(
        "pin",
        (
            Pin::new(&store).by_pinned_ref(),
            Box::pin(store.clone()).by_pinned_box(),
        ),
    );
    t.add("closes", store.closes_over()(8));
    t.add("iterates", store.iterates().count());
    let shared = Arc::new(store.clone());
    t.add(
        "arc",
        (shared.by_arc_ref().by_arc(), Rc::new(store.clone()).by_rc()),
    );
    t.add("async", drive(store.async_ref()).copied());
    t.add("async", drive(store.async_mut(9)).typed());
    t.add("async", drive(Pin::new(&mut store).async_pin()));
    t.add(
        "async",
        drive(Arc::clone(&shared).async_arc(Arc::new(Store::new()))),
    );
    t.add("async", drive(store.clone().async_value(1)).by_value());
    t.add("fields", (store.with_fields(), Store::new().with_fields()));
}
