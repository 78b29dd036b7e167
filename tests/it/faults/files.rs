//! A file that loses its place or its process's rights.

use crate::alone::{Place, SOON, alone, lines};
use crate::ledger::{count, dropped, records, sink_counters, told};
use storyline::sink::{self, Memory};
use storyline::{Reason, log_event};

alone! {
    fn a_removed_directory_is_made_again() {
        let place = Place::new("removed");
        let directory = place.join("logs");
        let path = directory.join("x.log");
        let guard = storyline::setup("x").file(&path).start().expect("starts");
        for round in 0..5_u64 {
            for n in 0..100_u64 {
                log_event!(INFO, "step", round, n);
            }
            guard.flush(SOON).expect("written");
            let lines = lines(&path);
            assert_eq!(lines.len(), 100);
            assert!(lines[99].ends_with(&format!("round={round} n=99")));
            std::fs::remove_dir_all(&directory).expect("removed");
        }
        assert_eq!(storyline::counters().sinks[0].dropped, []);
    }

    fn a_file_that_is_moved_away_is_made_again_with_the_next_batch() {
        let place = Place::new("moved");
        let (path, old) = (place.join("x.log"), place.join("old.log"));
        let guard = storyline::setup("x").file(&path).start().expect("starts");
        for round in 1..=10 {
            log_event!(INFO, "step");
            guard.flush(SOON).expect("written");
            log_event!(INFO, "step");
            guard.flush(SOON).expect("written");
            assert_eq!(lines(&path).len(), 2, "round {round}");
            std::fs::rename(&path, &old).expect("moved");
        }
    }

    fn a_process_that_gave_up_its_rights_writes_on_into_what_is_open() {
        let place = Place::new("rights");
        let directory = place.join("logs");
        let path = directory.join("x.log");
        let guard = storyline::setup("x").file(&path).start().expect("starts");
        log_event!(INFO, "step");
        guard.flush(SOON).expect("written");
        let closed = std::os::unix::fs::PermissionsExt::from_mode(0o700);
        std::fs::set_permissions(&directory, closed).expect("ours");
        let Some(own) = crate::machine::give_up_rights() else { return };
        assert!(std::fs::metadata(&path).is_err(), "out of reach now");
        for _ in 0..100 {
            log_event!(INFO, "step");
            guard.flush(SOON).expect("written");
        }
        drop(own);
        assert_eq!(lines(&path).len(), 101);
        assert_eq!(sink_counters(&path.display().to_string()).dropped, []);
    }

    /// As in `/var/log`: who rotates makes the new file, and until then the old one is all there is.
    fn where_only_others_may_make_files_a_rotation_loses_nothing() {
        let place = Place::new("rotated");
        let (path, old) = (place.join("x.log"), place.join("x.log.1"));
        let guard = storyline::setup("x").file(&path).start().expect("starts");
        let log = |count: u64| {
            for n in 0..count {
                log_event!(INFO, "step", n);
                guard.flush(SOON).expect("written");
            }
        };
        log(1);
        std::fs::rename(&path, &old).expect("moved");
        let Some(own) = crate::machine::give_up_rights() else { return };
        log(10);
        drop(own);
        assert!(!path.exists());
        std::fs::write(&path, "").expect("made");
        let open_to_all = std::os::unix::fs::PermissionsExt::from_mode(0o666);
        std::fs::set_permissions(&path, open_to_all).expect("ours");
        let Some(own) = crate::machine::give_up_rights() else { return };
        log(10);
        drop(own);
        assert_eq!((lines(&old).len(), lines(&path).len()), (11, 10));
        assert_eq!(sink_counters(&path.display().to_string()).dropped, []);
    }

    fn what_a_lost_directory_cost_is_counted_and_told_when_it_is_back() {
        let place = Place::new("blocked");
        let directory = place.join("logs");
        let path = directory.join("x.log");
        let memory = Memory::new();
        let guard = storyline::setup("x").file(&path).sink(sink::memory(&memory)).start().expect("starts");
        log_event!(INFO, "step");
        guard.flush(SOON).expect("written");
        // A file where the directory was: it cannot be made again.
        std::fs::remove_dir_all(&directory).expect("removed");
        std::fs::write(&directory, "in the way").expect("written");
        for _ in 0..500 {
            log_event!(INFO, "step");
        }
        guard.flush(SOON).expect("nothing is pending");
        let name = path.display().to_string();
        let sink = sink_counters(&name);
        assert_eq!((sink.written, sink.dropped_total()), (1, 500), "{sink}");
        assert_eq!(dropped(&sink.dropped, Reason::PathMissing), 500, "{sink}");

        std::fs::remove_file(&directory).expect("out of the way");
        log_event!(INFO, "step");
        guard.flush(SOON).expect("written");
        let records = records(&path);
        assert_eq!(records[0].event, "records_dropped", "told first: {records:?}");
        assert_eq!(told(&records, &name, Reason::PathMissing), 500);
        assert_eq!(count(&records, "step"), 1);
        // The other sink has everything, and was told as well.
        drop(guard);
        assert_eq!(count(&memory.records(), "step"), 502);
        assert_eq!(told(&memory.records(), &name, Reason::PathMissing), 500);
    }
}
