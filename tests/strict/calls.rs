//! `log_event!` with every capture and option.

use core::error::Error;
use core::fmt::{Debug, Error as NoText};
use core::future::ready;
use core::time::Duration;

use storyline::{Level, Secret, critical, debug, error, info, log_event, trace, warn, warning};

/// What is logged.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Order {
    /// Its number.
    pub id: u64,
    /// How it is paid.
    pub r#type: &'static str,
}

impl Order {
    /// Logs itself.
    pub fn log(&self, level: Level) {
        log_event!((level), "order_read", self.id, self.r#type);
        log_event!(INFO, "order_shown", "{self.id} of {self.type}", order = ?self);
    }
}

/// Every capture.
pub fn captures<T: Debug>(value: &T, name: &str, cause: &(dyn Error + 'static)) {
    let password = Secret::new(String::from("x"));
    let tags = [1u8, 2u8];
    log_event!(INFO, "value_read", ?value, %name, "any key" = name, len = name.len());
    log_event!(INFO, "kinds_read", a: display = name, b: debug = value, c: serde = tags);
    log_event!(ERROR, "cause_read", cause: error = cause, boxed: error = Box::<dyn Error>::from("x"));
    log_event!(INFO, "login_tried", password: redact, pin: mask(last = 2) = password);
    log_event!(INFO, "login_done", user: hash = name, token: reveal("a word of the parsed text") = name);
    log_event!(
        INFO,
        "types_read",
        f = 1.5f64,
        c = 'c',
        n = None::<u8>,
        d = Duration::from_secs(1)
    );
    log_event!(
        INFO,
        "holes_read",
        "{name} has {len:>4} of {value:?}",
        len = name.len()
    );
    log_event!(INFO, "splat_free", http.status = 200u16, r#fn = true);
}

/// Every option.
pub fn options(name: &str) {
    log_event!(INFO, every(10), "row_read", name);
    log_event!(INFO, at_most(5 per 1s), "row_written", name);
    log_event!(INFO, once, "first_row", name);
    log_event!(INFO, sample(0.5), "row_sampled", name);
    log_event!(WARNING, target = "db", "disk_slow", "{name} is slow");
}

/// Every level, in every position.
///
/// # Errors
///
/// When the text is none.
pub fn levels(text: Option<&str>) -> Result<usize, NoText> {
    trace!("level_used");
    debug!("level_used", "{text:?}");
    info!("level_used", found = text.is_some());
    warn!("level_used", text);
    warning!("level_used", text);
    error!("level_used", error: debug = NoText);
    critical!("level_used");
    match text {
        Some("a") => info!("an_a"),
        Some(other) => debug!("another", other, length = other.len()),
        None => return Err(NoText),
    }
    let log = |value: u8| info!("in_a_closure", value);
    log(1);
    return Ok(0);
}

/// In a future.
pub async fn waits(text: &str) {
    info!("in_a_future", text, again = ready(1u8).await);
    ready(()).await;
}
