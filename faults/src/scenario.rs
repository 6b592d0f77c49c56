//! A fault, and what came of it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Whatever keeps a scenario from being played.
pub(crate) type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Something that happens to live settings, again and again.
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) under: Under,
    pub(crate) play: fn(Size) -> Result<Outcome>,
}

/// What the process of a scenario has to do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Under {
    Nothing,
    /// So few open files that the operating system gives no watcher.
    FewFiles,
    /// So few watches that a watcher has none left for a second directory.
    FewWatches,
}

/// How much of a scenario is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    /// In the tests of the project.
    Quick,
    /// On request.
    Whole,
}

impl Size {
    pub(crate) fn of<N>(self, quick: N, whole: N) -> N {
        match self {
            Self::Quick => quick,
            Self::Whole => whole,
        }
    }
}

/// What came of a scenario.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Outcome {
    /// From each change to its value in force.
    pub(crate) recoveries: Recoveries,
    /// Values that were read meanwhile, and those among them that nobody had written.
    pub(crate) reads: u64,
    pub(crate) wrong: u64,
    /// Changes that had to be told, and those that were told once, in order.
    pub(crate) changes: u64,
    pub(crate) told: u64,
    /// Events that a sink was told, and those of them that are in an audit log that is whole.
    pub(crate) logged: u64,
    pub(crate) kept: u64,
    /// Figures beside these.
    pub(crate) notes: Vec<String>,
    /// What is not as it should be.
    pub(crate) faults: Vec<String>,
}

impl Outcome {
    pub(crate) fn is_right(&self) -> bool {
        self.faults.is_empty() && self.wrong == 0 && self.told == self.changes && self.kept == self.logged
    }

    /// Adds what came of more of the same.
    pub(crate) fn append(&mut self, more: Self) {
        self.recoveries.0.extend(more.recoveries.0);
        self.reads += more.reads;
        self.wrong += more.wrong;
        self.changes += more.changes;
        self.told += more.told;
        self.logged += more.logged;
        self.kept += more.kept;
        self.notes.extend(more.notes);
        self.faults.extend(more.faults);
    }

    pub(crate) fn note(&mut self, words: impl Into<String>) {
        self.notes.push(words.into());
    }

    /// Notes a fault if something is not so.
    pub(crate) fn check(&mut self, is_so: bool, otherwise: impl FnOnce() -> String) {
        if !is_so {
            self.faults.push(otherwise());
        }
    }
}

/// How long it took each time.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Recoveries(Vec<Duration>);

impl Recoveries {
    pub(crate) fn add(&mut self, one: Duration) {
        self.0.push(one);
    }

    pub(crate) fn median(&self) -> Option<Duration> {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        sorted.get(sorted.len() / 2).copied()
    }

    pub(crate) fn worst(&self) -> Option<Duration> {
        self.0.iter().max().copied()
    }
}
