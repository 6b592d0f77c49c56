//! Files that are made from a declaration and kept beside it.

use std::path::{Path, PathBuf};

use confkit_sources::System;

/// The variable that has files written instead of compared.
const RENEW: &str = "CONFKIT_BLESS";

/// Asserts that a file of the package holds a text, such as a page that was made from a declaration.
/// With `CONFKIT_BLESS=1` the file is written instead, with the folders that it needs.
///
/// A relative path begins at the package under test: cargo says where that is in
/// `CARGO_MANIFEST_DIR`. Without cargo it begins at the working directory. Line ends are not compared,
/// since version control may change them.
///
/// # Panics
///
/// If the file is absent or has another content, with the first lines that differ and the command that
/// renews it.
///
/// # Example
///
/// ```
/// use confkit::{Config, testing};
///
/// #[derive(Config)]
/// struct Settings {
///     port: u16,
/// }
///
/// # let folder = std::env::temp_dir().join(format!("confkit-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// let path = "docs/paths.txt";
/// # let path = folder.join("paths.txt");
/// # std::fs::write(&path, "port\n")?;
/// testing::assert_generated(path, &format!("{}\n", testing::paths::<Settings>().join("\n")));
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[track_caller]
pub fn assert_generated(path: impl AsRef<Path>, text: &str) {
    let (system, path) = (System::real(), path.as_ref());
    let root = system.variable("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let file = root.join(path);
    if system.variable(RENEW).is_some_and(|value| value == "1") {
        let written = renew(&file, text);
        assert!(written.is_ok(), "{} cannot be written: {}", file.display(), words(&written));
        return;
    }
    let command = format!("{RENEW}=1 cargo test");
    let held = match system.read(&file) {
        Ok(held) => String::from_utf8_lossy(&held).replace("\r\n", "\n"),
        Err(error) => panic!("{} cannot be read: {error}\nwrite it by: {command}", path.display()),
    };
    if let Some(difference) = difference(&held, &text.replace("\r\n", "\n")) {
        panic!("{} is not what the declaration says\n{difference}\nrenew it by: {command}", path.display());
    }
}

/// Writes a file. This is a test's own wish: confkit itself writes none.
fn renew(file: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(file, text)
}

fn words(written: &std::io::Result<()>) -> String {
    written.as_ref().err().map(ToString::to_string).unwrap_or_default()
}

/// How many lines of each text are shown.
const SHOWN: usize = 5;

/// The first lines in which two texts differ, as a diff writes them.
fn difference(held: &str, text: &str) -> Option<String> {
    if held == text {
        return None;
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (held.split('\n').collect(), text.split('\n').collect());
    let same = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let (old, new) = (&old[same..], &new[same..]);
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    let shown = |sign: char, lines: &[&str]| -> Vec<String> {
        let changed = &lines[..lines.len() - tail];
        let more = changed.len().saturating_sub(SHOWN);
        let lines = changed.iter().take(SHOWN).map(|line| format!("{sign}{line}"));
        lines.chain((more > 0).then(|| format!("{sign}… and {more} more"))).collect()
    };
    let mut lines = vec![format!("@@ line {} @@", same + 1)];
    lines.extend(shown('-', old));
    lines.extend(shown('+', new));
    Some(lines.join("\n"))
}
