//! The function-like macros: thin doors that pass `$crate`, so that a facade crate can re-export them.

/// Writes one record: a level, the event's name, fields.
///
/// ```
/// use storyline::{log_event, testing::capture};
///
/// let user_id = 7821;
/// let amount = 12.5;
/// let logged = capture(|| {
///     log_event!(INFO, "payment_initiated", user_id, amount, provider = "stripe");
/// });
/// // ... | INFO | ... | payment_initiated | user_id=7821 amount=12.5 provider=stripe
/// logged.assert_logged("payment_initiated").with("amount", 12.5);
/// ```
///
/// `log_event!(LEVEL, [option, ...] "event_name", ["template with {holes}",] field, ...)`
///
/// - **Level**: `TRACE`, `DEBUG`, `INFO`, `WARNING` (or `WARN`), `ERROR`, `CRITICAL`, or an expression of type
///   [`Level`](crate::Level) in parentheses. When the level is off no argument is evaluated.
/// - **Event**: a name in `snake_case`. It is what people search for, so it is a literal.
/// - **Fields**: `user_id` (the variable), `order.id` (key `order.id`; `self.amount` has the key
///   `amount`), `key = value`, `"any key" = value`. Numbers, text, `bool`, `char`, times, addresses
///   and `Option`s of them are taken as they are and keep their type.
/// - **Captures** for everything else: `%value` or `key: display = value`; `?value` or `key: debug`;
///   `key: serde` keeps the structure of a `Serialize`, with `[redacted]` under each key inside that
///   names a secret, while the texts of the former two are not looked into; `key: error` follows the
///   causes of an error;
///   `key: redact`, `key: mask(last = 4)` and `key: hash` keep a secret out;
///   `key: reveal("why this is none")` says that a name which looks like a secret's is none.
/// - **Template**: text whose holes are fields like any other; written as the field `msg`.
/// - **Options**: `every(10)`, `at_most(5 per 1s)`, `once`, `sample(0.01)` hold calls back, one of them
///   a call; nothing is evaluated for these but the level. The next record of the place says how many
///   as `suppressed`; where none follows, the background thread does, every ten seconds and at the
///   end. `target = "..."` is what directives compare with in place of the module.
///
/// ```
/// # use storyline::{Level, log_event, testing::capture};
/// # struct Order { id: u64 }
/// # let (order, ratio, password) = (Order { id: 7 }, 0.25, "secret");
/// # let error = std::io::Error::other("disk full");
/// let logged = capture(|| {
///     log_event!(ERROR, "order_rejected", "order {order.id} failed: {reason}", reason: error = error);
///     log_event!(WARNING, at_most(5 per 1s), "cache_nearly_full", "{ratio:.1} used");
///     log_event!((if ratio > 0.5 { Level::Warning } else { Level::Info }), "cache_checked", ratio);
///     log_event!(INFO, "login_tried", password: redact);
/// });
/// logged.assert_logged("order_rejected").with("order.id", 7).with("msg", "order 7 failed: disk full");
/// logged.assert_logged("cache_checked").at(Level::Info);
/// logged.assert_logged("login_tried").with("password", "[redacted]");
/// ```
///
/// The arguments are evaluated once, in order. The macro is an expression of type `()`. A name that
/// tells of a secret is a compile error that says what to write:
///
/// ```compile_fail
/// # let password = "secret";
/// storyline::log_event!(INFO, "login_tried", password);
/// ```
#[macro_export]
macro_rules! log_event {
    ($($t:tt)*) => { $crate::__private::log_event!(($crate) $($t)*) };
}

/// [`log_event!`](crate::log_event) at the level TRACE.
///
/// ```
/// # use storyline::testing::capture;
/// # let step = 3;
/// let logged = capture(|| storyline::trace!("parser_advanced", step));
/// logged.assert_logged("parser_advanced").at(storyline::Level::Trace);
/// ```
#[macro_export]
macro_rules! trace {
    ($($t:tt)*) => { $crate::__private::log_event!(($crate) TRACE, $($t)*) };
}

