//! Files and the process's descriptors: closed standard streams, named pipes.
#![expect(
    unsafe_code,
    reason = "descriptors are closed by number and pipes made"
)]

use storyline::{info, sink};

use crate::alone::{Place, Process, SOON, alone, lines};

#[test]
fn a_file_never_takes_the_place_of_a_closed_stream() {
    let process = Process::new(concat!(
        module_path!(),
        "::a_file_never_takes_the_place_of_a_closed_stream"
    ));
    let place = Place::new("descriptors");
    let path =
        std::env::var("STORYLINE_TEST_FILE").map_or_else(|_| place.join("app.log"), Into::into);
    let process = process.env("STORYLINE_TEST_FILE", path.to_str().expect("a name"));
    let ended = process.run(|| {
        // SAFETY: nobody else in this process uses them from here on.
        unsafe { libc::close(1) };
        // SAFETY: as above.
        unsafe { libc::close(2) };
        let guard = storyline::setup("test")
            .console()
            .sink(sink::stdout())
            .sink(sink::file(&path))
            .start()
            .expect("first");
        info!("written_once");
        let _ = guard.flush(SOON);
        // SAFETY: five bytes of a constant.
        let printed = unsafe { libc::write(1, b"print".as_ptr().cast(), 5) };
        std::process::exit(if printed == -1 { 7 } else { 8 });
    });
    if let Some(ended) = ended {
        assert_eq!(ended.code(), Some(7), "{ended}");
        let written = lines(&path);
        let times = written
            .iter()
            .filter(|line| line.contains("written_once"))
            .count();
        assert_eq!(times, 1, "{written:?}");
    }
}

#[test]
fn what_a_full_disk_has_taken_is_said_at_the_end() {
    let process = Process::new(concat!(
        module_path!(),
        "::what_a_full_disk_has_taken_is_said_at_the_end"
    ));
    let ended = process.run(|| {
        let guard = storyline::setup("test")
            .file("/dev/full")
            .start()
            .expect("first");
        for round in 0..5 {
            info!("lost", round);
        }
        drop(guard);
    });
    if let Some(ended) = ended {
        assert!(ended.succeeded(), "{ended}");
        let said = ended.stderr();
        assert_eq!(
            said.matches("5 records were lost to `/dev/full`: disk_full")
                .count(),
            1,
            "{ended}"
        );
    }
}

alone! {
    fn a_named_pipe_that_nobody_reads_is_an_error_at_once() {
        let place = Place::new("fifo");
        let path = place.join("pipe.log");
        let name = std::ffi::CString::new(path.to_str().expect("a name")).expect("no NUL");
        // SAFETY: a string that ends with NUL.
        assert_eq!(unsafe { libc::mkfifo(name.as_ptr(), 0o600) }, 0);
        let error = storyline::setup("test").file(&path).start().expect_err("nobody reads");
        assert!(error.to_string().contains("pipe.log"), "{error}");
    }
}
