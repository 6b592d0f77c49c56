//! `set` and `unset`: files change in one place, or not at all.

use std::collections::BTreeMap;
use std::path::Path;

use super::*;

fn text(system: &System, path: &str) -> String {
    String::from_utf8(system.read(Path::new(path)).unwrap()).unwrap()
}

#[test]
fn a_value_changes_and_everything_else_stays() {
    let system = system();
    let ran = run(&loader(&system), "set config/base.toml workers 8");
    assert_eq!(shown(&ran), "workers is set in config/base.toml\n");
    assert_eq!(text(&system, "config/base.toml"), BASE.replace("workers = 16 ", "workers = 8 "));
    let ran = run(&loader(&system), "set config/base.toml workers 8");
    assert_eq!(shown(&ran), "config/base.toml is as it was\n");
}

#[test]
fn text_is_read_as_in_a_variable() {
    let set = |key: &str, value: &str| {
        let system = system().file("config/base.toml", "[database]\nhost = 'db'\n");
        let ran = run(&loader(&system), &format!("set config/base.toml {key} {value}"));
        assert_eq!(ran.status, Status::Done, "{}", ran.err);
        text(&system, "config/base.toml")
    };
    assert_eq!(set("workers", "8"), "workers = 8\n\n[database]\nhost = 'db'\n");
    assert_eq!(set("hosts", "a,b"), "hosts = [\"a\", \"b\"]\n\n[database]\nhost = 'db'\n");
    assert_eq!(set("hosts", "[\"a,b\"]"), "hosts = [\"a,b\"]\n\n[database]\nhost = 'db'\n");
    assert_eq!(set("database.host", "8"), "[database]\nhost = '8'\n");
    assert_eq!(set("database.timeout", "1m"), "[database]\nhost = 'db'\ntimeout = \"1m\"\n");
}

#[derive(Config)]
#[config(file = "shop.toml")]
struct Shop {
    #[config(nested, default)]
    servers: Vec<Server>,
    #[config(nested, default)]
    regions: BTreeMap<String, Server>,
    #[config(default)]
    tags: Vec<String>,
}

#[derive(Config)]
struct Server {
    host: String,
    #[config(default = 1)]
    weight: u8,
}

const SHOP: &str = "tags = ['a']\n\n[[servers]]\nhost = 'a'\n\n[regions.eu]\nhost = 'e'\n";

#[test]
fn the_position_behind_the_end_of_a_list_adds_an_element() {
    let shop = |words: &str| {
        let system = System::memory().file("shop.toml", SHOP);
        let ran = run(&Shop::loader().system(system.clone()).declared(), words);
        (shown(&ran), text(&system, "shop.toml"))
    };
    let (told, after) = shop("set shop.toml servers[1].host b");
    assert_eq!(told, "servers[1].host is set in shop.toml\n");
    assert_eq!(
        after,
        "tags = ['a']\n\n[[servers]]\nhost = 'a'\n\n[[servers]]\nhost = \"b\"\n\n[regions.eu]\nhost = 'e'\n"
    );
    assert_eq!(shop("set shop.toml tags[1] b").1, SHOP.replace("['a']", "['a', \"b\"]"));
    for refused in ["servers[1].weight 2", "servers[2].host b", "tags[2] b", "regions.eu.host[0] b"] {
        assert_eq!(shop(&format!("set shop.toml {refused}")).1, SHOP, "{refused}");
    }
    insta::assert_snapshot!(shop("set shop.toml servers[2].host b").0);
}

#[test]
fn a_dry_run_shows_whole_headers() {
    let system = System::memory().file("shop.toml", SHOP);
    let ran = run(&Shop::loader().system(system).declared(), "set shop.toml regions.us.host u --dry-run");
    assert!(shown(&ran).ends_with("@@\n+\n+[regions.us]\n+host = \"u\"\n"), "{}", shown(&ran));
}

#[test]
fn what_the_rules_refuse_is_not_written() {
    let system = system();
    for words in [
        "set config/base.toml workers 0",
        "set config/base.toml workers many",
        "unset config/base.toml database.host",
    ] {
        let ran = run(&loader(&system), words);
        assert_eq!((ran.status, ran.out.as_str()), (Status::Config, ""), "{words}");
        assert_eq!(text(&system, "config/base.toml"), BASE);
    }
    insta::assert_snapshot!(shown(&run(&loader(&system), "set config/base.toml workers 0")));
}