/// [`log_event!`](crate::log_event) at the level DEBUG.
///
/// ```
/// # use storyline::testing::capture;
/// # let rows = 12;
/// let logged = capture(|| storyline::debug!("query_planned", rows));
/// logged.assert_logged("query_planned").at(storyline::Level::Debug).with("rows", 12);
/// ```
#[macro_export]
macro_rules! debug {
    ($($t:tt)*) => { $crate::__private::log_event!(($crate) DEBUG, $($t)*) };
}

/// [`log_event!`](crate::log_event) at the level INFO.
///
/// ```
/// # use storyline::testing::capture;
/// # let order_id = 7;
/// let logged = capture(|| storyline::info!("order_created", order_id));
/// logged.assert_logged("order_created").at(storyline::Level::Info).with("order_id", 7);
/// ```
#[macro_export]
macro_rules! info {
    ($($t:tt)*) => { $crate::__private::log_event!(($crate) INFO, $($t)*) };
}

/// [`log_event!`](crate::log_event) at the level WARNING.
///
/// ```
/// # use storyline::testing::capture;
/// # let free_bytes = 4096;
/// let logged = capture(|| storyline::warning!("disk_nearly_full", free_bytes));
/// logged.assert_logged("disk_nearly_full").at(storyline::Level::Warning);
/// ```
#[macro_export]
macro_rules! warning {
    ($($t:tt)*) => { $crate::__private::log_event!(($crate) WARNING, $($t)*) };
}

/// The same as [`warning!`](crate::warning).
///
/// ```
/// # use storyline::testing::capture;
/// # let free_bytes = 4096;
/// let logged = capture(|| storyline::warn!("disk_nearly_full", free_bytes));
/// logged.assert_logged("disk_nearly_full").at(storyline::Level::Warning);
/// ```
#[macro_export]
macro_rules! warn {
    ($($t:tt)*) => { $crate::__private::log_event!(($crate) WARNING, $($t)*) };
}

/// [`log_event!`](crate::log_event) at the level ERROR.
///
/// ```
/// # use storyline::testing::capture;
/// # let e = std::io::Error::other("disk full");
/// let logged = capture(|| storyline::error!("order_lost", e: error));
/// logged.assert_logged("order_lost").at(storyline::Level::Error).with("e", "disk full");
/// ```
#[macro_export]
macro_rules! error {
    ($($t:tt)*) => { $crate::__private::log_event!(($crate) ERROR, $($t)*) };
}

/// [`log_event!`](crate::log_event) at the level CRITICAL.
///
/// ```
/// # use storyline::testing::capture;
/// # let shard = 3;
/// let logged = capture(|| storyline::critical!("database_unreachable", shard));
/// logged.assert_logged("database_unreachable").at(storyline::Level::Critical);
/// ```
#[macro_export]
macro_rules! critical {
    ($($t:tt)*) => { $crate::__private::log_event!(($crate) CRITICAL, $($t)*) };
}

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
    ($($t:tt)*) => { $crate::__private::context_of!(($crate) $($t)*).enter() };
}

