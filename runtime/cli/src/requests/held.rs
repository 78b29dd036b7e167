//! What is held of one request while others are read.

use std::collections::HashSet;
use std::rc::Rc;

use storyline::{Level, RecordBuf};

use crate::judge::{Fact, Judge, text};

/// What is held of one request.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) judge: Judge,
    /// Which one of its id it is, from one on.
    pub(super) nth: u32,
    /// Method and path, by the process that received it.
    received: Vec<(u32, Rc<str>)>,
    first_error: Option<Rc<str>>,
}

/// Processes of one request whose method and path are held.
const RECEIVERS: usize = 4;

/// Texts that many requests share, held once.
#[derive(Debug, Default)]
pub(super) struct Names(HashSet<Rc<str>>);

/// How many texts are shared; paths may have numbers in them.
const SHARED: usize = 10_000;

/// Characters that are kept of one text.
const NAME: usize = 200;

impl Names {
    fn get(&mut self, text: &str) -> Rc<str> {
        let end = text.char_indices().nth(NAME).map_or(text.len(), |it| it.0);
        let text = &text[..end];
        if let Some(held) = self.0.get(text) {
            return Rc::clone(held);
        }
        let new: Rc<str> = text.into();
        if self.0.len() < SHARED {
            self.0.insert(Rc::clone(&new));
        }
        new
    }
}

impl Held {
    /// The request of its id, counted from one, whose first record this is; [`see`](Self::see) takes it in.
    pub(super) fn new(record: &RecordBuf, nth: u32) -> Self {
        Self {
            nth,
            judge: Judge::new(record.timestamp.as_nanos()),
            received: Vec::new(),
            first_error: None,
        }
    }

    pub(super) fn see(
        &mut self,
        record: &RecordBuf,
        fact: &Fact<'_>,
        process: u32,
        names: &mut Names,
    ) {
        self.judge.see(record, fact, process);
        if matches!(fact, Fact::Request)
            && self.received.len() < RECEIVERS
            && self.received.iter().all(|(its, _)| *its != process)
        {
            let parts = ["method", "path"].map(|key| record.field(key).map(text));
            let parts: Vec<_> = parts.into_iter().flatten().collect();
            if !parts.is_empty() {
                self.received.push((process, names.get(&parts.join(" "))));
            }
        }
        if self.first_error.is_none() && record.level >= Level::Error {
            self.first_error = Some(match fact {
                // The event of a timed call says nothing without its name.
                Fact::Call { name, outcome, .. } => {
                    let how = match &**outcome {
                        "err" => "failed",
                        "panic" => "panicked",
                        other => other,
                    };
                    names.get(&format!("{name} {how}"))
                }
                _ => names.get(&record.event),
            });
        }
    }

    /// What the service that answers received, else what any did.
    pub(super) fn request(&self) -> Option<&str> {
        let edge = self.judge.edge();
        let at_edge = self.received.iter().find(|(its, _)| Some(*its) == edge);
        at_edge.or(self.received.first()).map(|(_, text)| &**text)
    }

    /// The event of the first record at ERROR or CRITICAL; of a timed call its name and end.
    pub(super) fn first_error(&self) -> Option<&str> {
        self.first_error.as_deref()
    }
}
