//! One record of a victim: all of it is a function of the victim's seed, the thread and the number, so that
//! the judge knows what must be written without having been told.

use core::fmt;

use storyline::{Level, RecordBuf, ValueBuf, context, log_event, request_scope};

/// A small generator; the same numbers everywhere and always.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// Numbers that belong to these.
    pub fn of(numbers: &[u64]) -> Self {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        for number in numbers {
            state = (state ^ number).wrapping_mul(0xd6e8_feb8_6659_fd93);
            state ^= state >> 32;
        }
        Self(state | 1)
    }

    /// The next number, below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % end
    }

    /// An index below `len`.
    pub fn index(&mut self, len: usize) -> usize {
        usize::try_from(self.below(len as u64)).unwrap_or(0)
    }
}

/// What one call logs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    seed: u64,
    thread: u64,
    seq: u64,
    level: Level,
    payload: String,
    way: Way,
}

/// What goes along with the payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Plain,
    InRequest,
    Shown,
    Bound,
    All,
}

/// A value that writes itself.
struct Shown(u64);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{:x}> so \"shown\"", self.0)
    }
}

/// All levels.
pub(crate) const LEVELS: [Level; 6] = [
    Level::Trace,
    Level::Debug,
    Level::Info,
    Level::Warning,
    Level::Error,
    Level::Critical,
];

/// Letters of one to four bytes, and what lines must escape.
const LETTERS: [char; 16] = [
    'a', 'b', 'Z', '7', ' ', '=', '|', '"', '\\', '\n', '\u{1b}', 'é', '…', '漢', '🦀', '\u{202e}',
];

impl Step {
    /// The record with this number.
    pub fn of(seed: u64, thread: u64, seq: u64) -> Self {
        let mut random = Random::of(&[seed, thread, seq]);
        let letters = random.below(301);
        let level = LEVELS[random.index(6)];
        let way = match random.below(8) {
            0 => Way::InRequest,
            1 => Way::Shown,
            2 => Way::Bound,
            3 => Way::All,
            _ => Way::Plain,
        };
        let mut payload = String::new();
        while (payload.len() as u64) < letters {
            let letter = LETTERS[random.index(40) % 16];
            payload.push(letter);
        }
        Self {
            seed,
            thread,
            seq,
            level,
            payload,
            way,
        }
    }

    fn request(&self) -> String {
        format!("r-{}.{}", self.thread, self.seq)
    }

    fn tenant(&self) -> String {
        format!("tenant {}", self.seq % 7)
    }

    /// Logs it.
    pub fn log(&self) {
        let &Self {
            seed,
            thread,
            seq,
            level,
            ref payload,
            way,
        } = self;
        match way {
            Way::Plain => log_event!((level), "step", seed, thread, seq, payload),
            Way::InRequest => {
                let _request = request_scope(self.request());
                log_event!((level), "step", seed, thread, seq, payload);
            }
            Way::Shown => {
                log_event!((level), "step", seed, thread, seq, payload, shown = %Shown(seq));
            }
            Way::Bound => {
                let _bound = context!(tenant = self.tenant());
                log_event!((level), "step", seed, thread, seq, payload);
            }
            Way::All => {
                let _request = request_scope(self.request());
                let _bound = context!(tenant = self.tenant());
                log_event!((level), "step", "step {seq}", seed, thread, payload, shown = %Shown(seq));
            }
        }
    }

    /// Who logged the record, when it is one of a victim: seed, thread, number.
    pub fn origin(record: &RecordBuf) -> Option<(u64, u64, u64)> {
        let number = |key| match record.field(key)? {
            ValueBuf::Int(it) => u64::try_from(*it).ok(),
            ValueBuf::UInt(it) => Some(*it),
            _ => None,
        };
        Some((number("seed")?, number("thread")?, number("seq")?))
    }

    /// What is wrong with the record that should be this one.
    ///
    /// # Errors
    ///
    /// Names the part that differs.
    pub fn compare(&self, record: &RecordBuf) -> Result<(), String> {
        let in_request = matches!(self.way, Way::InRequest | Way::All);
        let bound = matches!(self.way, Way::Bound | Way::All);
        let shown = matches!(self.way, Way::Shown | Way::All);
        let text = |wanted: bool, text: String| wanted.then_some(text);
        let all = [
            ("payload", Some(self.payload.clone())),
            ("shown", text(shown, Shown(self.seq).to_string())),
            ("tenant", text(bound, self.tenant())),
            (
                "msg",
                text(self.way == Way::All, format!("step {}", self.seq)),
            ),
        ];
        if record.level != self.level {
            return Err(format!("level {} in place of {}", record.level, self.level));
        }
        if record.request_id != text(in_request, self.request()) {
            return Err(format!("request {:?}", record.request_id));
        }
        for (key, wanted) in all {
            let found = record.field(key).cloned();
            if found != wanted.clone().map(|it| ValueBuf::Str(it).normalised()) {
                return Err(format!("{key} is {found:?} in place of {wanted:?}"));
            }
        }
        Ok(())
    }
}
