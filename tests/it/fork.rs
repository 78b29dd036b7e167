//! A process that is forked after set-up has no background thread: it must neither wait nor hang.

use std::time::{Duration, Instant};

use crate::alone::{SOON, alone};
use storyline::log_event;
use storyline::sink::{self, Memory};

#[expect(unsafe_code, reason = "forking is what is tested")]
fn fork() -> libc::pid_t {
    // SAFETY: the child calls nothing that a lock of another thread could keep, but for the allocator,
    // which the C library prepares for a fork.
    unsafe { libc::fork() }
}

/// The exit code of a child, once it has ended; it is killed when that takes too long.
#[expect(unsafe_code, reason = "`std` knows only children that it has started")]
fn code_of(child: libc::pid_t, longest: Duration) -> Option<i32> {
    let start = Instant::now();
    let mut status = 0;
    loop {
        // SAFETY: the pointer is to an integer that the call may write.
        let ended = unsafe { libc::waitpid(child, &raw mut status, libc::WNOHANG) };
        if ended == child {
            return libc::WIFEXITED(status).then(|| libc::WEXITSTATUS(status));
        }
        if start.elapsed() > longest {
            // SAFETY: a child that was not waited for still has its number.
            unsafe { libc::kill(child, libc::SIGKILL) };
            panic!("the child neither ends nor fails");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

alone! {
    fn a_forked_process_logs_flushes_and_ends_without_waiting() {
        let memory = Memory::new();
        let guard = storyline::setup("x")
            .sink(sink::memory(&memory))
            .ring_bytes(64 * 1024)
            .start()
            .expect("starts");
        log_event!(INFO, "before");
        guard.flush(SOON).expect("written");
        let child = fork();
        if child == 0 {
            // Far more than its ring holds: each of the later ones would wait for a second.
            for n in 0..5_000_u64 {
                log_event!(ERROR, "in_the_child", n);
            }
            let error = storyline::flush(SOON).map_err(|error| error.to_string());
            let is_said = error.is_err_and(|text| text.contains("forked"));
            drop(guard);
            std::process::exit(if is_said { 7 } else { 8 });
        }
        assert!(child > 0, "no child was made");
        // Five thousand waits of a second, or three of five at its end, do not fit into this.
        assert_eq!(code_of(child, Duration::from_secs(4)), Some(7));
        log_event!(INFO, "after");
        guard.flush(SOON).expect("the parent goes on");
        let events: Vec<_> = memory.records().into_iter().map(|it| it.event).collect();
        assert_eq!(events, ["before", "after"]);
    }
}
