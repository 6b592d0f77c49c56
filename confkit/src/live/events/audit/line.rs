//! One line of a log: a record.

use std::time::SystemTime;

use serde::de::IgnoredAny;
use serde_json::json;

use super::chain::{Chain, Hash, Head};
use crate::live::events::Event;
use crate::live::events::hex::Hexadecimal;
use crate::live::events::json::time;

/// The ends of a line around its hash: of an open chain, and of a keyed one.
const OPEN: &str = ",\"hash\":\"";
const KEYED: &str = ",\"mac\":\"";
const END: &str = "\"}";

/// What a record is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    Event,
    Continued,
    Restarted,
    Repaired,
}

impl About {
    /// How the record goes on behind `previous`.
    fn begin(self) -> &'static str {
        match self {
            Self::Event => "\"event\":{",
            Self::Continued => "\"log\":{\"record\":\"continued\",",
            Self::Restarted => "\"log\":{\"record\":\"restarted\",",
            Self::Repaired => "\"log\":{\"record\":\"repaired\",",
        }
    }
}

/// A record as it is written, with nothing checked but its form.
#[derive(Debug)]
pub(super) struct Line<'t> {
    pub(super) sequence: u64,
    pub(super) previous: Hash,
    pub(super) about: About,
    pub(super) is_keyed: bool,
    hash: Hash,
    /// What is hashed: the line from its first byte to the comma before `hash`.
    body: &'t str,
}

impl<'t> Line<'t> {
    /// Reads a line without its end; `None` if it is no record.
    pub(super) fn read(line: &'t [u8]) -> Option<Self> {
        let text = str::from_utf8(line).ok()?;
        let rest = text.strip_prefix("{\"sequence\":")?;
        let (digits, rest) = rest.split_once(",\"previous\":\"")?;
        let sequence: u64 = digits.parse().ok().filter(|number: &u64| number.to_string() == digits)?;
        let (previous, rest) = rest.split_at_checked(Hash::DIGITS)?;
        let rest = rest.strip_prefix("\",")?;
        let kinds = [About::Event, About::Continued, About::Restarted, About::Repaired];
        let about = kinds.into_iter().find(|about| rest.starts_with(about.begin()))?;

        let sealed = text.strip_suffix(END)?;
        let (front, hash) = sealed.split_at_checked(sealed.len().checked_sub(Hash::DIGITS)?)?;
        let (body, is_keyed) = match front.strip_suffix(OPEN) {
            Some(body) => (body, false),
            None => (front.strip_suffix(KEYED)?, true),
        };
        serde_json::from_str::<IgnoredAny>(text).ok()?;
        let (previous, hash) = (Hash::read(previous)?, Hash::read(hash)?);
        Some(Self { sequence, previous, about, is_keyed, hash, body })
    }

    /// Whether its content is what was hashed.
    pub(super) fn is_genuine(&self, chain: &Chain) -> bool {
        chain.hash(self.body) == self.hash
    }

    pub(super) fn head(&self) -> Head {
        Head { sequence: self.sequence, hash: self.hash }
    }
}

/// What a record says, as it stands in its line.
#[derive(Debug)]
pub(super) struct Content(String);

impl Content {
    pub(super) fn event(event: &Event) -> Self {
        Self(format!("\"event\":{}", event.to_json()))
    }

    /// That this file goes on where another one ends.
    pub(super) fn continued(file: &str) -> Self {
        Self::log(About::Continued, &[("file", file)])
    }

    /// That the file of the log was not there any more, or not as it was written; and what was found in its place.
    pub(super) fn restarted(found: &str) -> Self {
        Self::log(About::Restarted, &[("found", found)])
    }

    /// That the log ended in the middle of a record, which is kept here.
    pub(super) fn repaired(torn: &[u8]) -> Self {
        let entry = match str::from_utf8(torn) {
            Ok(text) => ("torn", text.to_owned()),
            Err(_) => ("torn_hex", Hexadecimal(torn).to_string()),
        };
        Self::log(About::Repaired, &[(entry.0, &entry.1)])
    }

    fn log(about: About, entries: &[(&str, &str)]) -> Self {
        let mut content = format!("{}\"at\":{}", about.begin(), json!(time(SystemTime::now())));
        for (key, value) in entries {
            content += &format!(",\"{key}\":{}", json!(value));
        }
        Self(content + "}")
    }

    /// The line that follows a head, with its end, and the new head.
    pub(super) fn line(&self, after: Head, chain: &Chain) -> (String, Head) {
        let sequence = after.sequence + 1;
        let mut line = format!("{{\"sequence\":{sequence},\"previous\":\"{}\",{}", after.hash, self.0);
        let hash = chain.hash(&line);
        line += &format!("{}{hash}{END}\n", if chain.is_keyed() { KEYED } else { OPEN });
        (line, Head { sequence, hash })
    }
}
