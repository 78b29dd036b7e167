//! Records.

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
///   `amount`), `key = value`, `"any key" = value`. Numbers, text, `bool`, `char`, times, IP and
///   socket addresses and `Option`s of them are taken as they are and keep their type.
/// - **Captures** for everything else: `%value` or `key: display = value`; `?value` or `key: debug`;
///   `key: serde` keeps the structure of a `Serialize`, with `[redacted]` under each key inside that
///   names a secret, while the texts of the former two are not looked into; `key: error` follows the
///   causes of an error;
///   `key: redact`, `key: mask(last = 4)` and `key: hash` keep a secret out;
///   `key: reveal("<reason>")` says that a name which looks like a secret's is none.
/// - **Structures** that derive [`Fields`](derive@crate::Fields): `..order` adds a field for each member,
///   `order: fields` does so with `order.` in front of their keys. Of fields with one key, what the call
///   names itself counts, then the later structure.
/// - **Template**: text whose holes are fields like any other; written as the field `msg`.
/// - **Options**: `every(10)`, `at_most(5 per 1s)`, `once`, `sample(0.01)` hold calls back, one of them
///   a call; nothing is evaluated for these but the level. The next record of the place that is written says
///   how many as `suppressed`; where none follows, the background thread does, every ten seconds and at the
///   end. A call that is left inside a field, by `?` or a panic, uses up nothing, and `once` waits for a record
///   that is written. `target = "..."` is what directives compare with in place of the module.
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
/// tells of a secret is a compile error that says what to write; `storyline.toml` beside the package's
/// Cargo.toml may forbid more names and allow some (`[secrets]`, `forbid = ["member_number"]`,
/// `allow = [{ name = "session_id", reason = "the number of a talk" }]`):
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