#[test]
fn other_problems_do_not_stand_in_the_way() {
    let system = system().file("config/base.toml", "workers = 0\nhosts = 3\n");
    let ran = run(&loader(&system), "set config/base.toml workers 8");
    assert_eq!(
        shown(&ran),
        "workers is set in config/base.toml\nnote: the settings have 2 other problems: `check` tells\n"
    );
    assert_eq!(text(&system, "config/base.toml"), "workers = 8\nhosts = 3\n");
}

#[test]
fn a_dry_run_shows_the_lines_and_changes_nothing() {
    let system = system();
    insta::assert_snapshot!(shown(&run(&loader(&system), "set config/base.toml workers 8 --dry-run")));
    insta::assert_snapshot!(
        "dry_run_of_a_secret",
        shown(&run_with(
            &loader(&system),
            "set config/base.toml database.password - --dry-run",
            "marker-secret\n"
        ))
    );
    insta::assert_snapshot!(
        "dry_run_of_unset",
        shown(&run(&loader(&system), "unset config/base.toml hosts --dry-run"))
    );
    assert_eq!(text(&system, "config/base.toml"), BASE);
}

#[test]
fn comments_and_unknown_values_are_hidden_in_a_dry_run() {
    #[derive(Config)]
    #[config(file = "app.json5", unknown_keys = "allow")]
    struct Open {
        #[config(default = 1)]
        workers: u16,
    }

    let text = "{\n  // was hunter2\n  workers: 4, /* hunter2 */ old: 'hunter2', // hunter2\n}\n";
    let system = System::memory().file("app.json5", text);
    let ran = run(&Open::loader().system(system).declared(), "set app.json5 workers 5 --dry-run");
    insta::assert_snapshot!(shown(&ran));
    assert!(!ran.out.contains("hunter2"));
}

#[test]
fn the_file_of_another_profile_is_checked_in_that_profile() {
    let system = system();
    let ran = run(&loader(&system), "set config/production.toml workers 32");
    assert_eq!(ran.status, Status::Done, "{}", ran.err);
    assert!(text(&system, "config/production.toml").starts_with("workers = 32\n"));
    assert!(ran.err.contains("1 other problem"), "session_key is missing there: {}", ran.err);
    let ran = run(&loader(&system), "set config/production.toml workers 320");
    assert_eq!(ran.status, Status::Config);
}

#[test]
fn a_layer_that_is_not_there_is_created() {
    let system = system();
    let ran = run(&loader(&system), "set config/local.yaml database.port 1");
    assert_eq!(text(&system, "config/local.yaml"), "database:\n  port: 1\n");
    assert_eq!(
        shown(&ran),
        "database.port is set in config/local.yaml\nnote: database.port stays as it is: .env:1:22 lies above\n"
    );
    let ran = run(&loader(&system), "set config/lcoal.yaml database.port 1");
    assert_eq!(ran.status, Status::NoInput, "{}", ran.out);
    let ran = run(&loader(&system), "set config/local.txt database.port 1");
    assert_eq!(ran.status, Status::Usage);
}

#[test]
fn a_new_file_of_json_begins_with_a_table() {
    let system = system();
    let loader = loader(&system).optional_file("local.json");
    let ran = run(&loader, "set local.json workers 8 --dry-run");
    assert_eq!(ran.out, "--- local.json\n+++ local.json\n@@ -0,0 +1,3 @@\n+{\n+  \"workers\": 8\n+}\n");
    let ran = run(&loader, "set local.json workers 8");
    assert_eq!(shown(&ran), "workers is set in local.json\n");
    assert_eq!(text(&system, "local.json"), "{\n  \"workers\": 8\n}\n");
}

#[test]
fn a_file_that_no_layer_reads_is_checked_on_top() {
    let system = system().file("other.toml", "workers = 1\n");
    let ran = run(&loader(&system), "set other.toml workers 2");
    assert_eq!(
        shown(&ran),
        "workers is set in other.toml\nnote: no layer reads other.toml: it was checked as if it lay on top\n"
    );
    assert_eq!(run(&loader(&system), "set other.toml workers 99").status, Status::Config);
}

