//! `setup`: what starts, what is refused and in which words, and what the environment has to say.

use crate::alone::{Place, Process, SOON, alone, lines, say};
use storyline::sink::{self, Memory};
use storyline::{Level, log_event};

fn name(test: &str) -> String {
    format!("{}::{test}", module_path!())
}

alone! {
    fn console_file_and_memory_get_the_same_records() {
        let place = Place::new("same");
        let path = place.join("deep/er/payment.log");
        let memory = Memory::new();
        let guard = storyline::setup("payment-service")
            .file(&path)
            .sink(sink::memory(&memory))
            .start()
            .expect("starts");
        let user_id = 7821_u64;
        log_event!(INFO, "payment_initiated", user_id, amount = 500);
        log_event!(DEBUG, "not_wanted");
        log_event!(ERROR, "gateway_timeout", provider = "stripe");
        guard.flush(SOON).expect("written");

        let records = memory.records();
        let events: Vec<_> = records.iter().map(|it| it.event.as_str()).collect();
        assert_eq!(events, ["payment_initiated", "gateway_timeout"]);
        assert_eq!(records[0].service, "payment-service");
        assert_eq!(records[0].pid, std::process::id());
        assert_eq!(memory.lines(), lines(&path));
        assert!(memory.lines()[0].ends_with("| payment_initiated | user_id=7821 amount=500"));
    }

    fn a_second_start_is_refused_and_the_first_goes_on() {
        let place = Place::new("second");
        let memory = Memory::new();
        let guard = storyline::setup("one").sink(sink::memory(&memory)).start().expect("starts");
        let second = place.join("second.log");
        let error = storyline::setup("two").file(&second).start().expect_err("a second start");
        assert!(error.to_string().contains("was started before"), "{error}");
        assert!(!second.exists(), "a refused start leaves nothing behind");
        log_event!(INFO, "still_here");
        guard.flush(SOON).expect("written");
        assert_eq!(memory.records().len(), 1);
    }

    fn what_is_wrong_is_named_and_nothing_is_started() {
        let place = Place::new("wrong");
        let refused = |setup: storyline::Setup| setup.start().expect_err("wrong").to_string();

        let text = refused(storyline::setup(" "));
        assert!(text.contains("the service has no name"), "{text}");

        let text = refused(storyline::setup("x").directives("info,hyper=lod"));
        assert!(text.contains("`lod` at byte 11"), "{text}");

        std::fs::write(place.join("file"), "").expect("made");
        let below = place.join("file/logs/x.log");
        let text = refused(storyline::setup("x").file(&below));
        let directory = below.parent().expect("a directory").display().to_string();
        assert!(text.contains("cannot make the directory") && text.contains(&directory), "{text}");

        let text = refused(storyline::setup("x").file(&place.0));
        assert!(text.contains("it is a directory"), "{text}");
        assert!(text.contains(&place.0.display().to_string()), "{text}");

        // After all that a start still works.
        let _guard = storyline::setup("x").file(place.join("x.log")).start().expect("starts");
    }

    fn each_sink_has_its_level_and_format() {
        let place = Place::new("levels");
        let (low, high) = (Memory::new(), Memory::new());
        let json = place.join("x.json");
        let guard = storyline::setup("x")
            .level(Level::Debug)
            .sink(sink::memory(&low))
            .sink(sink::memory(&high).level(Level::Error))
            .sink(sink::file(&json).format(storyline::format::Json::default()).level(Level::Info))
            .start()
            .expect("starts");
        log_event!(TRACE, "a");
        log_event!(DEBUG, "b");
        log_event!(INFO, "c");
        log_event!(ERROR, "d");
        guard.flush(SOON).expect("written");
        let events = |memory: &Memory| memory.records().into_iter().map(|it| it.event).collect::<Vec<_>>();
        assert_eq!(events(&low), ["b", "c", "d"]);
        assert_eq!(events(&high), ["d"]);
        let lines = lines(&json);
        assert_eq!(lines.len(), 2);
        for line in lines {
            assert!(line.starts_with("{\"timestamp\":") && line.ends_with('}'), "{line}");
        }
    }

    fn the_background_thread_bears_our_name_and_records_that_of_theirs() {
        let memory = Memory::new();
        let guard = storyline::setup("x").sink(sink::memory(&memory)).start().expect("starts");
        std::thread::Builder::new()
            .name("cashier".to_owned())
            .spawn(|| log_event!(INFO, "here"))
            .expect("a thread")
            .join()
            .expect("no panic");
        guard.flush(SOON).expect("written");
        assert_eq!(memory.records()[0].thread.as_deref(), Some("cashier"));
        if cfg!(target_os = "linux") {
            let names: Vec<_> = std::fs::read_dir("/proc/self/task")
                .expect("tasks")
                .filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("comm")).ok())
                .collect();
            let ours = names.iter().filter(|name| name.trim() == "storyline").count();
            assert_eq!(ours, 1, "{names:?}");
        }
    }
}

