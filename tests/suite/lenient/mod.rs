//! `Lenient`: what is wrong in a section sets it aside, alone.

mod held;
mod outputs;
mod waiting;

use std::collections::BTreeMap;

use confkit::{
    Code, Config, Format, Lenient, Loaded, Loader, Problem, Report, Severity, System, Warnings, testing,
};
use proptest::prelude::*;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Config, Serialize)]
#[config(check(self.enabled || self.percent == 100, "a flag that is off has no percent"))]
pub(crate) struct Flag {
    enabled: bool,
    #[config(default = 100, validate(range(max = 100)))]
    percent: u8,
    #[config(deprecated = "nobody asks")]
    owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Config, Serialize)]
pub(crate) struct Banner {
    text: String,
    #[config(default = "blue")]
    colour: String,
}

#[derive(Debug, PartialEq, Config, Serialize)]
#[config(env_prefix = "APP")]
pub(crate) struct Settings {
    #[config(default = 80)]
    port: u16,
    #[config(nested, default)]
    flags: BTreeMap<String, Lenient<Flag>>,
    #[config(nested, default)]
    upstreams: Vec<Lenient<Upstream>>,
    #[config(nested)]
    banner: Lenient<Banner>,
}

#[derive(Debug, Clone, PartialEq, Config, Serialize)]
pub(crate) struct Upstream {
    url: String,
    #[config(default = 1)]
    weight: u16,
}

const GOOD: &str = "banner.text = 'hello'\n";

/// One of each way to be wrong, between entries that are good.
const MANY: &str = "\
flags.alpha = { enabled = true }
flags.type = { enabled = 'yes', percent = true }
flags.missing = { percent = 3 }
flags.unknown = { enabled = true, percnt = 3 }
flags.rule = { enabled = true, percent = 101 }
flags.check = { enabled = false, percent = 50 }
flags.table = 5
flags.omega = { enabled = true, percent = 7 }
upstreams = [{ url = 'a' }, { url = 'b', weight = -1 }, { url = 'c' }]
banner.colour = 'red'
";

pub(crate) fn loader(text: &str) -> Loader<Settings> {
    Settings::loader().text(Format::Toml, "app.toml", text)
}

fn loaded(text: &str) -> Loaded<Settings> {
    loader(text).load_traced().unwrap_or_else(|report| panic!("{report}"))
}

fn good(flag: &Lenient<Flag>) -> bool {
    !flag.is_set_aside()
}

/// Codes and paths of warnings.
fn warned<T: Config>(loaded: &Loaded<T>) -> Vec<(Code, &str)> {
    loaded.warnings().iter().map(|warning| (warning.code(), warning.path())).collect()
}

#[test]
fn each_way_to_be_wrong_sets_one_entry_aside() {
    let loaded = loaded(MANY);
    let kept: Vec<&str> = loaded.flags.iter().filter(|(_, flag)| good(flag)).map(|(key, _)| &**key).collect();
    assert_eq!((kept, loaded.flags.len()), (vec!["alpha", "omega"], 8));
    assert_eq!(loaded.flags["omega"].get().map(|flag| flag.percent), Some(7));
    let urls: Vec<_> = loaded.upstreams.iter().map(|one| one.get().map(|one| &*one.url)).collect();
    assert_eq!(urls, [Some("a"), None, Some("c")]);
    assert!(loaded.banner.is_set_aside());
    assert!(loaded.warnings().iter().all(|warning| warning.severity() == Severity::Warning));
    // Everything that is wrong in an entry is told.
    let of_type = warned(&loaded).into_iter().filter(|(_, path)| path.starts_with("flags.type"));
    let of_type: Vec<_> = of_type.collect();
    assert_eq!(of_type, [(Code::Type, "flags.type.enabled"), (Code::Type, "flags.type.percent")]);
    let told = crate::cli::run(&loader(MANY), "check");
    insta::assert_snapshot!(told.out);
}

#[test]
fn what_is_good_is_loaded_as_ever() {
    let text = format!("{GOOD}flags.alpha = {{ enabled = true, owner = 'me' }}\n");
    let loaded = loaded(&text);
    // A warning inside leaves the entry as it is.
    assert_eq!(warned(&loaded), [(Code::Deprecated, "flags.alpha.owner")]);
    assert_eq!(loaded.warnings()[0].help(), None);
    assert_eq!(loaded.flags["alpha"].get().and_then(|flag| flag.owner.as_deref()), Some("me"));
    let banner = Banner { text: "hello".into(), colour: "blue".into() };
    assert_eq!(loaded.banner, Lenient::from(banner));
}

#[test]
fn a_section_that_nobody_gives_is_set_aside_where_it_is_wrong() {
    let loaded = Settings::loader().load_traced().unwrap();
    assert!(loaded.banner.is_set_aside());
    assert_eq!(warned(&loaded), [(Code::Missing, "banner.text")]);
    assert!(
        loaded.warnings()[0].help().unwrap().ends_with("; until it is mended, banner alone is set aside")
    );
}

#[test]
fn denied_warnings_set_nothing_aside() {
    let warnings = loaded(MANY).warnings().len();
    let denied = loader(MANY).warnings(Warnings::Deny);
    let report = denied.load().unwrap_err();
    assert_eq!((report.problems().len(), report.warnings().len()), (warnings, 0));
    // It is the report of the same settings without `Lenient`.
    assert!(!report.to_string().contains("aside"), "{report}");
    assert!(loader(GOOD).warnings(Warnings::Deny).load().is_ok());
    let checked = crate::cli::run(&loader(MANY), "check --deny-warnings");
    assert_eq!(checked.status, confkit::cli::Status::Config);
}

