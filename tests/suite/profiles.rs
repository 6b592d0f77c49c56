//! Profiles: what chooses one, which there are, and what a wrong one is told.

use confkit::{Code, Config, Format, Report, System, testing};

#[derive(Debug, Config)]
#[config(
    profile_env = "APP_PROFILE",
    profiles("dev", "production"),
    file = "base.toml",
    optional_file = "config/{profile}.toml"
)]
struct Settings {
    #[config(default = "default")]
    name: String,
    #[config(required(profile = "staging"))]
    key: Option<String>,
    #[config(default = 1, required(profile = "audit"))]
    level: u8,
}

fn system() -> System {
    System::memory()
        .file("base.toml", "name = 'base'")
        .file("config/dev.toml", "name = 'dev'")
        .file("config/production.toml", "name = 'production'")
        .file("config/qa.toml", "name = 'qa'")
        .file("config/bad name.toml", "name = 'bad'")
}

fn chosen(result: Result<confkit::Loaded<Settings>, Report>) -> (String, String) {
    let loaded = result.unwrap_or_else(|report| panic!("{report}"));
    (loaded.profile().to_owned(), loaded.name.clone())
}

#[test]
fn the_strongest_chooser_wins() {
    let loader = Settings::loader().declared();
    let with = |system: System| loader.clone().system(system);
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(chosen(with(system()).load_traced()), pair("default", "base"));
    assert_eq!(chosen(with(system()).default_profile("dev").load_traced()), pair("dev", "dev"));
    let var = system().var("APP_PROFILE", "production");
    let by_var = with(var.clone()).default_profile("dev").load_traced();
    assert_eq!(chosen(by_var), pair("production", "production"));
    let by_call = with(var).default_profile("dev").profile("qa").load_traced();
    assert_eq!(chosen(by_call), pair("qa", "qa"));
    let other = system().var("APP_PROFILE", "production").var("OTHER", "dev");
    assert_eq!(chosen(with(other).profile_env("OTHER").load_traced()), pair("dev", "dev"));
}

#[test]
fn an_empty_variable_chooses_nothing() {
    // The contract is silent; an empty variable is "not set" everywhere else.
    let loader = Settings::loader().system(system().var("APP_PROFILE", "")).declared();
    assert_eq!(chosen(loader.default_profile("dev").load_traced()).0, "dev");
}

#[test]
fn known_are_declared_names_rules_and_files() {
    for profile in ["default", "dev", "production", "staging", "audit", "qa"] {
        let loader = Settings::loader().system(system()).declared().profile(profile);
        let loader = loader.set("key", "k").set("level", 2);
        assert_eq!(
            loader.load_traced().map(|loaded| loaded.profile().to_owned()).ok().as_deref(),
            Some(profile)
        );
    }
}

#[test]
fn an_unknown_profile_has_the_nearest_name_and_the_list() {
    let result = Settings::loader().system(system().var("APP_PROFILE", "prodution")).declared().load();
    testing::assert_codes(&result, &[Code::Profile]);
    let report = result.unwrap_err();
    let problem = &report.problems()[0];
    assert_eq!(problem.suggestion(), Some("production"));
    let text = report.to_string();
    for known in ["default", "dev", "production", "staging", "audit", "qa", "APP_PROFILE"] {
        assert!(text.contains(known), "{known} is not named:\n{text}");
    }
    assert!(!text.contains("bad name"), "{text}");
    insta::assert_snapshot!(report);
}

#[test]
fn nothing_near_is_nothing_suggested() {
    let report = Settings::loader().system(system()).declared().profile("xyzzy").load().unwrap_err();
    assert_eq!(report.problems()[0].suggestion(), None, "{report}");
    assert_eq!(report.problems()[0].code(), Code::Profile);
}

#[test]
fn a_name_has_letters_digits_underscore_and_minus() {
    #[derive(Debug, Config)]
    #[config(profiles("A-z_09"), optional_file = "{profile}.toml")]
    struct Named {}
    assert!(Named::loader().profile("A-z_09").load().is_ok());
    for bad in ["", "a b", "../etc", "a.b", "a/b", "ü", "a\u{202e}b", "a\nb"] {
        let result = Named::loader().system(System::memory()).declared().profile(bad).load();
        testing::assert_codes(&result, &[Code::Profile]);
        let text = result.unwrap_err().to_string();
        assert!(!text.contains('\u{202e}') && !text.contains("a\nb"), "{text}");
    }
}

