//! Small numbers for the processes (service and pid) that records come from.

use std::collections::HashMap;

/// How many different processes are told apart.
const MOST: usize = 65_536;

/// The processes seen so far.
#[derive(Debug, Default)]
pub struct Processes {
    names: Vec<(String, u32)>,
    numbers: HashMap<(String, u32), u32>,
    last: u32,
}

impl Processes {
    /// The number of all beyond the first 65,536.
    pub const OTHERS: u32 = u32::MAX;

    /// The number of a process; beyond the first 65,536 all others share one.
    pub fn number(&mut self, service: &str, pid: u32) -> u32 {
        // Records mostly come from the process of the record before.
        if self.name(self.last) == (service, pid) {
            return self.last;
        }
        let key = (service.to_owned(), pid);
        if let Some(&number) = self.numbers.get(&key) {
            self.last = number;
            return number;
        }
        if self.names.len() >= MOST {
            return Self::OTHERS;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(key.clone());
        self.numbers.insert(key, number);
        self.last = number;
        number
    }

    /// Service and pid of a number.
    pub fn name(&self, number: u32) -> (&str, u32) {
        let name = usize::try_from(number)
            .ok()
            .and_then(|at| self.names.get(at));
        name.map_or(("(others)", 0), |(service, pid)| (service.as_str(), *pid))
    }

    /// Whether another process of the same service was seen.
    pub fn has_twin(&self, number: u32) -> bool {
        let (service, pid) = self.name(number);
        self.names
            .iter()
            .any(|(other, its)| other == service && *its != pid)
    }

    /// All, in the order in which they were first seen.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u32)> {
        self.names
            .iter()
            .map(|(service, pid)| (service.as_str(), *pid))
    }
}
