//! A company's own crate in front of storyline: it passes the macros on and adds some of its own.

pub use storyline;
pub use storyline::{Fields, FutureExt, Secret, context_of, log_event, timed_block, transition};

/// An event of the company's form.
#[macro_export]
macro_rules! business_event {
    ($name:literal $(, $key:ident = $value:expr)* $(,)?) => {
        $crate::log_event!(INFO, $name, domain = "business" $(, $key = $value)*)
    };
}

/// A function that is timed as the company wants it.
#[macro_export]
macro_rules! endpoint {
    ($(#[$meta:meta])* $vis:vis async fn $name:ident($($argument:ident: $ty:ty),*) -> $result:ty $body:block) => {
        $(#[$meta])*
        #[$crate::storyline::timed(crate = $crate::storyline, fields($($argument),*), slow = 1s)]
        $vis async fn $name($($argument: $ty),*) -> $result $body
    };
    ($(#[$meta:meta])* $vis:vis fn $name:ident($($pattern:pat => $ty:ty),*) -> $result:ty { $value:expr }) => {
        $(#[$meta])*
        #[$crate::storyline::timed(crate = $crate::storyline)]
        $vis fn $name($($pattern: $ty),*) -> $result {
            let value = $value;
            value
        }
    };
}

/// A state machine with two states.
#[macro_export]
macro_rules! switch {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $off:ident, $on:ident }) => {
        $(#[$meta])*
        #[$crate::storyline::state_machine(initial = $off, crate = $crate::storyline)]
        $vis enum $name {
            #[to($on)]
            $off,
            #[to($off)]
            $on,
        }
    };
}

/// A structure whose members are fields, as the company names them.
#[macro_export]
macro_rules! entity {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$mark:meta])* $member:ident: $ty:ty),* $(,)? }) => {
        $(#[$meta])*
        #[derive($crate::storyline::Fields)]
        #[fields(crate = $crate::storyline)]
        $vis struct $name {
            #[field(rename = "entity_id")]
            id: u64,
            $($(#[$mark])* $member: $ty),*
        }

        impl $name {
            #[$crate::storyline::timed(crate = $crate::storyline, percentiles, fields(..self))]
            fn load(&self) -> u64 {
                $crate::log_event!(INFO, "entity_loaded", ..self, entity: fields = self);
                self.id
            }
        }
    };
}
