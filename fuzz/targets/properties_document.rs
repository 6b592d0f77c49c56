//! What is read as properties is what Java's documentation says, done the slow way; line ends are
//! alike; and no report steers a terminal.

#![no_main]

use std::iter::Peekable;
use std::str::Chars;

use confkit_fuzz::{leaves, load, read, same_with_other_line_ends};
use confkit_sources::Format;
use libfuzzer_sys::fuzz_target;

const BLANKS: [char; 3] = [' ', '\t', '\u{c}'];

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let document = read(Format::Properties, text);
    same_with_other_line_ends(Format::Properties, text, document.as_ref());
    if let Some(document) = &document {
        let ours = leaves(document).into_iter().map(|(path, value)| (path.join("."), value));
        let mut ours: Vec<(String, String)> = ours.collect();
        let mut theirs = reference(text);
        ours.sort();
        theirs.sort();
        // What is there twice with one value is read once.
        theirs.dedup();
        assert_eq!(ours, theirs, "{text:?}");
        // Surrogates are in no seed.
        #[cfg(planted_bug)]
        assert!(ours.iter().all(|(_, value)| !value.contains('\u{1f600}')), "the planted bug");
    }
    load(Format::Properties, text);
});

/// Natural lines to logical lines, those to keys and values, and escapes last.
fn reference(text: &str) -> Vec<(String, String)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let mut lines: Vec<String> = Vec::new();
    let mut goes_on = false;
    for line in text.split('\n') {
        let line = line.trim_start_matches(BLANKS);
        if !goes_on && (line.is_empty() || line.starts_with(['#', '!'])) {
            continue;
        }
        let begun = if goes_on { lines.pop().unwrap_or_default() } else { String::new() };
        goes_on = line.chars().rev().take_while(|c| *c == '\\').count() % 2 == 1;
        lines.push(begun + if goes_on { &line[..line.len() - 1] } else { line });
    }
    lines.iter().map(|line| entry(line)).collect()
}

fn entry(line: &str) -> (String, String) {
    let mut escaped = false;
    let ends = |c: char| {
        let ends = !escaped && (c == '=' || c == ':' || BLANKS.contains(&c));
        escaped = !escaped && c == '\\';
        ends
    };
    let (key, rest) = line.split_at(line.find(ends).unwrap_or(line.len()));
    let rest = rest.trim_start_matches(BLANKS);
    let rest = rest.strip_prefix(['=', ':']).unwrap_or(rest).trim_start_matches(BLANKS);
    (unescaped(key), unescaped(rest))
}

fn unescaped(text: &str) -> String {
    let mut units: Vec<u16> = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let meant = match c {
            '\\' => match chars.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                Some('f') => '\u{c}',
                Some('u') => {
                    units.push(four_digits(&mut chars));
                    continue;
                }
                Some(c) => c,
                None => continue,
            },
            c => c,
        };
        units.extend_from_slice(meant.encode_utf16(&mut [0; 2]));
    }
    String::from_utf16(&units).expect("halves of characters are refused")
}

fn four_digits(chars: &mut Peekable<Chars<'_>>) -> u16 {
    let digits = (0..4).filter_map(|_| chars.next()?.to_digit(16));
    digits.fold(0, |sum, digit| sum * 16 + u16::try_from(digit).unwrap_or_default())
}
