//! Fields for every record inside.

/// The current [`Context`](crate::Context) with more fields, which every record inside carries.
///
/// The fields are written as in [`log_event!`](crate::log_event); a secret's name is refused here,
/// too. For futures: a guard must not be held over an `.await`, a context may.
///
/// ```
/// use storyline::{FutureExt, context_of, testing::capture_async};
///
/// # fn block_on<F: Future>(future: F) -> F::Output {
/// #     let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// #     match std::pin::pin!(future).poll(&mut context) {
/// #         std::task::Poll::Ready(value) => value,
/// #         std::task::Poll::Pending => panic!("it waits for nothing"),
/// #     }
/// # }
/// async fn import() {
///     storyline::info!("import_started");
/// }
///
/// let tenant = "acme";
/// # let ((), logged) = block_on(capture_async(async {
/// import().in_context(context_of!(tenant, attempt = 2)).await;
/// # }));
/// logged.assert_logged("import_started").with("tenant", "acme").with("attempt", 2);
/// ```
#[macro_export]
macro_rules! context_of {
    ($($t:tt)*) => { $crate::__private::context_of!(($crate) $($t)*) };
}

/// Adds fields to every record of this thread until the guard is dropped.
///
/// It is `context_of!(...).enter()`. A field of the record itself, or of a context further in, takes the
/// place of one with the same key.
///
/// ```
/// # use storyline::testing::capture;
/// # let tenant = "acme";
/// let logged = capture(|| {
///     let _context = storyline::context!(tenant, attempt = 2);
///     storyline::info!("import_started");
/// });
/// logged.assert_logged("import_started").with("tenant", "acme").with("attempt", 2);
/// ```
#[macro_export]
macro_rules! context {
    ($($t:tt)*) => { $crate::Context::enter(&$crate::__private::context_of!(($crate) $($t)*)) };
}
