//! One time source. A call reads ticks, nothing more; what they mean is worked out behind the ring.
//!
//! Ticks are the time-stamp counter where the processor promises a constant rate, else nanoseconds of
//! the monotonic clock. The rate is measured against the monotonic clock from the first reading on, so
//! it gets better with every second, until the two disagree: after a suspension of the machine, in which
//! one of them may have stopped or been set back, it is measured anew. The wall clock is read anew at
//! each calibration, so timestamps follow it and durations do not.

mod calibration;
mod reading;
mod source;

pub(crate) use calibration::{
    Calibration, Held, calibration, calibration_within, hold, recalibrate,
};
pub(crate) use source::{counter, is_counter, now, objection};