#[test]
fn variables_are_set_in_files_of_variables() {
    let system = system();
    let ran = run(&loader(&system), "set .env database.port 7000");
    assert_eq!(shown(&ran), "database.port is set in .env\n");
    assert_eq!(text(&system, ".env"), "ORDERS_DATABASE_PORT=7000\n");
    let ran = run(&loader(&system), "set .env hosts a,b");
    assert_eq!(ran.status, Status::Done, "{}", ran.err);
    assert_eq!(text(&system, ".env"), "ORDERS_DATABASE_PORT=7000\nORDERS_HOSTS=a,b\n");
    assert_eq!(run(&loader(&system), "unset .env database.port").status, Status::Done);
    assert_eq!(text(&system, ".env"), "ORDERS_HOSTS=a,b\n");
}

#[test]
fn keys_keep_the_spelling_of_the_file() {
    let system = system().file("config/base.toml", "database.server = 'a'\n");
    let ran = run(&loader(&system), "set config/base.toml database.host b");
    assert_eq!(ran.status, Status::Done, "{}", ran.err);
    assert_eq!(text(&system, "config/base.toml"), "database.server = 'b'\n");
}

#[test]
fn unknown_settings_are_refused_with_near_names() {
    let ran = run(&loader(&system()), "set config/base.toml database.prot 1");
    assert_eq!(
        shown(&ran),
        "error[unknown_key]: there is no setting `database.prot`\n  = help: did you mean `database.port`?\nexit code 64\n"
    );
}

#[test]
fn sections_are_json() {
    let system = system();
    let ran = run(&loader(&system), "set config/local.yaml database x");
    // A section that has a secret in it is one.
    assert_eq!(ran.status, Status::Usage);
    let json = "{\"host\": \"b\", \"password\": \"marker-secret\"}";
    let ran = run_with(&loader(&system), "set config/local.yaml database -", json);
    assert_eq!(ran.status, Status::Done, "{}", ran.err);
    assert_eq!(text(&system, "config/local.yaml"), "database:\n  host: b\n  password: marker-secret\n");
    let ran = run_with(&loader(&system), "set config/local.yaml database -", "no json");
    assert_eq!(ran.status, Status::Usage);
}

#[test]
fn secrets_come_from_standard_input() {
    let system = system();
    let ran = run(&loader(&system), "set config/base.toml database.password marker-secret");
    insta::assert_snapshot!(shown(&ran));
    assert_eq!(text(&system, "config/base.toml"), BASE);
    let ran = run_with(&loader(&system), "set config/base.toml database.password -", "marker-secret\n");
    assert_eq!(shown(&ran), "database.password is set in config/base.toml\n");
    assert_eq!(text(&system, "config/base.toml"), BASE.replace("hunter2", "marker-secret"));
}

#[test]
fn files_that_cannot_be_edited_are_told() {
    let system = system().file("config/base.toml", "workers = \n");
    let ran = run(&loader(&system), "set config/base.toml workers 1");
    assert_eq!(ran.status, Status::Config);
    assert!(ran.err.contains("config/base.toml:1:11"), "{}", ran.err);
    let system = system.file("config/base.toml", [0xff, 0xfe, 0xfd]);
    let ran = run(&loader(&system), "set config/base.toml workers 1");
    assert_eq!(ran.status, Status::Data, "{}", ran.err);
    let ran = run(&loader(&self::system()), "unset config/base.toml database.port");
    assert_eq!(ran.status, Status::Usage, "{}", ran.err);
}

/// An editor that saves a file while a value is typed.
struct Meanwhile<'a>(&'a System, &'a [u8]);

impl std::io::Read for Meanwhile<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.0.write(Path::new("config/base.toml"), b"# mine\n", false)?;
        self.1.read(buffer)
    }
}

#[test]
fn what_somebody_else_has_written_meanwhile_stays() {
    let system = system();
    let matches = cli::command::<Settings>()
        .try_get_matches_from(["config", "set", "config/base.toml", "database.password", "-"])
        .unwrap();
    let (mut out, mut err, mut input) = (Vec::new(), Vec::new(), Meanwhile(&system, b"marker-secret\n"));
    let status =
        cli::run_in(&loader(&system), &matches, &mut Terminal::new(&mut out, &mut err).input(&mut input));
    let told = String::from_utf8(err).unwrap();
    assert_eq!((status, out.len()), (Status::Io, 0), "{told}");
    assert!(told.contains("config/base.toml has changed meanwhile, and stays as it is now"), "{told}");
    assert_eq!(text(&system, "config/base.toml"), "# mine\n");
}
