//! The program: standard streams in, exit code out. Everything else is in the library.

use std::io::{self, BufWriter};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut out = BufWriter::with_capacity(64 * 1024, io::stdout().lock());
    let code = storyline_cli::run(std::env::args_os(), &mut out, &mut io::stderr());
    // What a closed pipe left in the buffer would be tried again on drop.
    let (_, _) = out.into_parts();
    ExitCode::from(code)
}
