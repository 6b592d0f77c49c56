//! Enums on the command line.

use super::*;

#[derive(Debug, PartialEq, Config)]
#[config(rename_all = "kebab-case")]
enum Store {
    /// Forgets all at the end.
    Memory,
    Disk(#[config(nested)] Disk),
    Port(u16),
}

#[derive(Debug, PartialEq, Config)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum Log {
    File { path: String, level: Option<u8> },
    Remote { host: String, level: u16 },
}

#[derive(Debug, PartialEq, Config)]
#[serde(untagged)]
enum Listen {
    Port(u16),
    Address { host: String, port: u16 },
}

/// Serves.
#[derive(Debug, PartialEq, Config)]
#[config(args)]
struct Settings {
    /// Where things are kept.
    #[config(nested)]
    store: Store,
    /// Where lines go.
    #[config(nested)]
    log: Log,
    #[config(nested)]
    listen: Listen,
}

fn load(args: &[&str]) -> Result<Settings, Report> {
    let text = "store = 'memory'\nlog = { type = 'file', path = '/l' }\nlisten = 80";
    let loader = Settings::loader().system(System::memory()).text(Format::Toml, "app.toml", text);
    loader.args(args.iter().copied()).load()
}

#[test]
fn arguments_choose_and_fill_a_variant() {
    let settings =
        load(&["--store-disk-path", "/d", "--store.disk.limit=3", "--log-level=7", "--listen", "81"]);
    let settings = settings.unwrap_or_else(|report| panic!("{report}"));
    assert_eq!(settings.store, Store::Disk(Disk { path: "/d".into(), limit: 3 }));
    assert_eq!(settings.log, Log::File { path: "/l".into(), level: Some(7) });
    assert_eq!(settings.listen, Listen::Port(81));
    let settings = load(&["--store-port", "5", "--log-type=remote", "--log-host=h", "--log-level=700"]);
    let settings = settings.unwrap_or_else(|report| panic!("{report}"));
    assert_eq!(
        (settings.store, settings.log),
        (Store::Port(5), Log::Remote { host: "h".into(), level: 700 })
    );
    assert_eq!(load(&["--store", "memory"]).unwrap().store, Store::Memory);
    testing::check_declaration::<Settings>().unwrap();
}

#[test]
fn wrong_ones_are_told() {
    let wrong: [&[&str]; 4] =
        [&["--store", "memroy"], &["--store-port=x"], &["--log-type=fil"], &["--listen=x", "--stroe=1"]];
    let told = wrong.map(|args| format!("{args:?}\n{}", load(args).unwrap_err()));
    insta::assert_snapshot!(told.join("\n\n"));
}

#[test]
fn help_lists_them() {
    insta::assert_snapshot!(Settings::loader().system(System::memory()).declared().help());
}
