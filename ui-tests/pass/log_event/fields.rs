//! Every form of a field, under the strictest lints.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, unused, unused_qualifications, unreachable_pub)]

use std::fmt::{Debug, Display};
use storyline::{Level, Secret, log_event};

struct Order {
    id: u64,
    r#type: &'static str,
    pair: (u8, u8),
}

impl Order {
    fn log(&self, level: Level) {
        log_event!((level), "order_read", self.id, self.r#type, kind = self.r#type, self.pair.0);
        log_event!(INFO, "order_read", "{self.id} of {self.type}", pair = ?self.pair);
    }
}

fn generic<T: Display + Debug, const N: usize>(value: &T, list: [u8; N]) {
    log_event!(INFO, "value_read", %value, n = N, "debug" = ?value, list: debug);
}

fn borrowed<'a>(name: &'a str, tags: &'a [String]) -> &'a str {
    log_event!(INFO, "name_read", name, first = tags.first(), tags: serde);
    name
}

fn only_used_here() {
    // Counts as used even where the level is off.
    let unused = 3;
    log_event!(TRACE, "value_read", unused);
}

fn main() {
    let order = Order { id: 7, r#type: "new", pair: (1, 2) };
    order.log(Level::Info);
    generic(&"x", [1, 2]);
    assert_eq!(borrowed("a", &[]), "a");
    only_used_here();

    let (r#type, r#match, password) = ("t", 2, Secret::new(String::from("hunter2")));
    log_event!(INFO, "raw_names", r#type, match = r#match, r#fn = 1, "{type} {r#type}" = 3);
    log_event!(INFO, "raw_names", "{type} and {r#match}");
    log_event!(INFO, "login_tried", password: redact, pwd: mask(last = 2) = password, p: hash = password);
    let boxed: Box<dyn std::error::Error + Send + Sync> = "disk full".into();
    log_event!(ERROR, once, "disk_full", boxed: error, e: error = std::fmt::Error);
    log_event!(INFO, at_most(5 per 500ms), "tokens_used", max_tokens = 5, token_count = 3, token: reveal("a parser's word") = "if");
    log_event!(INFO, every(10), target = "db", "row_read", "{{}} {rows:>8.2} {rows:#x}", rows = 3,);
    log_event!(INFO, "closures_and_generics", a = (|a: u8, b: u8| a + b)(1, 2), b = Vec::<u8>::new().len());
    log_event!(INFO, "moved_nothing", text = String::from("x"), http.status = 200, none = None::<u8>);
}
