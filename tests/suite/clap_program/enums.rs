//! Enums with data: the tag and the fields of all variants are arguments.

use clap::Command;
use confkit::clap::augment;
use confkit::{Config, Format, Report};

#[derive(Debug, Config)]
#[config(rename_all = "kebab-case")]
enum Store {
    /// Forgets all at the end.
    Memory,
    Disk(#[config(nested)] Disk),
    Port(u16),
}

#[derive(Debug, Config)]
struct Disk {
    path: String,
    #[config(default = 1)]
    limit: u8,
}

#[derive(Debug, Config)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum Log {
    /// Lines go to a file.
    File {
        path: String,
        level: Option<u8>,
    },
    Remote {
        host: String,
        level: u16,
    },
}

#[derive(Debug, Config)]
#[serde(untagged)]
enum Listen {
    Port(u16),
    Address { host: String, port: u16 },
}

#[derive(Debug, Config)]
struct Settings {
    #[config(nested)]
    store: Store,
    #[config(nested)]
    log: Log,
    #[config(nested)]
    listen: Listen,
}

fn outcome(result: Result<Settings, Report>) -> String {
    result.map_or_else(|report| report.to_string(), |settings| format!("{settings:?}"))
}

#[test]
fn variants_are_chosen_and_filled_as_by_words() {
    let text = "store = 'memory'\nlog = { type = 'file', path = '/l' }\nlisten = 80";
    let loader = || Settings::loader().text(Format::Toml, "app.toml", text);
    let mut loaded = Vec::new();
    for words in [
        &["--store-disk-path=/d", "--store.disk.limit=3", "--log-level=7", "--listen=81"][..],
        &["--store-port=5", "--log-type=remote", "--log-host=h", "--log-level=700"],
        &["--store=disk"],
        &["--store=lost"],
        &["--log-type=remote", "--log-level=7"],
        &["--listen-host=h", "--listen-port=1"],
        &["--log-level=700"],
    ] {
        let command = augment::<Settings>(Command::new("orders"));
        command.clone().debug_assert();
        let found = command.try_get_matches_from(std::iter::once(&"orders").chain(words)).unwrap();
        let by_clap = loader().matches(&found).load();
        loaded.push(by_clap.is_ok());
        assert_eq!(outcome(by_clap), outcome(loader().args(words.to_vec()).load()), "{words:?}");
    }
    assert_eq!(loaded, [true, true, false, false, false, true, false]);
}

#[test]
fn tags_are_possible_values_with_their_documentation() {
    let help = augment::<Settings>(Command::new("orders").term_width(80)).render_long_help();
    insta::assert_snapshot!(help);
}
