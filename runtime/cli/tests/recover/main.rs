//! `storyline recover`, over what a real process left that was ended in the middle. The process is this
//! binary, started again in another role: see `scene`. Its number and the directory stand as words in the golden files.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may end there")]

mod scene;

use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};

use scene::{Scene, check};

#[test]
fn nothing_to_recover() {
    let scene = Scene::new();
    std::fs::DirBuilder::new()
        .mode(0o700)
        .create(scene.path("recorder"))
        .unwrap();
    for arguments in [&[][..], &["--json"]] {
        let (code, out, messages) = scene.run(arguments);
        assert_eq!((code, messages.as_str()), (0, ""));
        let name = if arguments.is_empty() {
            "recover.none.txt"
        } else {
            "recover.none.json"
        };
        check(name, &out);
    }
}

#[test]
fn one_process_is_recovered_once() {
    let mut scene = Scene::new();
    scene.death_of("shop");
    let (code, out, messages) = scene.run(&[]);
    assert_eq!((code, messages.as_str()), (0, ""));
    check("recover.one.txt", &out);
    assert_eq!(scene.lines(), 20);
    let (code, out, messages) = scene.run(&[]);
    assert_eq!((code, messages.as_str()), (0, ""));
    check("recover.none.txt", &out);
    assert_eq!(scene.lines(), 20);
}

#[test]
fn what_was_recovered_as_json() {
    let mut scene = Scene::new();
    scene.death_of("shop");
    let (code, out, messages) = scene.run(&["--json"]);
    assert_eq!((code, messages.as_str()), (0, ""));
    check("recover.one.json", &out);
}

#[test]
fn damage_is_counted() {
    let mut scene = Scene::new();
    scene.death_of("shop");
    let names = std::fs::read_dir(scene.path("recorder")).unwrap();
    let mut paths = names.map(|it| it.unwrap().path());
    let ring = paths
        .find(|it| it.extension().is_some_and(|it| it == "ring"))
        .unwrap();
    let mut bytes = std::fs::read(&ring).unwrap();
    // Records of 40 bytes begin there: two are hit.
    bytes[4096 + 200..4096 + 260].fill(0xff);
    std::fs::write(&ring, bytes).unwrap();
    let (code, out, messages) = scene.run(&[]);
    assert_eq!((code, messages.as_str()), (0, ""));
    check("recover.damaged.txt", &out);
    assert_eq!(scene.lines(), 18);
}

#[test]
fn a_name_that_would_steer_a_terminal_is_shown_and_not_obeyed() {
    let mut scene = Scene::new();
    scene.death_of("shop\u{1b}[31m\u{202e}\n");
    let (code, out, messages) = scene.run(&[]);
    assert_eq!((code, messages.as_str()), (0, ""));
    assert!(!out.contains(['\u{1b}', '\u{202e}']), "{out:?}");
    assert_eq!(out.lines().count(), 2, "{out:?}");
    check("recover.hostile.txt", &out);
}

/// What can be recovered is, and the rest is named.
#[test]
fn a_problem_is_told_and_is_code_2() {
    let mut scene = Scene::new();
    scene.death_of("shop");
    let first = scene.heads().pop().unwrap();
    std::fs::write(&first, "no head at all").unwrap();
    scene.death_of("shop");
    let (code, out, messages) = scene.run(&[]);
    assert_eq!(code, 2);
    check("recover.problem.txt", &out);
    check("recover.problem.stderr.txt", &messages);
    assert_eq!(scene.lines(), 20);
    assert_eq!(std::fs::read_to_string(first).unwrap(), "no head at all");
}

#[test]
fn several_problems_are_a_line_each() {
    let mut scene = Scene::new();
    for _ in 0..2 {
        scene.death_of("shop");
        for head in scene.heads() {
            // Else the next start would have recovered it.
            std::fs::write(head, "no head at all").unwrap();
        }
    }
    let (code, out, messages) = scene.run(&[]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert_eq!(messages.lines().count(), 2);
    check("recover.problems.stderr.txt", &messages);
}

#[test]
fn a_log_that_cannot_be_opened_is_named_and_waited_for() {
    let mut scene = Scene::new();
    scene.death_of("shop");
    let logs = scene.path("logs");
    std::fs::remove_dir_all(&logs).unwrap();
    std::fs::write(&logs, "in the way").unwrap();
    let (code, out, messages) = scene.run(&[]);
    assert_eq!((code, out.as_str()), (2, ""));
    check("recover.unopened.stderr.txt", &messages);
    std::fs::remove_file(&logs).unwrap();
    let (code, out, _) = scene.run(&[]);
    assert_eq!(code, 0);
    check("recover.one.txt", &out);
    assert_eq!(scene.lines(), 20);
}

/// A slip of the pen must not pass for a recorder with nothing in it.
#[test]
fn a_path_that_leads_nowhere_or_to_no_recorder_is_an_error() {
    let scene = Scene::new();
    std::fs::create_dir(scene.path("logs")).unwrap();
    std::fs::write(scene.path("logs/shop.log"), "").unwrap();
    for (name, golden) in [
        ("recordr", "recover.missing.stderr.txt"),
        ("logs", "recover.no-recorder.stderr.txt"),
    ] {
        let (code, out, messages) = scene.run_at(name, &[]);
        assert_eq!((code, out.as_str()), (2, ""));
        let usual = format!(
            "storyline-{}`",
            scene.place.path().metadata().unwrap().uid()
        );
        check(golden, &messages.replace(&usual, "storyline-UID`"));
    }
}

#[test]
fn what_lies_beside_the_logs_is_found_by_their_directory() {
    let mut scene = Scene::new();
    scene.death_of("shop");
    let uid = scene.place.path().metadata().unwrap().uid();
    let beside = scene.path(&format!("logs/.storyline-{uid}"));
    std::fs::rename(scene.path("recorder"), beside).unwrap();
    let (code, out, messages) = scene.run_at("logs", &[]);
    assert_eq!((code, messages.as_str()), (0, ""));
    check("recover.one.txt", &out);
    assert_eq!(scene.lines(), 20);
}

#[test]
fn who_lives_is_counted_and_left_alone() {
    let mut scene = Scene::new();
    std::fs::write(scene.path("stay"), "").unwrap();
    let mut child = scene.process("shop");
    while !scene.path("recorder").exists() || scene.heads().is_empty() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let (code, out, messages) = scene.run(&[]);
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!((code, messages.as_str()), (0, ""));
    check("recover.living.txt", &out);
}

#[test]
fn a_directory_that_is_open_to_others_is_refused() {
    let mut scene = Scene::new();
    scene.death_of("shop");
    let mode = |mode| {
        std::fs::set_permissions(
            scene.path("recorder"),
            std::fs::Permissions::from_mode(mode),
        )
        .unwrap();
    };
    mode(0o755);
    let (code, out, messages) = scene.run(&[]);
    assert_eq!((code, out.as_str()), (2, ""));
    check("recover.refused.stderr.txt", &messages);
    mode(0o700);
    assert_eq!(scene.run(&[]).0, 0);
    assert_eq!(scene.lines(), 20);
}
