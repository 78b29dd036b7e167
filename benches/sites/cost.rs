//! What a command takes, with all that it starts.
#![expect(
    unsafe_code,
    reason = "what ended children used has no safe wrapper in std"
)]

use std::process::Command;
use std::time::Instant;
use std::{error, io};

/// Seconds of one run.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// On all processors together, in the program and in the kernel.
    pub cpu: f64,
    /// On the wall.
    pub wall: f64,
}

impl Cost {
    /// More than any command takes.
    pub const MOST: Self = Self {
        cpu: f64::MAX,
        wall: f64::MAX,
    };

    /// The lesser of both, each for itself: whatever disturbs a run only adds.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Self {
            cpu: self.cpu.min(other.cpu),
            wall: self.wall.min(other.wall),
        }
    }
}

/// Runs a command to its end. Nothing else may be run by this process meanwhile.
///
/// # Errors
///
/// When it cannot be started, or fails.
pub fn of(command: &mut Command) -> Result<Cost, Box<dyn error::Error>> {
    let before = of_children()?;
    let start = Instant::now();
    let output = command.output()?;
    let wall = start.elapsed().as_secs_f64();
    if output.status.success() {
        let cpu = of_children()? - before;
        return Ok(Cost { cpu, wall });
    }
    let text = String::from_utf8_lossy(&output.stderr);
    Err(format!("{command:?} ended with {}:\n{text}", output.status).into())
}

/// Seconds on a processor of all children that have ended, and of theirs.
fn of_children() -> io::Result<f64> {
    // SAFETY: a struct of numbers, for which all zeros are a value.
    let mut usage: libc::rusage = unsafe { core::mem::zeroed() };
    // SAFETY: the struct is ours and is written before the call returns.
    if unsafe { libc::getrusage(libc::RUSAGE_CHILDREN, &raw mut usage) } != 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(seconds(usage.ru_utime) + seconds(usage.ru_stime))
}

#[expect(clippy::cast_precision_loss, reason = "times of one run")]
fn seconds(time: libc::timeval) -> f64 {
    time.tv_sec as f64 + time.tv_usec as f64 / 1e6
}
