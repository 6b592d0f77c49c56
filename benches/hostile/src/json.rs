//! JSON5, which allows most, so that reading goes furthest.

use crate::Case;

pub(crate) const CASES: &[Case] = &[
    ("one value of 100 MB", || format!("{{\"a\": \"{}\"}}", "x".repeat(100_000_000))),
    ("one key of 100 MB", || format!("{{\"{}\": 1}}", "x".repeat(100_000_000))),
    ("one bare key of 50 MB", || format!("{{{}: 1}}", "x".repeat(50_000_000))),
    ("lists 10,000 deep", || format!("{{\"a\": {}{}}}", "[".repeat(10_000), "]".repeat(10_000))),
    ("tables 10,000 deep", || "{\"a\":".repeat(10_000)),
    ("ten million open lists", || format!("{{\"a\": {}", "[".repeat(10_000_000))),
    ("ten million numbers in a list", || format!("{{\"a\": [{}]}}", "1,".repeat(10_000_000))),
    ("300,000 keys", || {
        let keys: String = (0..300_000).map(|i| format!("\"k{i}\":1,")).collect();
        format!("{{{keys}}}")
    }),
    ("a million times the same key", || format!("{{{}}}", "\"a\":1,".repeat(1_000_000))),
    ("fifty million empty lines", || "\n".repeat(50_000_000)),
    ("100 MB of blanks", || " ".repeat(100_000_000)),
    ("thirty million wide blanks", || "\u{a0}".repeat(30_000_000)),
    ("ten million comments", || "/**/".repeat(10_000_000)),
    ("a comment of 100 MB", || format!("/*{}", "*".repeat(100_000_000))),
    ("five million line comments", || "//\n".repeat(5_000_000)),
    ("twenty million escapes", || format!("{{\"a\": \"{}\"}}", "\\n".repeat(20_000_000))),
    ("ten million bad escapes", || format!("{{\"a\": \"{}\"}}", "\\1".repeat(10_000_000))),
    ("ten million commas", || format!("{{{}}}", ",".repeat(10_000_000))),
    ("ten million closing braces", || "}".repeat(10_000_000)),
    ("a number of 100 MB", || format!("{{\"a\": {}}}", "1".repeat(100_000_000))),
    ("two million lines of nonsense", || format!("{{{}", "a b\n".repeat(2_000_000))),
];
