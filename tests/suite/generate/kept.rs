//! Files that a program keeps of what is made.

use std::fs;
use std::panic::catch_unwind;
use std::path::PathBuf;

use confkit::testing;

/// What an assertion says when it fails.
fn says(path: PathBuf, text: &'static str) -> String {
    let panic = catch_unwind(move || testing::assert_generated(path, text)).expect_err("it differs");
    *panic.downcast::<String>().unwrap()
}

#[test]
fn a_file_that_is_current_passes_whatever_its_line_ends() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.md");
    fs::write(&path, "one\r\ntwo\r\n").unwrap();
    testing::assert_generated(&path, "one\ntwo\n");
    testing::assert_generated(&path, "one\r\ntwo\n");
}

#[test]
fn a_difference_is_told_by_its_first_lines() {
    if std::env::var_os("CONFKIT_BLESS").is_some() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.md");
    fs::write(&path, "1\n2\n3\n4\n").unwrap();
    let shown = path.display().to_string();
    let told = |text| says(path.clone(), text).replace(&shown, "a.md");
    let expected = |lines: &str| {
        format!("a.md is not what the declaration says\n{lines}\nrenew it by: CONFKIT_BLESS=1 cargo test")
    };
    assert_eq!(told("1\ntwo\n3\n4\n"), expected("@@ line 2 @@\n-2\n+two"));
    assert_eq!(told("1\n2\n3\n4\n5\n"), expected("@@ line 5 @@\n+5"));
    assert_eq!(told("1\n2\n3\n4"), expected("@@ line 5 @@\n-"));
    let long = "@@ line 2 @@\n-2\n-3\n+a\n+b\n+c\n+d\n+e\n+… and 2 more";
    assert_eq!(told("1\na\nb\nc\nd\ne\nf\ng\n4\n"), expected(long));
    let absent = says(folder.path().join("b.md"), "x");
    assert!(
        absent.contains("b.md cannot be read") && absent.contains("CONFKIT_BLESS=1 cargo test"),
        "{absent}"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), "1\n2\n3\n4\n", "nothing is written without a wish");
}
