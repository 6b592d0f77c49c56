//! Warnings that are told while the settings live.

use std::time::Duration;

use confkit::live::{Expiry, Hook, Outcome, Update};
use confkit::{Config, System, Unknown};

use super::{Page, Settings};
use crate::traced::Notes;

/// Refuses one port.
struct Picky;

impl Hook<Settings> for Picky {
    fn prepare(&self, update: &Update<Settings>) -> Result<(), String> {
        if update.new().port == 13 { Err("bad luck".to_owned()) } else { Ok(()) }
    }
}

#[test]
fn they_say_which_revision_they_are_of_and_are_told_when_it_is_in_force() {
    let page = Page::new("port = 1\nnewer = 1\n");
    let loader = Settings::loader().system(System::memory()).source(page.clone());
    let lines = Notes::of(|| {
        let live = loader.unknown_keys(Unknown::Warn).live().poll(Duration::MAX).start().unwrap();
        live.hook("picky", Picky).detach();
        page.write("port = 2\nnewer = 1\n");
        assert_eq!(live.reload().unwrap(), Outcome::Changed(2));
        page.write("port = 2\nnewest = 1\n");
        assert_eq!(live.reload().unwrap(), Outcome::Unchanged);
        page.write("port = 13\nnever = 1\n");
        live.reload().unwrap_err();
        live.reload().unwrap_err();
        // The same content does not warn again.
        live.set_override("workers", 5, Expiry::Never).unwrap();
    });
    let told: Vec<(&str, Option<&str>)> = lines
        .iter()
        .filter(|line| line.starts_with("WARN"))
        .map(|line| {
            let word = |name: &str| line.split(' ').find_map(|word| word.strip_prefix(name));
            (word("path=").unwrap(), word("revision="))
        })
        .collect();
    let expected = [("\"newer\"", None), ("\"newer\"", Some("2")), ("\"newest\"", Some("2"))];
    assert_eq!(told, expected, "{lines:#?}");
}
