//! What becomes of a file that others move, delete, fill or leave torn, or whose disk takes nothing.

use std::sync::{Arc, Mutex};

use super::*;
use crate::level::Level;
use crate::sink::{self, Origin, Target};

fn place(name: &str) -> PathBuf {
    let place = std::env::temp_dir().join(format!("storyline-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&place);
    place
}

fn write(file: &mut File, text: &str) -> Result<(), WriteError> {
    let mut ends: Vec<usize> = Vec::new();
    ends.extend(text.match_indices('\n').map(|(at, _)| at + 1));
    let origins = vec![Origin::REPORT; ends.len()];
    file.write(Batch::of(text.as_bytes(), &ends, &origins))
}

#[test]
fn a_deleted_file_and_a_deleted_directory_are_made_again() {
    let place = place("again");
    let path = place.join("deep/er/a.log");
    let mut file = File::new(path.clone());
    file.open_now().expect("a fresh directory");
    write(&mut file, "one\n").expect("written");
    fs::remove_file(&path).expect("removed");
    write(&mut file, "two\n").expect("written");
    assert_eq!(fs::read_to_string(&path).expect("there"), "two\n");
    fs::remove_dir_all(&place).expect("removed");
    write(&mut file, "three\n").expect("written");
    assert_eq!(fs::read_to_string(&path).expect("there"), "three\n");
    let _ = fs::remove_dir_all(place);
}

/// What a journal was told: which file a batch was to go to, or nothing when it was settled. Deletes a file
/// where nothing else can: between the look at the path and the write.
#[derive(Clone, Default)]
struct Notes {
    all: Arc<Mutex<Vec<Option<u64>>>>,
    deletes: Arc<Mutex<Option<PathBuf>>>,
}

impl Notes {
    fn add(&self, note: Option<u64>) {
        self.all.lock().expect("no panic").push(note);
    }
}

impl Journal for Notes {
    fn intend(&mut self, target: Target, _: &Batch<'_>) {
        self.add(Some(target.inode));
        if let Some(path) = self.deletes.lock().expect("no panic").take() {
            fs::remove_file(path).expect("removed");
        }
    }

    fn settle(&mut self) {
        self.add(None);
    }
}

fn inode(file: &File) -> u64 {
    file.open.as_ref().expect("open").identity.1
}

/// Else a death in between would lose it.
#[test]
fn what_went_into_a_deleted_file_is_settled_when_it_is_in_the_new_one() {
    let place = place("unsettled");
    let path = place.join("a.log");
    let mut file = File::new(path.clone());
    file.open_now().expect("a fresh directory");
    let notes = Notes::default();
    file.set_journal(Some(Box::new(notes.clone())));
    write(&mut file, "one\n").expect("written");
    let first = inode(&file);
    *notes.deletes.lock().expect("no panic") = Some(path.clone());
    write(&mut file, "two\n").expect("written");
    assert_eq!(fs::read_to_string(&path).expect("there"), "two\n");
    let expected = [Some(first), None, Some(first), Some(inode(&file)), None];
    assert_eq!(*notes.all.lock().expect("no panic"), expected);
    let _ = fs::remove_dir_all(place);
}

#[test]
fn a_file_that_was_moved_away_is_made_again_with_the_next_batch() {
    let place = place("moved");
    let path = place.join("a.log");
    let mut file = File::new(path.clone());
    file.open_now().expect("a fresh directory");
    write(&mut file, "one\n").expect("written");
    fs::rename(&path, place.join("old.log")).expect("moved");
    write(&mut file, "two\n").expect("written");
    let old = fs::read_to_string(place.join("old.log"));
    assert_eq!(old.expect("there"), "one\n");
    assert_eq!(fs::read_to_string(&path).expect("there"), "two\n");
    let _ = fs::remove_dir_all(place);
}

#[test]
fn a_line_that_someone_left_torn_is_closed_first() {
    let place = place("torn");
    fs::create_dir_all(&place).expect("made");
    let path = place.join("a.log");
    fs::write(&path, "half a li").expect("written");
    let mut file = File::new(path.clone());
    file.open_now().expect("there");
    write(&mut file, "one\n").expect("written");
    assert_eq!(
        fs::read_to_string(&path).expect("there"),
        "half a li…(cut)\none\n"
    );
    let _ = fs::remove_dir_all(place);
}

#[test]
fn a_torn_line_is_cut_off_unless_somebody_writes_too() {
    for (name, is_locked, found, expected) in [
        ("alone", true, "one\nhal", "one\ntwo\n"),
        (
            "followed",
            true,
            "one\nhalfway",
            "one\nhalfway…(cut)\ntwo\n",
        ),
        ("unlocked", false, "one\nhal", "one\nhal…(cut)\ntwo\n"),
    ] {
        let place = place(name);
        let path = place.join("a.log");
        let mut file = File::new(path.clone());
        file.open_now().expect("a fresh directory");
        let open = file.open.as_mut().expect("open");
        fs::write(&path, found).expect("written");
        (open.end, open.is_locked) = (7, is_locked);
        open.repair(3);
        write(&mut file, "two\n").expect("written");
        assert_eq!(fs::read_to_string(&path).expect("there"), expected);
        let _ = fs::remove_dir_all(place);
    }
}

/// Nothing is forced onto the disk for as long as a test takes, unless its level asks for it.
fn durable(path: PathBuf, from: Level) -> File {
    let never = std::time::Duration::from_secs(3600);
    let mut file = sink::file(path).durable(never, from).kind;
    file.open_now().expect("a fresh directory");
    file
}

#[test]
fn what_has_the_level_itself_or_a_higher_one_is_forced_onto_the_disk_at_once() {
    let place = place("at-once");
    let mut file = durable(place.join("a.log"), Level::Error);
    for (level, waits) in [
        (Level::Info, true),
        (Level::Error, false),
        (Level::Warning, true),
        (Level::Critical, false),
    ] {
        let line = format!("{level:?}\n");
        let (ends, origins) = ([line.len()], [Origin::REPORT]);
        let batch = Batch::of(line.as_bytes(), &ends, &origins);
        file.write(batch.with_highest(level.number()))
            .expect("written");
        assert_eq!(file.sync_due().is_some(), waits, "{level:?}");
    }
    assert_eq!(file.take_problem(), None);
    let _ = fs::remove_dir_all(place);
}

/// What is open may be past all hope, as behind a disk that was taken out and put back.
#[test]
fn a_file_that_failed_to_sync_is_opened_anew() {
    let place = place("anew");
    let path = place.join("a.log");
    let mut file = durable(path.clone(), Level::Critical);
    write(&mut file, "one\n").expect("written");
    // Stands for the file: it takes what is written and cannot be forced onto any disk.
    let (_reader, pipe) = io::pipe().expect("a pipe");
    file.open.as_mut().expect("open").file = fs::File::from(std::os::fd::OwnedFd::from(pipe));
    file.flush().expect_err("it has no disk");
    file.flush().expect("the file is another one");
    write(&mut file, "two\n").expect("written");
    let found = fs::read_to_string(&path).expect("there");
    assert_eq!(found, "one\ntwo\n");
    let _ = fs::remove_dir_all(place);
}
