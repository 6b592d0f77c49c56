//! YAML: up to the size that is read, and beyond it.

use crate::Case;

/// A little less than what a document may have.
const MOST: usize = (4 << 20) - 64;

fn fill(begin: &str, piece: &str, end: &str) -> String {
    let count = (MOST - begin.len() - end.len()) / piece.len();
    format!("{begin}{}{end}", piece.repeat(count))
}

pub(crate) const CASES: &[Case] = &[
    ("one value of 100 MB", || format!("a: {}", "x".repeat(100_000_000))),
    ("one key of 100 MB", || format!("{}: 1", "x".repeat(100_000_000))),
    ("one plain value", || fill("a: ", "x", "\n")),
    ("one quoted value", || fill("a: '", "x", "'\n")),
    ("one key", || fill("", "x", ": 1\n")),
    ("a block of lines", || fill("a: |\n", "  x\n", "")),
    ("lists 10,000 deep", || format!("a: {}{}", "[".repeat(10_000), "]".repeat(10_000))),
    ("open lists", || fill("a: ", "[", "")),
    ("open tables", || fill("", "{a: ", "")),
    ("blocks 10,000 deep", || (0..2_000).map(|i| format!("{}a:\n", " ".repeat(i))).collect()),
    ("dashes", || fill("", "- ", "")),
    ("question marks", || fill("", "? ", "")),
    ("numbers in a list", || fill("a: [", "1,", "]")),
    ("empty elements", || fill("a:\n", "-\n", "")),
    ("keys", || (0..200_000).map(|i| format!("key{i}: {i}\n")).collect()),
    ("keys in braces", || format!("{{{}}}", (0..250_000).map(|i| format!("k{i}: 1,")).collect::<String>())),
    ("the same key", || fill("", "a: 1\n", "")),
    ("empty lines", || fill("", "\n", "")),
    ("blanks", || fill("", " ", "")),
    ("comments", || fill("", "#\n", "")),
    ("escapes", || fill("a: \"", "\\n", "\"\n")),
    ("documents", || fill("", "---\n", "")),
    ("tags", || fill("a: ", "!!str ", "")),
    ("anchors", || fill("a: [", "&a 1,", "]")),
    ("aliases", || fill("a: [&a 1,", "*a,", "]")),
    ("an alias bomb", || {
        let level = |i: usize| format!("l{i}: &l{i} [{}]\n", format!("*l{},", i - 1).repeat(9));
        format!("l0: &l0 [1,1,1,1,1,1,1,1,1]\n{}", (1..12).map(level).collect::<String>())
    }),
    ("an alias in each of many tables", || {
        let inside: String = (0..300).map(|i| format!("k{i}: 1,")).collect();
        format!("a: &a {{{inside}}}\n{}", (0..300).map(|i| format!("b{i}: *a\n")).collect::<String>())
    }),
    ("closing braces", || fill("", "}", "")),
    ("colons", || fill("", ":", "")),
    ("colons and blanks", || fill("", ": ", "")),
    ("lines of nonsense", || fill("", "a b\n", "")),
    ("lines with mistakes", || fill("", "a: @\n", "")),
    ("directives", || fill("", "%A b\n", "")),
    ("quotation marks", || fill("a: ", "'", "")),
];
