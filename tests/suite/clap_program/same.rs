//! What confkit reads from words and what it reads back from clap is the same.

use confkit::{Config, Report};
use proptest::prelude::*;

use super::{Settings, command};

/// A word or two for one setting.
fn argument() -> impl Strategy<Value = Vec<String>> {
    let valued = prop::sample::select(vec![
        "--workers",
        "--level",
        "--levels",
        "--host",
        "--hosts",
        "--ports",
        "--labels",
        "--offset",
        "--name",
        "--timeout",
        "--cache",
        "--spool",
        "--spool_directory",
        "--database-max-conn",
        "--database.max_conn",
        "--database.limit",
        "--max-requests",
        "--max_requests",
        "--listen",
        "--peer",
        "--pin",
        "--experimental",
    ]);
    let value = prop::sample::select(vec![
        "1",
        "2",
        "70000",
        "x",
        "",
        " 3 ",
        "a,b",
        "[1,2]",
        "[]",
        "a=1",
        "a=2,b=3",
        "{\"a\":\"4\"}",
        "info",
        "off,info",
        "-",
        "-5",
        "-0.5",
        "true",
        "no",
        "30s",
        "10MiB",
        "::1",
        "[::1]:80",
        "a=b=c",
        "\"",
        "ä",
        "--",
        "-v",
    ]);
    let switch = prop::sample::select(vec![
        "-v",
        "-q",
        "-vq",
        "-vv",
        "--verbose",
        "--no-verbose",
        "--quiet",
        "--no-quiet",
        "--database-tls",
        "--database.tls",
        "--no-database-tls",
        "--no-database.tls",
        "--verbose=",
        "--verbose=no",
        "-v=1",
        "-q=x",
        "-vq=0",
    ]);
    let short = prop::sample::select(vec!["-w", "-d", "-l", "-vw", "-qvd"]);
    prop_oneof![
        (valued.clone(), value.clone()).prop_map(|(name, value)| vec![format!("{name}={value}")]),
        (valued, value.clone()).prop_map(|(name, value)| vec![name.to_owned(), value.to_owned()]),
        switch.prop_map(|word| vec![word.to_owned()]),
        (short.clone(), value.clone()).prop_map(|(name, value)| vec![format!("{name}{value}")]),
        (short.clone(), value.clone()).prop_map(|(name, value)| vec![format!("{name}={value}")]),
        (short, value).prop_map(|(name, value)| vec![name.to_owned(), value.to_owned()]),
    ]
}

/// The settings, or what is wrong with them.
fn outcome(result: Result<Settings, Report>) -> Result<String, Vec<(String, String)>> {
    let told = |report: Report| {
        let problems = report.problems().iter();
        let mut told: Vec<_> =
            problems.map(|one| (one.code().as_str().to_owned(), one.path().to_owned())).collect();
        told.sort();
        // A letter and its name are two arguments to confkit, and one to clap.
        told.dedup();
        told
    };
    result.map(|settings| format!("{settings:?} {}", settings.pin.expose())).map_err(told)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, max_global_rejects: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn clap_gives_what_words_give(arguments in prop::collection::vec(argument(), 0..6)) {
        let words: Vec<String> = arguments.concat();
        let found = command().try_get_matches_from(std::iter::once("orders").chain(words.iter().map(String::as_str)));
        // What clap itself refuses does not come to confkit.
        prop_assume!(found.is_ok());
        let by_clap = outcome(Settings::loader().matches(&found.unwrap()).load());
        let by_words = outcome(Settings::loader().args(&words).load());
        prop_assert_eq!(by_clap, by_words, "{:?}", words);
    }
}
