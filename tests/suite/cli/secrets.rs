//! No command shows a secret.

use super::*;

const MARKER: &str = "marker-7f3a";

/// Files with the marker wherever a value, a comment or a mistake can be.
const FILES: &[&str] = &[
    "session_key = 'M'\n[database]\nhost = 'db'\npassword = 'M'\n",
    "session_key = ['M']\n[database]\nhost = 'db'\npassword = { M = 'M' }\n",
    "passwrod = 'M' # M\nworkers = 0 # M\n[database]\npassword = 'M'\n",
    "session_key = 'M\n",
    "database = 'M'\n",
    "# M\nworkers = 4 # M\ndatabase = { host = 'db', password = 'M', passwrod = 'M' } # M\n",
    "workers = 4\nsession_key = \"\"\"\nM\nM\"\"\"\n[database]\nhost = 'db'\npassword = 'M'\n",
];

const COMMANDS: &[&str] = &[
    "check",
    "check --output json",
    "check --output sarif",
    "check --output github",
    "check --deny-warnings",
    "show",
    "show --defaults",
    "explain session_key",
    "explain database",
    "explain database.password",
    "show --defaults --format toml",
    "show --format json",
    "show --format yaml database",
    "get session_key",
    "get database.password --format json",
    "get database",
    "diff default production",
    "diff default production --format json",
    "diff config/base.toml config/other.toml",
    "env",
    "env --export",
    "sample toml",
    "schema",
    "docs",
    "docs --format html",
    "docs --format kubernetes",
    "set config/base.toml workers 8",
    "set config/base.toml workers 8 --dry-run",
    "set config/base.toml workers 0",
    "set config/base.toml session_key -",
    "set config/base.toml session_key - --dry-run",
    "set config/base.toml database.password - --dry-run",
    "set config/base.toml database - --dry-run",
    "set config/base.toml session_key marker-7f3a",
    "set config/base.toml database {\"password\":\"marker-7f3a\"}",
    "set .env session_key - --dry-run",
    "unset config/base.toml session_key --dry-run",
    "unset config/base.toml database.password",
    "unset config/base.toml workers --dry-run",
];

#[test]
fn no_command_shows_the_marker() {
    for file in FILES {
        for words in COMMANDS {
            let system = system()
                .file("config/base.toml", file.replace('M', MARKER))
                .file(
                    ".env",
                    format!("# {MARKER}\nORDERS_DATABASE_PASSWORD={MARKER}\nORDERS_PASSWROD={MARKER}\n"),
                )
                .var("ORDERS_SESSION_KEY", MARKER);
            for input in [MARKER, &format!("{{\"password\": \"{MARKER}\", \"host\": [\"{MARKER}\"]}}")] {
                let ran = run_with(&loader(&system), words, input);
                let text = shown(&ran);
                assert!(!text.contains(MARKER), "{words}\n{file}\n{text}");
            }
        }
    }
}
