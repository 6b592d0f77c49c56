//! The report for people: order, shape, limits, and what never stands in it.

use std::collections::BTreeMap;

use confkit::{Code, Config, Format, Report, Secret, Severity, System, testing};

#[derive(Debug, Config)]
#[config(
    env_prefix = "ORDERS",
    profile_env = "ORDERS_PROFILE",
    file = "config/base.toml",
    optional_file = "config/{profile}.toml"
)]
struct Settings {
    #[config(default = "127.0.0.1:8080")]
    listen: std::net::SocketAddr,
    #[config(default = 4, validate(range(min = 1, max = 64)))]
    workers: u16,
    #[config(nested)]
    database: Database,
    #[config(secret, required(profile = "production"))]
    session_key: Option<Secret<String>>,
}

#[derive(Debug, Config)]
struct Database {
    host: String,
    #[config(default = 5432)]
    port: u16,
}

const SAMPLE: &str = "\
settings `Settings` cannot be loaded: 4 problems (profile production)

error[unknown_key]: there is no setting `databse`
 --> config/base.toml:9:2
  |
9 | [databse]
  |  ^^^^^^^ did you mean `database`?
error[type]: workers must be an integer from 0 to 65535, not the string \"many\"
 --> config/production.toml:3:11
  |
3 | workers = \"many\"
  |           ^^^^^^
error[missing]: database.host is required
  = help: set `host` under `[database]` in config/base.toml, or ORDERS_DATABASE_HOST
error[missing]: session_key is required in profile production
  = help: set ORDERS_SESSION_KEY, or ORDERS_SESSION_KEY_FILE";

#[test]
fn the_sample_of_the_design_is_reproduced() {
    let system = System::memory()
        .var("ORDERS_PROFILE", "production")
        .file("config/base.toml", "\n\n\n\n\n\n\n\n[databse]\nhost = 'db'\n")
        .file("config/production.toml", "\n\nworkers = \"many\"\n");
    let report = Settings::loader().system(system).declared().load().unwrap_err();
    assert_eq!(report.to_string().trim_end(), SAMPLE);
    assert_eq!(format!("{report:?}"), report.to_string(), "Debug is Display");
}

#[derive(Debug, Config)]
struct Wide {
    #[config(default)]
    map: BTreeMap<String, u8>,
    #[config(default)]
    name: u8,
}

fn wide(text: &str) -> Report {
    Wide::loader().text(Format::Toml, "a.toml", text).load().unwrap_err()
}

