//! A crate that wraps the macros for its own users, who never name `storyline`.
#![deny(warnings)]

mod facade {
    pub use storyline::{context_of, info, log_event};

    #[macro_export]
    macro_rules! business_event {
        ($name:literal $(, $key:ident = $value:expr)* $(,)?) => {
            $crate::facade::log_event!(INFO, $name, domain = "business", $($key = $value),*)
        };
    }

    #[macro_export]
    macro_rules! passed_on {
        ($level:ident, $name:literal, $field:ident, $($rest:tt)*) => {
            $crate::facade::log_event!($level, $name, $field, $($rest)*)
        };
    }
}

fn main() {
    let order_id = 7;
    business_event!("order_created", order_id = order_id + 1, amount = 5,);
    passed_on!(DEBUG, "order_read", order_id, "and" = 3, x = ?order_id);
    facade::info!("order_closed", "closed {order_id}");
    let _context = facade::context_of!(order_id);
}
