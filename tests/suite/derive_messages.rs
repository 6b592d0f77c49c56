//! Every message of the derive has a case in `ui/`.
//!
//! The messages are the texts of more than one word in the derive's parser and checks, and those of
//! traits that a type may lack. What is constant in one, its longest part between placeholders, has
//! to stand in the expected output of some case.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Texts that no program brings about.
const OTHERS: &[&str] = &[
    // What makes a parser go another way; nobody reads it.
    "another key",
    // An assertion of the derive itself.
    "mistakes were collected but not reported",
    // Of a trait with an associated type, the pinned compiler tells what would make it hold instead:
    // `Newtype`, whose message there is a case for. Others may tell these.
    "` cannot have a `keys` rule",
    "` cannot have a `range` rule",
    "` cannot have an `each` rule",
    "neither a list, a set nor a map",
    "not a map",
    "not a number or a duration",
    "the keys have to implement `Display`, which names them in reports",
    "the keys of a map have to implement `Display`, which names them in reports",
    "use `length` for text and collections, or a closure: `validate(|v| …, \"message\")`",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn files(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, extension, found);
        } else if path.extension().is_some_and(|it| it == extension) {
            found.push(path);
        }
    }
    found.sort();
}

fn tokens(file: &Path) -> TokenStream {
    let text = fs::read_to_string(file).expect("a file");
    text.parse().unwrap_or_else(|_| panic!("{} is no Rust", file.display()))
}

/// Collects the string literals of code, without documentation and unit tests.
fn texts(tokens: TokenStream, found: &mut Vec<String>) {
    let mut is_test = false;
    let mut before = String::new();
    for token in tokens {
        match &token {
            TokenTree::Group(group)
                if group.delimiter() == Delimiter::Bracket && matches!(&*before, "#" | "!") =>
            {
                let attribute = group.stream().to_string();
                is_test |= attribute == "cfg (test)" || attribute == "cfg(test)";
                if !attribute.starts_with("doc") && !attribute.contains("reason =") {
                    texts(group.stream(), found);
                }
            }
            TokenTree::Group(group) => {
                let is_tests = std::mem::take(&mut is_test) && group.delimiter() == Delimiter::Brace;
                if !is_tests {
                    texts(group.stream(), found);
                }
            }
            TokenTree::Literal(literal) => {
                found.extend(
                    syn::parse_str::<syn::LitStr>(&literal.to_string()).ok().map(|text| text.value()),
                );
            }
            TokenTree::Punct(mark) if mark.as_char() == ';' => is_test = false,
            _ => {}
        }
        before = token.to_string();
    }
}

/// Collects the texts of `on_unimplemented` attributes.
fn of_traits(tokens: TokenStream, found: &mut Vec<String>) {
    let mut before = String::new();
    for token in tokens {
        if let TokenTree::Group(group) = &token {
            if before == "on_unimplemented" {
                texts(group.stream(), found);
            } else {
                of_traits(group.stream(), found);
            }
        }
        before = token.to_string();
    }
}

/// The longest constant part of a message.
fn constant(message: &str) -> &str {
    let mut parts: Vec<&str> = Vec::new();
    let mut depth = 0;
    let mut start = 0;
    for (at, letter) in message.char_indices() {
        match letter {
            '{' | '\n' if depth == 0 => {
                parts.push(&message[start..at]);
                depth = usize::from(letter == '{');
                start = at + 1;
            }
            '{' => depth += 1,
            '}' if depth > 0 => {
                depth -= 1;
                start = at + 1;
            }
            _ => {}
        }
    }
    if depth == 0 {
        parts.push(&message[start..]);
    }
    parts.into_iter().max_by_key(|part| part.len()).unwrap_or_default().trim()
}

#[test]
fn every_message_has_a_case() {
    super::derive_ui::messages_are_written();
    let (mut sources, mut expected, mut messages) = (Vec::new(), Vec::new(), Vec::new());
    files(&root().join("confkit-derive/src"), "rs", &mut sources);
    for file in sources {
        let name = file.to_string_lossy().replace('\\', "/");
        // Documentation, and names of rules and spellings; their forms are told by the parser.
        let is_page = name.contains("/keys/") && !name.ends_with("/keys/mod.rs");
        if !is_page && !name.contains("/expand/") {
            texts(tokens(&file), &mut messages);
        }
    }
    let mut others = Vec::new();
    files(&root().join("confkit/src"), "rs", &mut others);
    others.iter().for_each(|file| of_traits(tokens(file), &mut messages));

    files(&root().join("tests/ui"), "stderr", &mut expected);
    let told: String = expected.iter().map(|file| fs::read_to_string(file).expect("a file")).collect();
    let mut parts: Vec<&str> = messages.iter().map(|message| constant(message)).collect();
    parts.retain(|part| part.contains(' ') && part.len() > 8);
    parts.sort_unstable();
    parts.dedup();
    assert!(parts.len() > 150, "the messages are found: {}", parts.len());
    let missing: Vec<&&str> =
        parts.iter().filter(|part| !told.contains(**part) && !OTHERS.contains(*part)).collect();
    assert!(missing.is_empty(), "{} messages have no case in tests/ui:\n{missing:#?}", missing.len());
    let stale: Vec<_> =
        OTHERS.iter().filter(|part| !parts.contains(*part) || told.contains(**part)).collect();
    assert!(stale.is_empty(), "these are told or are no messages any more: {stale:#?}");
}
