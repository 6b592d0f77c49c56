//! Rules between keys, fields and types. Rules about one key alone live in the parser.

mod arguments;
mod conflicts;
mod default_rules;
mod defaults;
mod enums;
mod lenient;
mod limits;
mod merge;
mod messages;
mod names;
mod numbers;
mod presence;
mod references;
mod types;
mod version;

use crate::diag::Diag;
use crate::model::{Body, Input, Section};

/// Checks a declaration.
pub(crate) fn run(input: &Input, diag: &Diag) {
    match &input.body {
        Body::Section(one) => {
            names::relaxes_something(one.relaxed_keys, [one], diag);
            section(one, diag);
            // The key of the version is no setting's.
            version::run(one, diag);
        }
        Body::Newtype(newtype) => types::newtype(newtype, diag),
        Body::Choice(choice) => enums::names(&choice.variants, diag),
        Body::Tagged(tagged) => enums::tagged(tagged, diag),
        Body::Converted(_) => {}
    }
}

/// Checks the fields of a struct, or of a variant.
fn section(section: &Section, diag: &Diag) {
    // A value outlives the document it was read from.
    types::borrowed(section, diag);
    // Only sections that stand alone can be set aside.
    lenient::run(section, diag);
    // Keys that contradict each other, or that have no effect beside each other.
    conflicts::run(section, diag);
    // A key or a variable belongs to one field, or the other would never be set.
    names::run(section, diag);
    // So does an argument.
    arguments::run(section, diag);
    // What a rule names has to exist.
    references::run(section, diag);
    // Only what can be absent can be asked for.
    presence::run(section, diag);
    // Only lists and tables can be put together.
    merge::run(section, diag);
    // What a message names has to exist, and may not be secret.
    messages::run(section, diag);
    // A rule that never holds, or never applies, is a slip.
    limits::run(section, diag);
    // A literal default has to be readable and within its own limits.
    defaults::run(section, diag);
}
