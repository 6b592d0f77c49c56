//! Keys that are there twice. The crate stops at the second and forgets the first: it reads on with
//! another name in its place, as long as the key, so that all places stay as they are.

use hcl_edit::parser::{Error, parse_body};
use hcl_edit::structure::Body;

/// More than this many keys that are there twice are not looked for.
const MAX_TWICE: usize = 16;
/// Texts longer than this are not read so often.
const LONG: usize = 1 << 16;

pub(super) fn parse(text: &str) -> Result<Body, Error> {
    let mut error = match parse_body(text) {
        Ok(body) => return Ok(body),
        Err(error) => error,
    };
    let times = if text.len() > LONG { 1 } else { MAX_TWICE };
    let mut other = text.to_owned();
    for _ in 0..times {
        if !is_twice(&error) {
            return Err(error);
        }
        let Some(renamed) = rename(&other, error.location().offset()) else { return Err(error) };
        other = renamed;
        error = match parse_body(&other) {
            Ok(body) => return Ok(body),
            Err(error) => error,
        };
    }
    Err(error)
}

/// Whether a key was there already.
pub(super) fn is_twice(error: &Error) -> bool {
    error.message().contains("redefined")
}

/// The text with a name in place of the key at a byte that occurs nowhere else.
fn rename(text: &str, at: usize) -> Option<String> {
    let start = at + usize::from(text[at..].starts_with('"'));
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let length = text[start..].find(|c| !is_name(c)).unwrap_or(text.len() - start);
    let name = (0..1000).map(|number| name(number, length)).find(|name| !text.contains(name))?;
    (length > 0).then(|| [&text[..start], &name, &text[start + length..]].concat())
}

/// One of many names of a length.
fn name(mut number: usize, length: usize) -> String {
    let letter = |_| {
        let letter = b'a' + u8::try_from(number % 26).unwrap_or(0);
        number /= 26;
        char::from(letter)
    };
    (0..length).map(letter).collect()
}
