//! The arguments, and the rows they ask for.

use std::path::PathBuf;

use crate::row::{Row, Shape, Target};

/// Bytes of a record as these rows write it, to turn gigabytes into records.
const LINE_BYTES: u64 = 137;
const JSON_BYTES: u64 = 293;

/// Gigabytes that are also written to memory.
const MOST_IN_MEMORY: u64 = 2;

pub(crate) struct Options {
    pub(crate) records: u64,
    pub(crate) gigabytes: Option<u64>,
    pub(crate) repeats: usize,
    pub(crate) disk: PathBuf,
    only: Option<String>,
}

impl Options {
    pub(crate) fn read(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self {
            records: 3_000_000,
            gigabytes: None,
            repeats: 3,
            disk: PathBuf::from(env!("CARGO_TARGET_TMPDIR")),
            only: None,
        };
        // Cargo says `--bench` to every benchmark.
        let mut arguments = arguments.filter(|it| it != "--bench");
        while let Some(name) = arguments.next() {
            let value = arguments.next().ok_or(format!("`{name}` needs a value"))?;
            let number = || {
                value
                    .parse()
                    .map_err(|_| format!("`{name} {value}`: no number"))
            };
            match &*name {
                "--records" => options.records = number()?,
                "--gigabytes" => {
                    options.gigabytes = Some(number()?);
                    options.repeats = 1;
                }
                "--repeats" => options.repeats = usize::try_from(number()?).unwrap_or(1).max(1),
                "--directory" => options.disk = value.into(),
                "--only" => options.only = Some(value),
                _ => {
                    return Err(format!(
                        "`{name}` is no argument: there are --records, --gigabytes, --repeats, --directory, --only"
                    ));
                }
            }
        }
        Ok(options)
    }

    pub(crate) fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        let shapes = [Shape::Line, Shape::Json];
        for shape in shapes {
            for directory in self.directories() {
                rows.push(self.row(shape, Target::File(directory), 1));
            }
        }
        if self.gigabytes.is_none() {
            let memory = self.directories().pop().unwrap_or_default();
            for shape in shapes {
                for producers in [2, 4, 8, 16] {
                    rows.push(self.row(shape, Target::File(memory.clone()), producers));
                }
            }
            for shape in shapes {
                rows.push(Row {
                    recorder: false,
                    ..self.row(shape, Target::File(memory.clone()), 1)
                });
            }
            for shape in [Shape::Nothing, Shape::Line, Shape::Json] {
                rows.push(self.row(shape, Target::Nowhere, 1));
            }
        }
        rows.retain(|row| {
            self.only
                .as_ref()
                .is_none_or(|only| row.name().contains(only))
        });
        rows
    }

    /// Where files are written: the disk, and memory where there is such a place and the file is not large.
    fn directories(&self) -> Vec<PathBuf> {
        let memory = PathBuf::from("/dev/shm");
        let fits = memory.is_dir() && self.gigabytes.is_none_or(|it| it <= MOST_IN_MEMORY);
        let both = [Some(self.disk.clone()), fits.then_some(memory)];
        both.into_iter().flatten().collect()
    }

    fn row(&self, shape: Shape, target: Target, producers: u64) -> Row {
        let bytes = if shape == Shape::Json {
            JSON_BYTES
        } else {
            LINE_BYTES
        };
        let records = self
            .gigabytes
            .map_or(self.records, |it| it * 1_000_000_000 / bytes);
        Row {
            shape,
            target,
            producers,
            recorder: true,
            records: records / producers * producers,
        }
    }
}
