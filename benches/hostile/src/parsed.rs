//! RON and HCL: what makes their crates look again and again, or keep much for little.

use crate::Case;

/// As much as the reader of HCL takes.
const MOST: usize = (4 << 20) - 64;
/// As much as the reader of RON takes.
const LEAST: usize = (1 << 20) - 64;

pub(crate) const RON: &[Case] = &[
    ("5 MB", || format!("(a: \"{}\")", "x".repeat(5_000_000))),
    ("one text of 1 MB", || format!("(a: \"{}\")", "x".repeat(LEAST))),
    ("escapes", || format!("(a: \"{}\")", "\\n".repeat(LEAST / 2))),
    ("one name of 1 MB", || format!("(a: {})", "x".repeat(LEAST))),
    ("brackets without end", || "[".repeat(LEAST)),
    ("parentheses without end", || "(".repeat(LEAST)),
    ("Some without end", || format!("(a: {}", "Some(".repeat(LEAST / 5))),
    ("text at the deepest level", || {
        format!("(a: {}\"{}\"{})", "[".repeat(126), "x".repeat(LEAST - 300), "]".repeat(126))
    }),
    ("lists at the deepest level", || {
        format!("(a: {}{}{})", "[".repeat(125), "[],".repeat(LEAST / 4), "]".repeat(125))
    }),
    ("half a million numbers", || format!("(a: [{}])", "1,".repeat(LEAST / 2))),
    ("60,000 keys", || format!("({})", (0..60_000).map(|at| format!("k{at}:1,")).collect::<String>())),
    ("the same key", || format!("({})", "a:1,".repeat(LEAST / 4))),
    ("names", || format!("(a: [{}])", "A(1),".repeat(LEAST / 5))),
    ("comments", || format!("(a: {}1)", "/**/".repeat(LEAST / 4))),
    ("comments in comments", || format!("(a: {}1{})", "/*".repeat(LEAST / 4), "*/".repeat(LEAST / 4))),
    ("blanks", || format!("(a: {}1)", " ".repeat(LEAST))),
    ("a mistake at the end of many lines", || format!("(a: [{}@])", "1,\n".repeat(LEAST / 4))),
];

pub(crate) const HCL: &[Case] = &[
    ("5 MB", || format!("a = \"{}\"", "x".repeat(5_000_000))),
    ("one text of 4 MB", || format!("a = \"{}\"", "x".repeat(MOST))),
    ("escapes", || format!("a = \"{}\"", "\\n".repeat(MOST / 2))),
    ("one heredoc of 4 MB", || format!("a = <<E\n{}\nE\n", "x\n".repeat(MOST / 2))),
    ("a heredoc without end", || format!("a = <<E\n{}", " E x\n".repeat(MOST / 5))),
    ("brackets without end", || format!("a = {}", "[".repeat(MOST))),
    ("parentheses without end", || format!("a = {}", "(".repeat(MOST))),
    ("blocks without end", || "a {\n".repeat(MOST / 4)),
    ("templates without end", || format!("a = {}", "\"${".repeat(MOST / 3))),
    ("labels", || format!("a {} {{}}", "b ".repeat(MOST / 2))),
    ("numbers", || format!("a = [{}]", "1,".repeat(MOST / 2))),
    ("9,000 keys", || (0..9_000).map(|at| format!("k{at} = 1\n")).collect()),
    ("9,000 keys of an object", || {
        format!("a = {{{}}}", (0..9_000).map(|at| format!("k{at}=1\n")).collect::<String>())
    }),
    ("blocks", || "a {}\n".repeat(MOST / 5)),
    ("20,000 blocks", || "a {}\n".repeat(20_000)),
    ("the same key", || "a = 1\n".repeat(9_000)),
    ("operators", || format!("a = {}1", "1 + ".repeat(MOST / 4))),
    ("signs", || format!("a = {}1", "-".repeat(MOST))),
    ("steps", || format!("a = b{}", ".c".repeat(MOST / 2))),
    ("comments", || "/**/\n".repeat(MOST / 5)),
    ("blanks", || " ".repeat(MOST)),
    ("lines", || "\n".repeat(MOST)),
];
