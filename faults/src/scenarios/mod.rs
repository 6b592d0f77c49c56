//! All scenarios, by what happens in them.

mod content;
mod ends;
mod entries;
mod listeners;
mod missing;
mod noise;
mod replaced;
mod storms;
mod times;
mod unheard;
mod written;

use crate::scenario::{Outcome, Result, Scenario, Size, Under};

/// All of them, in the order of the table.
pub(crate) const ALL: &[Scenario] = &[
    plain("renames", "files that are renamed into place", replaced::renames),
    plain("swaps", "the `..data` link of a mounted folder is swapped", replaced::swaps),
    plain("pairs", "two files that belong together change together", replaced::pairs),
    plain("emptied", "a file is emptied, and written after a pause", written::emptied),
    plain("chunks", "a file is written in parts, each of which makes it a document", written::chunks),
    plain("drip", "the same, for longer than rest is waited for", written::drip),
    plain("cuts", "a pause at each place of a file", written::cuts),
    plain("prefixes", "a file that ends at each of its places", written::prefixes),
    plain("gone-short", "a file that is gone for a moment", missing::short),
    plain("gone-long", "a file that is gone for long", missing::long),
    plain("gone-quiet", "the same where rest is waited for as long", missing::long_and_quiet),
    plain("bad", "content that is refused", content::bad),
    plain("one-wrong", "one entry among many that is wrong, and is set aside", entries::one_wrong),
    plain("hostile", "content that is made to do harm", content::hostile),
    plain("secrets", "reports of documents with a secret in them", content::secrets),
    plain("same", "files and signals without news", content::same),
    plain("reordered", "a source that answers older revisions after newer ones", content::reordered),
    plain("silent", "no event; the same size, time and number of the file", unheard::silent),
    plain("silent-slow", "no event, and a file that is written in parts", unheard::slowly),
    under(Under::FewFiles, "no-watcher", "the system has no watcher left", unheard::no_watcher),
    under(Under::FewWatches, "no-watch", "the system has one watch left for two folders", unheard::no_watch),
    plain("read", "a file is read all the time", noise::read),
    plain("flood", "so many events that the newest are lost", noise::flood),
    plain("slow", "a subscriber that does not return", listeners::slow),
    plain("panics", "a listener, a rule and a hook that panic", listeners::panics),
    plain("reentrant", "a listener that asks for changes", listeners::reentrant),
    plain("hooks", "a hook that refuses, at each place", listeners::hooks),
    plain("health", "a revision that does not do well", times::health),
    plain("clock", "a clock that is set back over an expiry", times::clock),
    plain("torn", "two values of one answer", storms::torn),
    plain("storm", "a source that signals 10,000 times a second", storms::storm),
    plain("soak", "10,000 changes a second", storms::soak),
    plain("cycles", "a thousand starts and ends", ends::cycles),
    plain("closing", "ends in the middle of changes", ends::closing),
];

const fn plain(name: &'static str, about: &'static str, play: fn(Size) -> Result<Outcome>) -> Scenario {
    under(Under::Nothing, name, about, play)
}

const fn under(
    under: Under,
    name: &'static str,
    about: &'static str,
    play: fn(Size) -> Result<Outcome>,
) -> Scenario {
    Scenario { name, about, under, play }
}

/// The scenario of a name.
pub(crate) fn named(name: &str) -> Result<&'static Scenario> {
    ALL.iter().find(|scenario| scenario.name == name).ok_or_else(|| {
        let names: Vec<&str> = ALL.iter().map(|scenario| scenario.name).collect();
        format!("there is no scenario `{name}`; there are: {}", names.join(", ")).into()
    })
}