#[test]
fn fifty_problems_are_rendered_and_all_are_kept() {
    let text = (0..120).map(|n| format!("key{n} = 1")).collect::<Vec<_>>().join("\n");
    let report = wide(&text);
    assert_eq!(report.problems().len(), 120);
    let shown = report.to_string();
    assert_eq!(shown.matches("error[").count(), 50);
    assert!(shown.starts_with("settings `Wide` cannot be loaded: 120 problems"), "{shown}");
    assert!(shown.contains("70"), "it says how many are not shown: {shown}");
    let json: serde_json::Value = serde_json::from_str(&report.to_json()).unwrap();
    assert_eq!(json["problems"].as_array().unwrap().len(), 120);
    let fifty = wide(&text.lines().take(50).collect::<Vec<_>>().join("\n")).to_string();
    assert_eq!(fifty.matches("error[").count(), 50);
    insta::assert_snapshot!(
        shown.lines().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn lines_have_at_most_a_hundred_columns() {
    let long = "x".repeat(300);
    let words = "word ".repeat(60);
    let texts = [
        format!("name = '{long}'"),
        format!("name = '{words}'"),
        format!("{long} = 1"),
        format!("map = {{ {long} = 'x' }}"),
        format!("name = 1 # {long}\n\"{words}\" = 1"),
        format!("{}name = 'x' # {words}", " ".repeat(200)),
        format!("map = {{ a = 1, b = 2, c = 3, {long} = 4, d = 'x', e = '{words}' }}"),
        format!("name = '{}'", "宽".repeat(200)),
        format!("\t\t\tname = '{long}'"),
        format!("name = \n{long}\n"),
    ];
    for text in texts {
        let report = wide(&text).to_string();
        for line in report.lines() {
            assert!(columns(line) <= 100, "{} columns: {line}", columns(line));
        }
        assert!(report.contains('^'), "the caret is in sight: {report}");
    }
}

/// The columns a terminal needs, wide characters counted twice.
fn columns(line: &str) -> usize {
    line.chars().map(|c| if c == '宽' { 2 } else { 1 }).sum()
}

#[test]
fn a_long_line_is_cut_around_the_caret() {
    let entries = |letter: char| (0..60).map(|n| format!("{letter}{n} = 1")).collect::<Vec<_>>().join(", ");
    let text = format!("map = {{ {}, bad = 'x', {} }}", entries('a'), entries('b'));
    let report = wide(&text);
    assert_eq!(report.problems()[0].path(), "map.bad");
    insta::assert_snapshot!(report);
}

/// Characters to feed in: raw where TOML takes them, and as TOML's escapes.
const BAD: [&str; 14] = [
    "\u{202e}",
    "\u{2066}",
    "\u{200f}",
    "\u{61c}",
    "\u{7f}",
    "\u{85}",
    "\u{9b}31m",
    "\\u001B[31m",
    "\\u0007",
    "\\r",
    "\\u202E",
    "\\t",
    "\\n",
    "\u{2028}",
];

/// Characters that move a terminal's cursor or turn text around.
fn is_bad(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}' | '\u{2028}' | '\u{2029}')
}

#[test]
fn no_control_or_bidirectional_character_of_the_input_is_written() {
    for bad in BAD {
        let texts = [
            format!("name = \"a{bad}b\""),
            format!("\"a{bad}b\" = 1"),
            format!("map = {{ \"a{bad}b\" = 'x' }}"),
            format!("name = 'x' # {bad}"),
            format!("name = = \"{bad}\""),
        ];
        for text in texts {
            let Err(report) = Wide::loader().text(Format::Toml, &format!("a{bad}.toml"), text.clone()).load()
            else {
                continue;
            };
            let json: serde_json::Value = serde_json::from_str(&report.to_json()).unwrap();
            for out in [report.to_string(), format!("{report:?}"), report.to_json()] {
                assert!(!out.chars().any(is_bad), "{text:?}: {out:?}");
            }
            assert!(!strings(&json).concat().chars().any(is_bad), "decoded JSON of {text:?}: {json:?}");
        }
    }
}

/// All text inside a JSON value.
fn strings(json: &serde_json::Value) -> Vec<&str> {
    match json {
        serde_json::Value::String(text) => vec![text],
        serde_json::Value::Array(items) => items.iter().flat_map(strings).collect(),
        serde_json::Value::Object(entries) => entries
            .iter()
            .flat_map(|(key, value)| std::iter::once(key.as_str()).chain(strings(value)))
            .collect(),
        _ => Vec::new(),
    }
}

#[test]
fn names_of_variables_are_shown_clean() {
    let vars = [
        ("ORDERS_A\u{202e}B", "x"),
        ("ORDERS_\u{1b}[31m", "x"),
        ("ORDERS_DATABASE_PORT", "a\u{202e}b\u{1b}[0m"),
    ];
    let report = Settings::loader().env_vars(vars).load().unwrap_err();
    for out in [report.to_string(), report.to_json()] {
        assert!(!out.chars().any(is_bad), "{out:?}");
    }
    for problem in report.problems().iter().chain(report.warnings()) {
        assert!(!problem.message().chars().chain(problem.path().chars()).any(is_bad), "{problem:?}");
        assert!(
            !problem.origin().map(ToString::to_string).unwrap_or_default().chars().any(is_bad),
            "{problem:?}"
        );
    }
}

#[test]
fn it_is_never_coloured_and_ends_without_blanks() {
    let text = wide("name = 'x'\nother = 1").to_string();
    assert!(!text.contains('\u{1b}'));
    assert!(text.lines().all(|line| line == line.trim_end()), "{text:?}");
    assert!(!text.contains("\n\n\n"));
}

#[test]
fn a_report_is_an_error_that_travels() {
    fn travels<E: std::error::Error + Clone + Send + Sync + 'static>(_: &E) {}
    let report = wide("name = 'x'");
    travels(&report);
    assert_eq!(size_of::<Report>(), size_of::<usize>(), "one pointer");
    let boxed: Box<dyn std::error::Error + Send + Sync> = Box::new(report.clone());
    assert_eq!(boxed.to_string(), report.to_string());
    assert_eq!(format!("{:?}", report.exit_code()), format!("{:?}", std::process::ExitCode::from(78)));
}

#[test]
fn reports_merge() {
    let mut report = wide("name = 'x'\nb = 1");
    report.merge(wide("name = 'y'"));
    assert_eq!(report.problems().len(), 3);
    assert!(report.to_string().starts_with("settings `Wide` cannot be loaded: 3 problems"), "{report}");
    report.merge(Settings::loader().load().unwrap_err());
    assert!(report.to_string().starts_with("settings `Wide`, `Settings` cannot be loaded"), "{report}");
    insta::assert_snapshot!(report);
}

#[test]
fn a_problem_tells_its_facts() {
    let report = Settings::loader()
        .text(Format::Toml, "a.toml", "workers = 65\nprot = 1\ndatabase.host = 'x'")
        .load()
        .unwrap_err();
    let range = testing::problem_at(&report, "workers");
    assert_eq!(
        (range.code(), range.rule(), range.severity()),
        (Code::Invalid, Some("range"), Severity::Error)
    );
    assert_eq!(range.params(), [("min", "1".to_owned()), ("max", "64".to_owned())]);
    assert_eq!(range.to_string(), range.message());
    assert_eq!(range.message(), "workers must be from 1 to 64, not 65");
    let origin = range.origin().unwrap();
    let end = origin.end().unwrap();
    assert_eq!(
        (origin.source(), origin.line(), origin.column(), end.line, end.column),
        ("a.toml", Some(1), Some(11), 1, 13)
    );
    let unknown = testing::problem_at(&report, "prot");
    assert_eq!((unknown.code().as_str(), unknown.rule()), ("unknown_key", None));
}

#[test]
fn codes_and_severities_have_stable_names() {
    let codes = [
        Code::Syntax,
        Code::Encoding,
        Code::Type,
        Code::Missing,
        Code::UnknownKey,
        Code::UnknownVariant,
        Code::Invalid,
        Code::Conflict,
        Code::Duplicate,
        Code::Profile,
        Code::NotFound,
        Code::Permission,
        Code::Source,
        Code::Limit,
        Code::Cycle,
        Code::Interpolation,
        Code::Version,
        Code::Deprecated,
        Code::Declaration,
        Code::Unwritable,
    ];
    let names = "syntax encoding type missing unknown_key unknown_variant invalid conflict duplicate profile not_found permission source limit cycle interpolation version deprecated declaration unwritable";
    assert_eq!(codes.map(Code::as_str).join(" "), names);
    assert_eq!(Code::Type.to_string(), "type");
    assert_eq!([Severity::Error, Severity::Warning].map(Severity::as_str), ["error", "warning"]);
}

#[test]
fn the_help_of_a_missing_setting_names_file_table_and_variable() {
    let help = |system: System| {
        let report = Settings::loader().system(system).declared().load().unwrap_err();
        testing::problem_at(&report, "database.host").help().unwrap().to_owned()
    };
    let both = "set `host` under `[database]` in config/base.toml, or ORDERS_DATABASE_HOST";
    assert_eq!(help(System::memory().file("config/base.toml", "")), both);
    let text = Settings::loader().env_prefix("X").env_vars([("A", "b")]).load().unwrap_err();
    assert_eq!(testing::problem_at(&text, "database.host").help().unwrap(), "set X_DATABASE_HOST");
}

#[test]
fn multi_line_values_and_arrays_are_shown_at_their_start() {
    insta::assert_snapshot!(wide("name = '''\nline one\nline two\n'''\nmap = [\n  1,\n  2,\n]\n"));
}

#[test]
fn nothing_else_of_a_line_is_shown_beside_the_fault() {
    let text = "database = { host = 'db', port = 'x' }";
    let report = Settings::loader().text(Format::Toml, "a.toml", text).load().unwrap_err();
    insta::assert_snapshot!(report);
}