#[test]
fn another_problem_fails_the_load_and_the_rest_stay_warnings() {
    let report = loader(&format!("port = 'x'\n{MANY}")).load().unwrap_err();
    testing::assert_codes::<()>(&Err(report.clone()), &[Code::Type]);
    assert_eq!(report.warnings().len(), loaded(MANY).warnings().len());
}

#[test]
fn a_load_that_lacks_a_layer_sets_nothing_aside() {
    let lacking = |text: &str| loader(text).system(System::memory()).file("missing.toml");
    let report = lacking("flags.a = { enabled = 'yes' }\nflags.b = { percent = 1 }\n").load().unwrap_err();
    let told: Vec<_> = report.problems().iter().map(|problem| (problem.code(), problem.path())).collect();
    assert_eq!(told, [(Code::Type, "flags.a.enabled"), (Code::NotFound, "")]);
    assert!(report.warnings().is_empty());
    // What is missing may stand in the other layer.
    assert!(report.notes()[0].starts_with("2 required settings and 2 rules were not checked"), "{report}");
}

#[test]
fn layers_come_together_before_anything_is_judged() {
    let upper = |text: &str| loader(MANY).text(Format::Toml, "local.toml", text).load_traced().unwrap();
    let mended = upper("banner.text = 'x'\nflags.type = { enabled = true, percent = 1 }\n");
    assert!(good(&mended.flags["type"]) && !mended.banner.is_set_aside());
    let worse = upper("flags.alpha.enabled = 3\n");
    assert!(worse.flags["alpha"].is_set_aside());
    let warning = worse.warnings().iter().find(|warning| warning.path() == "flags.alpha.enabled").unwrap();
    assert_eq!(warning.origin().unwrap().to_string(), "local.toml:1:23");
    let unset = loader(MANY).unset("flags.table").load_traced().unwrap();
    assert_eq!(unset.flags.len(), 7);
}

#[test]
fn variables_set_entries_aside_too() {
    let with = |name: &str, value: &str| loader(MANY).env_vars([(name, value)]).load_traced();
    let loaded = with("APP_FLAGS__ALPHA__ENABLED", "maybe").unwrap();
    assert!(loaded.flags["alpha"].is_set_aside());
    let warning = loaded.warnings().iter().find(|warning| warning.path() == "flags.alpha.enabled").unwrap();
    assert_eq!(warning.origin().unwrap().to_string(), "environment variable APP_FLAGS__ALPHA__ENABLED");
    let mended = with("APP_BANNER_TEXT", "hello").unwrap();
    assert_eq!(mended.banner.get().map(|banner| &*banner.colour), Some("red"));
}

#[test]
fn what_belongs_to_the_settings_around_is_a_problem() {
    #[derive(Debug, Config)]
    #[config(profiles("live"), check(!self.flags.is_empty(), "there must be a flag"))]
    struct Outer {
        #[config(nested, default)]
        flags: BTreeMap<u16, Lenient<Flag>>,
        #[config(nested, required(profile = "live"))]
        banner: Option<Lenient<Banner>>,
        #[config(nested, default, validate(length(max = 1)))]
        list: Vec<Lenient<Upstream>>,
    }
    let load = |text: &str, profile: &str| {
        let report = Outer::loader().text(Format::Toml, "a.toml", text).profile(profile).load().unwrap_err();
        let told = report.problems().iter().map(|problem| (problem.code(), problem.path().to_owned()));
        told.collect::<Vec<_>>()
    };
    let told = |code: Code, path: &str| vec![(code, path.to_owned())];
    assert_eq!(load("flags.x = { enabled = true }\n", "default"), told(Code::Type, "flags.x"));
    assert_eq!(load("", "default"), told(Code::Invalid, ""));
    assert_eq!(load("flags.1 = {}\n", "live"), told(Code::Missing, "banner"));
    assert_eq!(load("flags.1 = {}\nlist = [{}, {}]\n", "default"), told(Code::Invalid, "list"));
    assert_eq!(load("flags = 1\n", "default"), told(Code::Type, "flags"));
}

#[test]
fn tests_of_programs_get_settings_that_are_not_set_aside() {
    let settings: Settings = Settings::test().set("flags.a.percent", 3).build();
    assert!(!settings.banner.is_set_aside() && good(&settings.flags["a"]));
    let report: Report = Settings::test().set("flags.a.percent", 101).load().unwrap_err();
    assert_eq!(testing::problem_at(&report, "flags.a.percent").code(), Code::Invalid);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// The same is told either way, as problems or as warnings.
    #[test]
    fn whatever_is_wrong_is_told(broken in testing::broken_documents::<Settings>()) {
        let loader = Settings::loader().text(Format::Json, "app.json", broken.text(Format::Json));
        let fault = broken.fault().unwrap();
        let denied = loader.clone().warnings(Warnings::Deny).load().unwrap_err();
        let is_it = |one: &Problem| (one.path(), one.code()) == (fault.path(), fault.code());
        prop_assert!(denied.problems().iter().any(is_it), "{}", denied);
        let told = match loader.load_traced() {
            Ok(loaded) => loaded.warnings().to_vec(),
            Err(report) => report.problems().iter().chain(report.warnings()).cloned().collect(),
        };
        let places = |all: &[Problem]| {
            let mut all: Vec<_> = all.iter().map(|one| (one.path().to_owned(), one.code().as_str())).collect();
            all.sort();
            all
        };
        prop_assert_eq!(places(&told), places(denied.problems()));
    }
}
