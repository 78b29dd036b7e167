//! The README's incident at small size, run as a program: its files, read back through the tool, tell
//! what really happened.

mod cards;
mod durations;
mod endings;
mod program;
mod steps;

use std::path::{Path, PathBuf};
use std::process::Command;

use cards::no_file_holds_a_card_number;
use durations::durations_agree_with_the_injected_delays;
use endings::{each_ending_shows_as_what_it_is, every_failed_request_has_one_line_that_says_why};
use program::{
    the_report_tells_the_story, the_story_is_told_also_after_a_kill_half_way,
    who_asks_is_told_how_to_use_it,
};
use steps::database_and_log_tell_the_same_steps;
use storyline::RecordBuf;
use storyline_cli::input::{Merged, Source};
use storyline_cli::judge::text;

struct Incident {
    program: PathBuf,
    report: String,
    logs: PathBuf,
    _folder: tempfile::TempDir,
}

impl Incident {
    /// Builds the example as the rest of the workspace is built, and runs it.
    fn run() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let build = Command::new(env!("CARGO"))
            .args([
                "build",
                "--quiet",
                "--workspace",
                "--example",
                "payment_incident",
            ])
            .args(["--message-format", "json"])
            .current_dir(root)
            .output()
            .expect("cargo runs");
        let messages = String::from_utf8_lossy(&build.stdout);
        assert!(
            build.status.success(),
            "{}",
            String::from_utf8_lossy(&build.stderr)
        );
        let program = messages
            .lines()
            .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
            .filter(|message| message["target"]["name"] == "payment_incident")
            .find_map(|message| message["executable"].as_str().map(PathBuf::from))
            .expect("cargo names the program");
        let folder = tempfile::tempdir().expect("a folder");
        let mut incident = Self {
            program,
            report: String::new(),
            logs: folder.path().join("logs"),
            _folder: folder,
        };
        incident.repeat();
        incident
    }

    fn small(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("small").arg("--logs").arg(&self.logs);
        command
    }

    /// Runs it, to its end, over what is there.
    fn repeat(&mut self) {
        let run = self.small().output().expect("the example runs");
        let errors = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success(), "{errors}");
        self.report = String::from_utf8_lossy(&run.stdout).into_owned();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.logs.join(name)
    }

    fn records(&self, names: &[&str]) -> Vec<RecordBuf> {
        let paths: Vec<_> = names.iter().map(|name| self.path(name)).collect();
        let sources = Source::open_all(&paths).expect("files that can be read");
        let mut merged = Merged::new(sources, false).expect("files that can be read");
        let mut records = Vec::new();
        while let Some(record) = merged.read_record().expect("files that can be read") {
            records.push(record);
        }
        records
    }
}

fn field(record: &RecordBuf, key: &str) -> String {
    record
        .field(key)
        .map_or_else(String::new, |it| text(it).into_owned())
}

#[test]
fn the_files_tell_what_happened() {
    let mut incident = Incident::run();
    let service = incident.records(&["payment-service.log"]);
    let gateway = incident.records(&["gateway.log"]);

    both_files_hold_the_same(&incident);
    every_failed_request_has_one_line_that_says_why(&service);
    durations_agree_with_the_injected_delays(&service, &gateway);
    database_and_log_tell_the_same_steps(&incident, &service);
    each_ending_shows_as_what_it_is(&service, &gateway);
    no_file_holds_a_card_number(&incident, &gateway);
    the_report_tells_the_story(&incident);
    who_asks_is_told_how_to_use_it(&incident);
    the_story_is_told_also_after_a_kill_half_way(&mut incident);
}

fn both_files_hold_the_same(incident: &Incident) {
    for service in ["payment-service", "gateway"] {
        let lines = incident.records(&[&format!("{service}.log")]);
        let json = incident.records(&[&format!("{service}.json")]);
        assert_eq!(lines.len(), json.len(), "{service}");
        assert!(lines.iter().all(|it| it.service == service));
        let events = |records: &[RecordBuf]| {
            let mut events: Vec<_> = records
                .iter()
                .map(|it| (it.event.clone(), it.request_id.clone()))
                .collect();
            events.sort();
            events
        };
        assert_eq!(events(&lines), events(&json), "{service}");
    }
}
