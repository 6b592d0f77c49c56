//! INI, dotenv and properties: lines without end, and ends without lines.

use crate::Case;

pub(crate) const INI: &[Case] = &[
    ("one value of 100 MB", || format!("a = {}", "x".repeat(100_000_000))),
    ("one quoted value of 100 MB", || format!("a = \"{}\"", "x".repeat(100_000_000))),
    ("twenty million escapes", || format!("a = \"{}\"", "\\n".repeat(20_000_000))),
    ("ten million bad escapes", || format!("a = \"{}\"", "\\q".repeat(10_000_000))),
    ("one key of 100 MB", || format!("{} = 1", "x".repeat(100_000_000))),
    ("300,000 keys", || (0..300_000).map(|at| format!("k{at}=1\n")).collect()),
    ("300,000 sections", || (0..300_000).map(|at| format!("[s{at}]\na=1\n")).collect()),
    ("a million times the same key", || "a=1\n".repeat(1_000_000)),
    ("a million times the same deep section", || format!("[{}a]\n", "a.".repeat(120)).repeat(100_000)),
    ("a section of ten million names", || format!("[{}]", "a.".repeat(10_000_000))),
    ("fifty million empty lines", || "\n".repeat(50_000_000)),
    ("100 MB of blanks", || " ".repeat(100_000_000)),
    ("thirty million comments", || ";\n".repeat(30_000_000)),
    ("ten million quotation marks", || format!("a = {}", "\"".repeat(10_000_000))),
    ("100 MB of backslashes", || format!("a = {}", "\\".repeat(100_000_000))),
    ("ten million lines of nonsense", || "a b\n".repeat(10_000_000)),
];

pub(crate) const DOTENV: &[Case] = &[
    ("one value of 100 MB", || format!("A={}", "x".repeat(100_000_000))),
    ("one value of fifty million lines", || format!("A='{}'", "\r\n".repeat(50_000_000))),
    ("twenty million escapes", || format!("A=\"{}\"", "\\n".repeat(20_000_000))),
    ("ten million bad escapes", || format!("A=\"{}\"", "\\q".repeat(10_000_000))),
    ("300,000 names", || (0..300_000).map(|at| format!("K{at}=1\n")).collect()),
    ("a million times the same name", || "A=1\n".repeat(1_000_000)),
    ("fifty million empty lines", || "\n".repeat(50_000_000)),
    ("ten million open quotation marks", || "A='\n".repeat(10_000_000)),
    ("ten million lines of nonsense", || "a b\n".repeat(10_000_000)),
];

pub(crate) const PROPERTIES: &[Case] = &[
    ("one value of 100 MB", || format!("a={}", "x".repeat(100_000_000))),
    ("one key of 100 MB", || format!("{}=1", "x".repeat(100_000_000))),
    ("a key of ten million names", || format!("{}a=1", "a.".repeat(10_000_000))),
    ("a key of twenty million dots", || format!("{}=1", ".".repeat(20_000_000))),
    ("twenty million escapes", || format!("a={}", "\\n".repeat(20_000_000))),
    ("ten million halves of characters", || format!("a={}", "\\ud800".repeat(10_000_000))),
    ("ten million bad escapes", || format!("a={}", "\\q".repeat(10_000_000))),
    ("a value of thirty million lines", || format!("a={}", "\\\n".repeat(30_000_000))),
    ("300,000 keys", || (0..300_000).map(|at| format!("k{at}=1\n")).collect()),
    ("300,000 deep keys", || (0..300_000).map(|at| format!("a.b.c.d.k{at}=1\n")).collect()),
    ("a million times the same key", || "a=1\n".repeat(1_000_000)),
    ("fifty million empty lines", || "\r\n".repeat(50_000_000)),
    ("100 MB of backslashes", || "\\".repeat(100_000_000)),
    ("100 MB of control characters", || format!("a={}", "\u{1}".repeat(100_000_000))),
];
