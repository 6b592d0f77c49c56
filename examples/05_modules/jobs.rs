//! Works off what requests leave behind.

use std::fmt;

use confkit::{Config, Layers, Report};

/// How many connections are kept open.
#[derive(Debug, Config)]
pub(crate) struct Pool {
    #[config(default = 8, validate(range(1..=100)))]
    pub(crate) max: u16,
}

/// What is worked off, and how.
#[derive(Debug, Config)]
struct Settings {
    #[config(nested, default)]
    queues: Vec<Rule>,
    #[config(nested)]
    pool: Pool,
}

/// Which jobs a queue takes: a rule may consist of rules.
#[derive(Debug, Config)]
#[config(rename_all = "lowercase")]
enum Rule {
    Named(String),
    Any(#[config(nested)] Vec<Rule>),
    Not(#[config(nested)] Box<Rule>),
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(name) => f.write_str(name),
            Self::Not(rule) => write!(f, "not {rule}"),
            Self::Any(rules) => {
                let rules: Vec<String> = rules.iter().map(ToString::to_string).collect();
                write!(f, "({})", rules.join(" or "))
            }
        }
    }
}

/// The queue of jobs.
pub(crate) struct Queue(Settings);

impl Queue {
    /// Reads the section `jobs`.
    pub(crate) fn new(layers: &Layers) -> Result<Self, Report> {
        layers.load("jobs").map(Self)
    }
}

impl fmt::Display for Queue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let queues: Vec<String> = self.0.queues.iter().map(ToString::to_string).collect();
        write!(f, "{} connections work off {}", self.0.pool.max, queues.join(", "))
    }
}
