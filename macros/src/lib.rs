//! The doors of the macro crate: each function converts its tokens and calls its room.