#[test]
fn the_environment_replaces_the_directives() {
    let body = || {
        let memory = Memory::new();
        let started = storyline::setup("x")
            .directives("error")
            .sink(sink::memory(&memory))
            .start();
        let outcome = match started {
            Ok(guard) => {
                log_event!(DEBUG, "a");
                log_event!(DEBUG, target = "db", "b");
                log_event!(ERROR, "c");
                guard.flush(SOON).expect("written");
                let events: Vec<_> = memory.records().into_iter().map(|it| it.event).collect();
                events.join(",")
            }
            Err(error) => error.to_string(),
        };
        say(&format!("<{outcome}>"));
    };
    for (variable, text, expected) in [
        ("STORYLINE_LOG", "debug", "<a,b,c>"),
        ("STORYLINE_LOG", "db=debug", "<b,c>"),
        ("STORYLINE_LOG", "off", "<>"),
        ("RUST_LOG", "db", "<b,c>"),
        ("RUST_LOG", "", "<c>"),
        (
            "RUST_LOG",
            "db=debug,tower[request]=debug/x",
            "<directive_skipped,directive_skipped,b,c>",
        ),
        ("RUST_LOG", "[request]=debug", "<c>"),
        (
            "STORYLINE_LOG",
            "info,x=lod",
            "<bad directive in the variable `STORYLINE_LOG`: `lod` at byte 7 is not a level",
        ),
        (
            "STORYLINE_LOG",
            "db",
            "<bad directive in the variable `STORYLINE_LOG`: `db` at byte 0 is neither",
        ),
    ] {
        let process = Process::new(&name("the_environment_replaces_the_directives"));
        let Some(ended) = process.env(variable, text).run(body) else {
            return;
        };
        assert!(ended.succeeded(), "{variable}={text}: {ended}");
        assert!(
            ended.stdout().contains(expected),
            "{variable}={text}: {ended}"
        );
    }
}

#[test]
fn a_foreign_directive_is_skipped_and_named() {
    let process = Process::new(&name("a_foreign_directive_is_skipped_and_named"));
    let process = process.env("RUST_LOG", "info,tower_http[request]=debug");
    let Some(ended) = process.run(|| {
        let memory = Memory::new();
        let guard = storyline::setup("x")
            .sink(sink::memory(&memory))
            .start()
            .expect("starts");
        guard.flush(SOON).expect("written");
        say(&memory.lines().join("\n"));
    }) else {
        return;
    };
    assert!(ended.succeeded(), "{ended}");
    let expected = "| directive_skipped | variable=RUST_LOG part=\"tower_http[request]=debug\" \
                    reason=\"`tower_http[request]` at byte 5 is not a target;";
    let stdout = ended.stdout();
    assert!(
        stdout.contains("| WARNING |") && stdout.contains(expected),
        "{ended}"
    );
}

#[test]
fn without_setup_warnings_reach_standard_error_as_lines() {
    let process = Process::new(&name(
        "without_setup_warnings_reach_standard_error_as_lines",
    ));
    let Some(ended) = process.run(|| {
        log_event!(INFO, "quiet");
        log_event!(WARNING, "look", at = "this\nand that");
        log_event!(ERROR, "failed", code = 7);
        assert_eq!(storyline::counters().written, 2);
        storyline::flush(SOON).expect("nothing to wait for");
    }) else {
        return;
    };
    assert!(ended.succeeded(), "{ended}");
    let stderr = ended.stderr();
    let lines: Vec<_> = stderr.lines().collect();
    assert_eq!(lines.len(), 2, "{ended}");
    assert!(lines[0].contains(" | WARNING | it-"), "{ended}");
    assert!(
        lines[0].ends_with(r#"| look | at="this\nand that""#),
        "{ended}"
    );
    assert!(lines[1].ends_with("| failed | code=7"), "{ended}");
}

#[test]
fn the_console_is_standard_error_in_lines_when_nobody_watches() {
    let process = Process::new(&name(
        "the_console_is_standard_error_in_lines_when_nobody_watches",
    ));
    let Some(ended) = process.run(|| {
        let _flush = storyline::setup("x").start().expect("starts");
        log_event!(INFO, "on_the_console", n = 1);
    }) else {
        return;
    };
    assert!(ended.succeeded(), "{ended}");
    assert!(
        ended.stderr().ends_with("| on_the_console | n=1\n"),
        "{ended}"
    );
    assert!(!ended.stdout().contains("on_the_console"), "{ended}");
    assert!(!ended.stderr().contains('\x1b'), "{ended}");
}