#[test]
fn a_profile_never_leaves_its_directory() {
    let system = System::memory().file("secret.toml", "name = 'stolen'").file("base.toml", "");
    let system = system.var("APP_PROFILE", "../secret");
    testing::assert_codes(&Settings::loader().system(system).declared().load(), &[Code::Profile]);
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_not_utf8_is_a_problem() {
    use std::os::unix::ffi::OsStringExt as _;
    let bad = std::ffi::OsString::from_vec(b"dev\xff".to_vec());
    let result = Settings::loader().system(system().var("APP_PROFILE", bad)).declared().load();
    let report = result.unwrap_err();
    assert_eq!(report.problems().len(), 1, "{report}");
    assert!(matches!(report.problems()[0].code(), Code::Profile | Code::Encoding), "{report}");
    assert!(report.to_string().contains("APP_PROFILE"), "{report}");
}

#[test]
fn a_misspelt_profile_of_files_gets_the_near_name() {
    #[derive(Debug, Config)]
    #[config(optional_file = "app.{profile}.toml")]
    struct Plain {
        #[config(default = 1)]
        port: u16,
    }
    let system = System::memory().file("app.canary.toml", "port = 2").file("canary.txt", "");
    let loader = Plain::loader().system(system).declared();
    assert_eq!(loader.clone().profile("canary").load().unwrap().port, 2);
    let report = loader.profile("canry").load().unwrap_err();
    assert_eq!(report.problems()[0].suggestion(), Some("canary"), "{report}");
}

#[test]
fn a_slip_in_the_placeholder_is_told() {
    let system = || System::memory().file("conf/default.toml", "level = 2");
    let slips = ["conf/{profil}.toml", "conf/{Profile}.toml", "conf/x{}{prfoile}.toml"];
    let told: Vec<String> = slips
        .iter()
        .map(|slip| Settings::loader().system(system()).optional_file(*slip).load().unwrap_err().to_string())
        .collect();
    insta::assert_snapshot!(told.join("\n"));
    // Anything else in braces may be a name.
    for name in
        ["conf/{B97D-11}.toml", "conf/{}.toml", "conf/{name}.toml", "conf/{profile.toml", "conf/profil}.toml"]
    {
        assert!(Settings::loader().system(system()).optional_file(name).load().is_ok(), "{name}");
    }
}

#[test]
fn required_in_a_profile() {
    let loader = Settings::loader().system(system()).declared();
    let report = loader.clone().profile("staging").load().unwrap_err();
    assert_eq!(report.problems()[0].message(), "key is required in profile staging");
    assert_eq!(report.problems()[0].code(), Code::Missing);
    let audit = loader.clone().profile("audit").load().unwrap_err();
    assert_eq!(
        audit.problems()[0].message(),
        "level is required in profile audit",
        "a default is not enough"
    );
    assert!(loader.profile("production").load().is_ok());
    insta::assert_snapshot!(report);
}

#[test]
fn required_in_several_profiles() {
    #[derive(Debug, Config)]
    struct Several {
        #[config(required(profile("a", "b")))]
        key: Option<String>,
    }
    for (profile, problems) in [("a", 1), ("b", 1), ("default", 0)] {
        let found =
            Several::loader().profile(profile).load().map_or_else(|report| report.problems().len(), |_| 0);
        assert_eq!(found, problems, "{profile}");
    }
}

#[test]
fn an_unreadable_layer_leaves_the_profile_unjudged() {
    let system = System::memory().file("base.toml", "name = \n").var("APP_PROFILE", "xyzzy");
    let result = Settings::loader().system(system).declared().load();
    testing::assert_codes(&result, &[Code::Syntax]);
}

#[test]
fn a_profile_is_in_the_first_line_of_the_report() {
    let loader = Settings::loader().text(Format::Toml, "a.toml", "name = 1");
    let first = |report: Report| report.to_string().lines().next().map(str::to_owned);
    let default = loader.load().unwrap_err();
    let dev = loader.profile("dev").load().unwrap_err();
    assert_eq!(first(default).unwrap(), "settings `Settings` cannot be loaded: 1 problem");
    assert_eq!(first(dev).unwrap(), "settings `Settings` cannot be loaded: 1 problem (profile dev)");
}

#[test]
fn the_pattern_is_replaced_in_required_files_and_directories() {
    let system = System::memory().file("etc/dev/app.toml", "name = 'x'");
    let loader = Settings::loader().system(system).file("etc/{profile}/app.toml");
    assert_eq!(loader.clone().profile("dev").load().unwrap().name, "x");
    let result = loader.profile("production").load();
    testing::assert_codes(&result, &[Code::NotFound]);
    let text = result.unwrap_err().to_string();
    assert!(text.contains("etc/production/app.toml"), "{text}");
}
