//! One row: what is measured, as a job for a process of its own, and that process.
#![expect(
    clippy::cast_precision_loss,
    reason = "counts of records and nanoseconds of one run"
)]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Barrier;
use std::time::{Duration, Instant};
use std::{fs, io, thread};

use storyline::format::{Format, Json, Line};
use storyline::sink::{self, Batch, Kind, Output, Sink, WriteError};
use storyline::{Record, Recorder, Setup, WhenFull, counters, log_event};
use storyline_benches::child::Answers;
use storyline_benches::cores;
use storyline_benches::process::{self, Activity};

use crate::check;

/// Longer than any pause of a machine: a record that does not fit waits.
const PATIENCE: Duration = Duration::from_secs(600);

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Line,
    Json,
    /// No text at all: what is left is taking records out of the rings.
    Nothing,
}

#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// A file in this directory.
    File(PathBuf),
    /// A sink that drops what it is given.
    Nowhere,
}

#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) shape: Shape,
    pub(crate) target: Target,
    pub(crate) producers: u64,
    pub(crate) recorder: bool,
    pub(crate) records: u64,
}

impl Row {
    pub(crate) fn name(&self) -> String {
        let shape = match self.shape {
            Shape::Line => "lines",
            Shape::Json => "JSON",
            Shape::Nothing => "no text",
        };
        let target = match &self.target {
            Target::Nowhere => "nowhere".to_owned(),
            Target::File(path) if path.starts_with("/dev/shm") => "file in memory".to_owned(),
            Target::File(_) => "file on disk".to_owned(),
        };
        let recorder = match self.target {
            Target::File(_) if !self.recorder => ", recorder off",
            _ => "",
        };
        format!("{shape}, {target}{recorder}, {} producers", self.producers)
    }

    pub(crate) fn job(&self) -> String {
        let shape = match self.shape {
            Shape::Line => "line",
            Shape::Json => "json",
            Shape::Nothing => "nothing",
        };
        let directory = match &self.target {
            Target::File(path) => path.display().to_string(),
            Target::Nowhere => String::new(),
        };
        let Self {
            producers,
            recorder,
            records,
            ..
        } = self;
        format!(
            "shape={shape};directory={directory};producers={producers};recorder={recorder};records={records}"
        )
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the parent wrote whole numbers"
    )]
    fn of_job(job: &str) -> Self {
        let job = Answers::read(job);
        Self {
            shape: match job.text("shape") {
                "line" => Shape::Line,
                "json" => Shape::Json,
                _ => Shape::Nothing,
            },
            target: match job.text("directory") {
                "" => Target::Nowhere,
                path => Target::File(path.into()),
            },
            producers: job.number("producers") as u64,
            recorder: job.text("recorder") == "true",
            records: job.number("records") as u64,
        }
    }
}

/// The child: sets up, logs, waits until all is written, checks, answers.
pub(crate) fn run(job: &str) -> Result<(), Box<dyn Error>> {
    let row = Row::of_job(job);
    let file = match &row.target {
        Target::File(directory) => {
            let folder = directory.join(format!("storyline-throughput-{}", std::process::id()));
            Some(folder.join("throughput.log"))
        }
        Target::Nowhere => None,
    };
    let outcome = measure(&row, file.as_deref());
    if let Some(folder) = file.as_deref().and_then(Path::parent) {
        fs::remove_dir_all(folder)?;
    }
    outcome
}

fn measure(row: &Row, file: Option<&Path>) -> Result<(), Box<dyn Error>> {
    let setup = storyline::setup("payment-service").when_full(WhenFull::Wait(PATIENCE));
    let setup = match file {
        Some(path) => add(setup, sink::file(path), row.shape),
        None => add(setup, sink::custom("nowhere", Nowhere), row.shape),
    };
    let setup = if row.recorder {
        setup
    } else {
        setup.recorder(Recorder::off())
    };
    // The background thread and the producers do not take each other's processor.
    let last = cores::count() - 1;
    cores::bind(&[last]);
    let guard = setup.start()?;
    cores::bind(&cores::all_but(last));

    // What a start has to say about earlier processes is no part of the row.
    guard.flush(PATIENCE)?;
    let said = counters().written;

    let each = row.records / row.producers;
    let begin = Barrier::new(usize::try_from(row.producers)? + 1);
    let before = Activity::of_background();
    let (start, caller) = thread::scope(|scope| -> Result<_, Box<dyn Error>> {
        let mut producers = Vec::new();
        for producer in 0..row.producers {
            let begin = &begin;
            let run = move || {
                begin.wait();
                let before = process::own_nanos();
                produce(check::FIRST + producer * each, each);
                process::own_nanos() - before
            };
            let name = format!("producer-{producer:02}");
            producers.push(thread::Builder::new().name(name).spawn_scoped(scope, run)?);
        }
        begin.wait();
        let start = Instant::now();
        let mut caller = 0;
        for producer in producers {
            caller += producer.join().map_err(|_| "a producer has panicked")?;
        }
        Ok((start, caller))
    })?;
    let logged = start.elapsed();
    guard.flush(PATIENCE)?;
    let written = start.elapsed();
    let behind = Activity::of_background().since(before);

    let counters = counters();
    let dropped = counters.dropped_total()
        + counters
            .sinks
            .iter()
            .map(storyline::SinkCounters::dropped_total)
            .sum::<u64>();
    if dropped > 0
        || counters.accepted != said + row.records
        || counters.written != said + row.records
    {
        return Err(format!(
            "{} records were logged behind {said}, but: {counters}",
            row.records
        )
        .into());
    }
    let bytes = match file {
        Some(path) => check::whole(path, row, said)?,
        None => 0,
    };
    answer("seconds", written.as_secs_f64());
    answer("logged_seconds", logged.as_secs_f64());
    answer("bytes", bytes as f64);
    answer("behind", behind.nanos as f64 / row.records as f64);
    answer("sleeps", behind.sleeps as f64 / written.as_secs_f64());
    answer(
        "interruptions",
        behind.interruptions as f64 / written.as_secs_f64(),
    );
    answer("caller", caller as f64 / row.records as f64);
    Ok(())
}

fn answer(key: &str, value: f64) {
    println!("{key}={value}");
}

/// Logs so many records, numbered from `first` on.
fn produce(first: u64, records: u64) {
    let provider = String::from("stripe");
    for user_id in first..first + records {
        log_event!(
            INFO,
            "payment_initiated",
            user_id,
            amount = 500_u64,
            provider = provider
        );
    }
}

fn add<K: Kind>(setup: Setup, output: Output<K>, shape: Shape) -> Setup {
    setup.sink(match shape {
        Shape::Line => output.format(Line::default()),
        Shape::Json => output.format(Json::default()),
        Shape::Nothing => output.format(NoText),
    })
}

struct NoText;

impl Format for NoText {
    fn format(&mut self, _: &Record<'_>, out: &mut Vec<u8>) {
        out.push(b'\n');
    }
}

struct Nowhere;

impl Sink for Nowhere {
    fn write(&mut self, _: Batch<'_>) -> Result<(), WriteError> {
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
