//! TOML that costs time or memory.

use crate::Case;

pub(crate) const CASES: &[Case] = &[
    ("one value of 100 MB", || format!("a = \"{}\"", "x".repeat(100_000_000))),
    ("one key of 100 MB", || format!("{} = 1", "x".repeat(100_000_000))),
    ("lists 10,000 deep", || format!("a = {}{}", "[".repeat(10_000), "]".repeat(10_000))),
    ("ten million open lists", || format!("a = {}", "[".repeat(10_000_000))),
    ("tables 10,000 deep", || format!("a = {}", "{a=".repeat(10_000))),
    ("a dotted key 10,000 long", || format!("{}a = 1", "a.".repeat(10_000))),
    ("a dotted key ten million long", || format!("{}a = 1", "a.".repeat(10_000_000))),
    ("ten million numbers in a list", || format!("a = [{}]", "1,".repeat(10_000_000))),
    ("200,000 keys", || (0..200_000).map(|i| format!("key_number_{i} = {i}\n")).collect()),
    ("200,000 tables", || (0..200_000).map(|i| format!("[t{i}]\n")).collect()),
    ("300,000 keys in braces", || {
        format!("a = {{{}}}", (0..300_000).map(|i| format!("k{i}=1,")).collect::<String>())
    }),
    ("half a million tables in a list", || "[[a]]\n".repeat(500_000)),
    ("a million times the same key", || "a = 1\n".repeat(1_000_000)),
    ("fifty million empty lines", || "\n".repeat(50_000_000)),
    ("100 MB of blanks", || " ".repeat(100_000_000)),
    ("five million bad comments", || "#\u{1}\n".repeat(5_000_000)),
    ("twenty million escapes", || format!("a = \"{}\"", "\\n".repeat(20_000_000))),
    ("ten million closing braces", || "}".repeat(10_000_000)),
    ("ten million equals signs", || "=".repeat(10_000_000)),
    ("two million lines of nonsense", || "a b\n".repeat(2_000_000)),
];