/// Takes one step of a state machine: judges it, logs it and assigns the next state.
///
/// `transition!(place => next, fields...)` goes along a declared edge only. It is an expression of type
/// `Result<(), IllegalTransition>`.
///
/// | the step | event | level | the place | the value |
/// | --- | --- | --- | --- | --- |
/// | is an edge | `state_transition` | INFO | holds the next state | `Ok(())` |
/// | is none | `illegal_transition` | ERROR | is as it was | `Err(IllegalTransition)` |
///
/// It judges and assigns whether or not the record is wanted.
///
/// ```
/// use storyline::{IllegalTransition, state_machine, transition};
///
/// #[state_machine(initial = Created)]
/// enum Order {
///     #[to(PaymentPending)]
///     Created,
///     #[to(Paid)]
///     PaymentPending { attempt: u32 },
///     #[terminal]
///     Paid,
/// }
///
/// struct Purchase {
///     id: u64,
///     state: Order,
/// }
///
/// fn start(purchase: &mut Purchase) -> Result<(), IllegalTransition> {
///     let next = Order::PaymentPending { attempt: 1 };
///     transition!(purchase.state => next, order_id = purchase.id)
/// }
///
/// let mut purchase = Purchase { id: 7821, state: Order::Created };
/// // state_transition | machine=order from=created to=payment_pending order_id=7821
/// assert!(start(&mut purchase).is_ok());
/// // illegal_transition | machine=order from=payment_pending to=payment_pending order_id=7821
/// assert!(start(&mut purchase).is_err());
/// ```
///
/// # A step that is judged at compile time
///
/// `transition!(place: State => Enum::Variant..., fields...)` says where the step begins. If the table
/// has no such edge, the program does not compile:
///
/// ```compile_fail
/// # use storyline::{state_machine, transition};
/// # #[state_machine(initial = Open)]
/// # enum Ticket {
/// #     #[to(Closed)]
/// #     Open,
/// #     #[terminal]
/// #     Closed,
/// # }
/// # let mut ticket = Ticket::Open;
/// transition!(ticket: Closed => Ticket::Open)?;
/// ```
///
/// If the place is in another state when the program runs, the step is illegal, even when an edge leads
/// from there; the record and the error then name the state that was `expected`.
///
/// # The place
///
/// A variable, a field, an element of a slice, or what a reference leads to: `order`, `self.state`,
/// `orders[0].state`, `*state`, an `order: &mut Order`, a guard of a `Mutex`, a [`Tracked`](crate::Tracked).
/// It calls nothing, because it is read first and assigned to last.
///
/// # Order
///
/// The state is read; the next one is evaluated; the step is judged; the fields are captured and the
/// record is made; the next state is assigned, which drops the previous one. If the next state is not
/// reached, because of a `?` or a panic, the place is untouched and nothing is logged. A refused next
/// state is dropped. Fields see the place as it was.
///
/// # Fields
///
/// Names of states are logged, never their payloads. Fields are written as in
/// [`log_event!`](crate::log_event). The keys `machine`, `from`, `to`, `expected` and `in_state_ms` are the
/// record's own. A tracked state also writes its `id`, unless the call gives one.
#[macro_export]
macro_rules! transition {
    ($($tokens:tt)*) => {
        $crate::__private::transition!(($crate) $($tokens)*)
    };
}

/// Records a block as [`timed`](macro@crate::timed) records a function, and gives the block's value.
///
/// `timed_block!("name", [option, ...] { ... })`. The options are those of `#[timed]`, without `name`,
/// `cancel_level`, `future` and `crate`.
///
/// ```
/// use storyline::timed_block;
///
/// fn orders(user_id: u64) -> Result<usize, std::num::ParseIntError> {
///     let count = timed_block!("db_fetch_user_orders", fields(user_id), slow = "50ms", {
///         "12".parse::<usize>()?
///     });
///     Ok(count)
/// }
///
/// let logged = storyline::testing::capture(|| {
///     assert_eq!(orders(7), Ok(12));
/// });
/// assert_eq!(logged[0].event, "function_complete");
/// ```
///
/// The block stays where it is: `?`, `return`, `break` and `.await` mean what they mean outside. A block
/// that is left by one of them, or because its future was dropped, looks the same from inside each time:
/// the outcome is then `left`, at `level`. A block whose value is a `Result` is judged like a function's;
/// with `only(...)`, a block that was left counts as an error and as a cancellation.
///
/// The type of the value must be known where the block ends: where it would follow from a later line only,
/// write it down, as in `let count: usize = timed_block!(...)`.
#[macro_export]
macro_rules! timed_block {
    ($($tokens:tt)*) => {
        $crate::__private::timed_block!(($crate) $($tokens)*)
    };
}
