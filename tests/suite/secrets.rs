//! Secrets: a marker in every place a value can stand, and not in any output.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use confkit::write::{self, Defaults, Secrets};
use confkit::{
    Code, Config, Document, Env, File, Format, Loaded, Loader, Report, Secret, SecretBytes, SecretEq,
    SecretString, Stack, System, Unknown, Warnings, testing, with_exposed,
};
use figment::providers::Serialized;
use serde::{Deserialize, Serialize};

/// The value that is searched for.
const MARKER: &str = "marker-7f3a";

#[derive(Debug, Serialize, Deserialize)]
struct Plain {
    #[serde(default)]
    user: String,
    #[serde(default)]
    token: Secret<String>,
}

#[derive(Debug, Config, Serialize)]
struct Credentials {
    #[config(default)]
    user: String,
    #[config(default)]
    number: u16,
}

type Alias = Secret<String>;

/// Text whose own type keeps it out of `Debug`, as `secret(plain)` asks for.
#[derive(Default, Config, Serialize)]
struct Quiet(String);

impl std::fmt::Debug for Quiet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("quiet")
    }
}

#[derive(Debug, Config, Serialize)]
#[config(env_prefix = "APP", file = "app.toml", profiles("dev"))]
struct Settings {
    #[config(default)]
    password: Secret<String>,
    #[config(default)]
    alias: Alias,
    limit: Option<Secret<u32>>,
    #[config(default)]
    list: Vec<Secret<String>>,
    #[config(default)]
    map: BTreeMap<String, Secret<String>>,
    plain: Option<Plain>,
    text: Option<SecretString>,
    bytes: Option<SecretBytes>,
    #[config(default, secret(plain))]
    masked: Quiet,
    #[config(nested)]
    whole: Option<Secret<Credentials>>,
    #[config(nested, default)]
    many: Vec<Inner>,
    #[config(default, validate(length(max = 3)), validate(|v| v.expose().is_empty(), "must be empty"))]
    pin: Secret<String>,
    #[config(default = 1)]
    port: u16,
}

#[derive(Debug, Config, Serialize)]
struct Inner {
    #[config(default)]
    key: Secret<String>,
    #[config(default = 1)]
    level: u8,
}

/// Everything that a report writes.
fn of_report(report: &Report) -> String {
    let mut all = format!("{report}\n{report:?}\n{report:#?}\n{}\n", report.to_json());
    let _ = writeln!(all, "{}", with_exposed(|| report.to_json()));
    for problem in report.problems().iter().chain(report.warnings()) {
        let _ = writeln!(
            all,
            "{problem} {problem:?} {:?} {:?} {:?}",
            problem.origin(),
            problem.params(),
            problem.help()
        );
        let _ = writeln!(all, "{:?} {:?}", problem.related(), problem.suggestion());
    }
    let _ = writeln!(
        all,
        "{:?} {:?}",
        report.notes(),
        std::error::Error::source(report).map(ToString::to_string)
    );
    all
}

/// What becomes of settings, or of a document, that is written.
fn of_writing(written: Result<String, Report>) -> String {
    written.unwrap_or_else(|report| of_report(&report))
}

/// The settings as text in every format, secrets left out.
fn of_settings(settings: &Settings) -> String {
    let write = |format: &Format| of_writing(write::to_string(settings, *format, Secrets::Omit));
    let inside = with_exposed(|| write::to_string(settings, Format::Toml, Secrets::Omit));
    Format::ALL.iter().map(write).chain([of_writing(inside)]).collect()
}

/// A document as text in every format, secrets left out; nothing if it cannot be read.
fn of_document(text: &str) -> String {
    let Ok(document) = Document::toml("app.toml", text.to_owned()) else { return String::new() };
    let write = |format: &Format| of_writing(write::document::<Settings>(&document, *format, Secrets::Omit));
    Format::ALL.iter().map(write).collect()
}

/// What is in force, secrets left out, and how it differs from the defaults and back.
fn of_what_is_in_force(loaded: &Loaded<Settings>) -> String {
    let nothing = Settings::loader().load_traced().unwrap();
    let mut all = String::new();
    for differences in [loaded.diff(&nothing), nothing.diff(loaded)] {
        let json = with_exposed(|| differences.to_json());
        let _ = write!(all, "{differences} {differences:?} {} {json}", differences.to_json());
    }
    match loaded.to_document(Defaults::Include, Secrets::Omit) {
        Ok(document) => {
            let texts = Format::ALL.iter().map(|format| format!("{:?}", format.write(&document)));
            all + &texts.collect::<String>() + &format!("{document:?}")
        }
        Err(report) => all + &of_report(&report),
    }
}

/// Everything that a stack writes, loaded or not.
fn outputs(loader: &Loader<Settings>) -> String {
    let told = Arc::new(Mutex::new(String::new()));
    let sink = Arc::clone(&told);
    let call = Warnings::call(move |warnings| {
        let _ = write!(sink.lock().unwrap(), "{warnings:?}");
    });
    let mut all = format!("{loader:?}");
    let _ = loader.clone().warnings(call).load();
    match loader.load_traced() {
        Ok(loaded) => {
            let _ = write!(all, "{loaded:?} {:#?} {:?}", *loaded, loaded.warnings());
            all += &of_settings(&loaded);
            all += &of_what_is_in_force(&loaded);
            for explanation in loaded.explanations() {
                let _ = write!(all, "{explanation} {explanation:?} {:?}", explanation.shadowed());
            }
            for path in [
                "whole",
                "whole.user",
                "many",
                "many[0]",
                "map",
                "map.k",
                "list",
                "list[0]",
                "plain",
                "plain.token",
                "masked",
            ] {
                let explanation = loaded.explain(path);
                let _ = write!(
                    all,
                    "{explanation:?} {}",
                    explanation.as_ref().map(ToString::to_string).unwrap_or_default()
                );
            }
        }
        Err(report) => all += &of_report(&report),
    }
    if let Err(report) = loader.figment() {
        all += &of_report(&report);
    }
    all + &told.lock().unwrap()
}

/// Files in which the marker is where a value is or could be.
const FILES: &[&str] = &[
    "password = 'M'\nalias = 'M'\nlist = ['M']\nmap.k = 'M'\nplain = { token = 'M' }\ntext = 'M'\nbytes = 'M'\nmasked = 'M'\nmany = [{ key = 'M' }]\nwhole = { user = 'M' }\n",
    "password = M",
    "password = 'M",
    "password = \"M\\q\"",
    "password = '''\nM\n",
    "password = ['M']",
    "password = { a = 'M' }",
    "password = [['M'], { a = 'M' }]",
    "[password]\nM = 1",
    "alias = [ 'M', 'M' ]",
    "limit = 'M'",
    "list = 'M'",
    "list = ['M', 3, ['M']]",
    "map = 'M'",
    "map = { k = ['M'], l = { m = 'M' } }",
    "plain = { token = ['M'] }",
    "plain = { token = 'M', user = 3 }",
    "plain = ['M']",
    "plain = 'M'",
    "text = ['M']",
    "bytes = ['M']",
    "bytes = { a = 'M' }",
    "masked = ['M']",
    "masked = { a = 'M' }",
    "whole = 'M'",
    "whole = { user = ['M'] }",
    "whole = { number = 'M' }",
    "whole = { numbr = 'M' }",
    "whole.user = 'M'\nwhole.number = 70000",
    "many = [{ key = ['M'], level = 'x' }]",
    "many = ['M']",
    "many = [{ key = 'M' }, { key = 'M', level = 300 }]",
    "pin = 'M'",
    "pin = 'M'\nport = 'x'",
    "passwrod = 'M'",
    "passwrod = { a = 'M' }",
    "password = 'M'\npassword = 'M'",
    "password = 'M'\n[password]\nx = 'M'",
    "password.x = 'M'\npassword = 'M'",
    "M",
    "password 'M'",
    "password == 'M'",
    "[password = 'M'",
    "port = 1\npassword = 'M' 'M'",
    "password = 'M'\nport = = 1 # M",
    "password = 'M' # M\nport = 'x' # M",
    "port = 'x' # M",
    "{ password = 'M' }",
    "password = 'M'\nport = 'M'",
    "password = \"M\u{0}\"",
    "password = M-M-M\nport = 'x'",
    "many = [{ key = 'M', level = 1 }, { level = }]",
    "password: M",
    "export PASSWORD=M",
    "password = 'M', port = 1",
];

/// Fails with every case that shows the marker, and the lines that show it.
fn assert_none(shown: impl Iterator<Item = (String, String)>) {
    let shows = |(case, all): (String, String)| {
        let lines: Vec<&str> = all.lines().filter(|line| line.contains(MARKER)).take(2).collect();
        (!lines.is_empty())
            .then(|| format!("{case}\n    {}", lines.join("\n    ").chars().take(300).collect::<String>()))
    };
    let shown: Vec<String> = shown.filter_map(shows).collect();
    assert!(shown.is_empty(), "the marker is shown:\n{}", shown.join("\n"));
}

#[test]
fn no_output_of_any_file_has_the_marker() {
    assert_none(FILES.iter().flat_map(|file| {
        let text = file.replace('M', MARKER);
        let loader = || Settings::loader().text(Format::Toml, "app.toml", text.clone());
        let over = "port = 'x'\npassword = 1\nmap = 3\n";
        let system = System::memory().file("app.toml", text.clone());
        let outputs = [
            outputs(&loader()),
            outputs(&loader().unknown_keys(Unknown::Warn)),
            outputs(&loader().unknown_keys(Unknown::Allow)),
            outputs(&loader().text(Format::Toml, "over.toml", over)),
            outputs(&Settings::loader().system(system).declared()),
            of_document(&text),
        ];
        outputs.into_iter().map(|all| ((*file).to_owned(), all))
    }));
}

#[test]
fn no_output_of_values_for_tests_has_the_marker() {
    assert_none(FILES.iter().map(|file| {
        let system =
            System::memory().file("app.toml", file.replace('M', MARKER)).file("live.toml", "port = 'x'");
        let checked = testing::Profiles::<Settings>::new().system(system).fill_secrets().check();
        ((*file).to_owned(), checked.map_or_else(|report| of_report(&report), |()| String::new()))
    }));
    let values = [("password", vec![MARKER]), ("list", vec![MARKER, MARKER]), ("many[0].key", vec![MARKER])];
    assert_none(values.into_iter().flat_map(|(path, value)| {
        let test = || Settings::test().set(path, &value).set("pin", MARKER).set("port", "x");
        let report = of_report(&test().load().unwrap_err());
        let panic = std::panic::catch_unwind(|| test().build()).unwrap_err();
        let panic = panic.downcast_ref::<String>().cloned().unwrap();
        [report, panic, format!("{:?}", test())].map(|all| (path.to_owned(), all))
    }));
}

#[test]
fn no_output_of_any_variable_has_the_marker() {
    // The name of a file is no secret, and what is no secret may be shown.
    let names = "PASSWORD ALIAS LIMIT LIST MAP MAP__K PLAIN PLAIN__TOKEN TEXT BYTES MASKED WHOLE_USER WHOLE_NUMBER MANY__0__KEY \
                 PIN PASSWORDX WHOLE MANY LIST__0 password OTHER PLAIN__TOKN MAP__K__L LIST__0__1";
    let values = [
        "M",
        "[\"M\"]",
        "{\"token\": [\"M\"]}",
        "{\"token\": \"M\"",
        "k=M,M",
        "[M",
        "[[\"M\"]]",
        "{\"k\": {\"l\": \"M\"}}",
    ];
    assert_none(names.split_whitespace().flat_map(|name| {
        values.iter().flat_map(move |value| {
            let (name, value) = (format!("APP_{name}"), value.replace('M', MARKER));
            let vars = [(name.clone(), value.clone()), ("APP_PORT".to_owned(), "x".to_owned())];
            let alone = Settings::loader().env_vars([(name.clone(), value.clone())]);
            [outputs(&Settings::loader().env_vars(vars)), outputs(&alone)]
                .map(|all| (format!("{name}={value}").replace(MARKER, "M"), all))
        })
    }));
}

#[test]
fn no_output_of_any_file_of_variables_has_the_marker() {
    let lines = [
        "APP_PASSWORD=@",
        "export APP_PASSWORD = '@' # @",
        "APP_PASSWORD=\"@\n@\"",
        "APP_PASSWORD='@",
        "APP_PASSWORD=\"@\\q\"",
        "APP_PASSWORD=`@`",
        "APP_PASSWORD='@' @",
        "APP_PASSWORD: @",
        "APP_PASSWORD @",
        "APP_PASSWORD",
        "@",
        "APP_PASSWROD=@",
        "app_password=@",
        "PASSWORD=@",
        "APP_LIMIT=@",
        "APP_LIST=[[\"@\"]]",
        "APP_LIST=[@",
        "APP_MAP__K=@",
        "APP_PLAIN={\"token\": [\"@\"]}",
        "APP_PLAIN__TOKEN=@",
        "APP_PLAIN__TOKN=@",
        "APP_TEXT=@",
        "APP_BYTES=@",
        "APP_MASKED=@",
        "APP_WHOLE_USER=@",
        "APP_WHOLE_NUMBER=@",
        "APP_WHOLE=@",
        "APP_MANY__0__KEY=@",
        "APP_PIN=@",
        "APP_PASSWORD=@\nAPP_PASSWORD=@",
        "APP_PASSWORD=@\nAPP_PASSWORD_FILE=/run/key",
        "APP_PASSWORD_FILE=/run/key",
        "APP_LIMIT_FILE=/run/key",
        "APP_MANY__0__KEY=@\nAPP_MANY__0_KEY=@2",
    ];
    assert_none(lines.iter().flat_map(|lines| {
        let text = lines.replace('@', MARKER);
        let system = |text: &str| System::memory().file(".env", text).file("/run/key", MARKER);
        let loader = |text: &str| Settings::loader().system(system(text)).dotenv(".env");
        let outputs = [
            outputs(&loader(&text)),
            outputs(&loader(&text).unknown_keys(Unknown::Deny)),
            outputs(&loader(&format!("{text}\nAPP_PORT=x"))),
            outputs(&loader(&format!("APP_PORT=x # {MARKER}\n{text} # {MARKER}"))),
        ];
        outputs.into_iter().map(|all| ((*lines).to_owned(), all))
    }));
}

#[test]
fn no_output_of_any_directory_of_secrets_has_the_marker() {
    // Names of files are shown, as those of variables are.
    let names = "password PASSWORD app-password passwrod alias limit list list[0] map map.k map.k.l plain plain.token \
                 plain.tokn text bytes masked whole whole.user whole/number many many[0].key many/0/key pin other";
    let texts = ["@", "@\n", "[\"@\"]", "{\"token\": [\"@\"]}", "k=@,@", "[@", "[[\"@\"]]", "@\u{0}\u{1b}"];
    assert_none(names.split_whitespace().flat_map(|name| {
        texts.iter().flat_map(move |text| {
            let system = System::memory().file(format!("s/{name}"), text.replace('@', MARKER));
            let broken = [MARKER.as_bytes(), b"\xff"].concat();
            let loader = |system: System| Settings::loader().system(system).secrets_dir("s");
            let more = system.clone().file("s/port", "x").file("s/App-Password", MARKER);
            let outputs = [
                outputs(&loader(system.clone())),
                outputs(&loader(more)),
                outputs(&loader(system.clone()).private_secrets(true).unknown_keys(Unknown::Deny)),
                outputs(&loader(system.file(format!("s/{name}"), broken))),
            ];
            outputs.into_iter().map(move |all| (format!("{name}: {text}"), all))
        })
    }));
}

#[test]
fn no_output_of_any_argument_has_the_marker() {
    // Words of the command line; the name in front of a `=` is shown, what is no name is not.
    let words = [
        &["--password", "M"][..],
        &["--password=M"],
        &["--passwrod", "M"],
        &["--passwrod=M"],
        &["--passwrod:M"],
        &["--passwrod M"],
        &["--alias", "M"],
        &["--limit=M"],
        &["--list", "M", "--list", "M"],
        &["--list[0]=M"],
        &["--map", "k=M"],
        &["--map.k=M"],
        &["--plain.token=M"],
        &["--plain=token=M"],
        &["--plain", "{\"token\": [\"M\"]}"],
        &["--text=M"],
        &["--bytes", "M"],
        &["--masked=M"],
        &["--whole-user", "M"],
        &["--whole.number=M"],
        &["--whole=M"],
        &["--many[0].key=M"],
        &["--many=M"],
        &["--pin", "M"],
        &["--pin=M", "--pin=M2"],
        &["-pM"],
        &["-p", "M"],
        &["M"],
        &["--", "M"],
        &["--port=1", "M"],
        &["--no-password=M"],
        &["--given", "M"],
        &["--given", "M", "--given", "M2"],
        &["--given-number", "M"],
        &["--given-number=1M", "--given-number=2M"],
        &["--given-list=M", "--given-list=[M", "--given-list=[[\"M\"]]"],
        &["--help", "M"],
    ];
    assert_none(words.iter().flat_map(|words| {
        let words: Vec<String> = words.iter().map(|word| word.replace('M', MARKER)).collect();
        let with = |more: &[&str]| {
            words.iter().cloned().chain(more.iter().map(|&word| word.to_owned())).collect::<Vec<_>>()
        };
        let loader = |words: Vec<String>| Settings::loader().system(System::memory()).args(words);
        let stack = Stack::new().args(words.clone());
        let layers = stack.read().unwrap();
        let mut all = format!("{stack:?} {layers:?}");
        for report in [layers.load::<Inner>("many").map(|_| ()), layers.finish()] {
            all += &report.map_err(|report| of_report(&report)).err().unwrap_or_default();
        }
        let given = Given::loader().system(System::memory()).args(words.clone());
        all += &match given.load_traced() {
            Ok(loaded) => loaded.explanations().iter().map(ToString::to_string).collect(),
            Err(report) => of_report(&report) + &report.help().unwrap_or_default(),
        };
        let outputs = [
            outputs(&loader(words.clone())),
            outputs(&loader(with(&["--port=x"]))),
            outputs(&loader(words.clone()).unknown_keys(Unknown::Warn)),
            outputs(&loader(words.clone()).unknown_keys(Unknown::Allow).env_vars([("APP_PORT", "x")])),
            loader(words.clone()).help(),
            all,
        ];
        outputs.into_iter().map(move |all| (words.join(" ").replace(MARKER, "M"), all))
    }));
}

/// Secrets that may be given by arguments.
#[derive(Debug, Config)]
struct Given {
    #[config(default, arg(secret_on_command_line))]
    given: Secret<String>,
    #[config(default_fn = marked, arg(secret_on_command_line))]
    given_number: Secret<u32>,
    #[config(default, arg(secret_on_command_line))]
    given_list: Vec<Secret<String>>,
    #[config(default_fn = marked_text)]
    other: SecretString,
}

fn marked() -> Secret<u32> {
    Secret::from(73)
}

fn marked_text() -> SecretString {
    SecretString::from(MARKER.to_owned())
}

#[test]
fn no_output_of_set_providers_and_stacks_has_the_marker() {
    let values = serde_json::json!({ "password": [MARKER], "alias": MARKER, "limit": MARKER, "map": { "k": { "l": MARKER } }, "whole": { "user": [MARKER] }, "unknown": MARKER });
    let loader = Settings::loader()
        .provider(Serialized::defaults(values))
        .set("password", vec![MARKER])
        .set("whole.number", MARKER)
        .set("pin", MARKER)
        .set("unknown", MARKER)
        .set("many[0].key", BTreeMap::from([("x", MARKER)]));
    assert_none(std::iter::once(("set".to_owned(), outputs(&loader))));
    let stack = Stack::new()
        .text(Format::Toml, "a", format!("x.key = ['{MARKER}']\ny = '{MARKER}'"))
        .env_vars([("X_KEY", MARKER)])
        .env_prefix("P");
    let layers = stack.read().unwrap();
    let mut all = format!("{stack:?} {layers:?}");
    for report in
        [layers.load::<Inner>("x").map(|_| ()), layers.load::<Inner>("y").map(|_| ()), layers.finish()]
    {
        all += &report.map_err(|report| of_report(&report)).err().unwrap_or_default();
    }
    assert_none(std::iter::once(("stack".to_owned(), all)));
}

#[test]
fn no_figment_error_of_our_providers_has_the_marker() {
    let system = System::memory().var("APP_LIMIT", MARKER).var("APP_PASSWORD", MARKER);
    let env = Env::for_type::<Settings>().system(system);
    let shown = format!("{env:?}");
    let text = format!("limit = '{MARKER}'\npassword = '{MARKER}'\n");
    let loader = Settings::loader().text(Format::Toml, "a", text);
    assert!(!shown.contains(MARKER) && !format!("{loader:?} {:?}", File::new("a.toml")).contains(MARKER));
}

#[test]
fn a_known_secret_is_masked_in_messages_of_other_fields() {
    #[derive(Debug, Config)]
    struct Url {
        #[config(default)]
        password: Secret<String>,
        #[config(default, validate(|v| !v.contains("marker"), "must not contain the password marker-7f3a"))]
        url: String,
        #[config(default)]
        port: u16,
    }
    // The password is known; it is masked wherever it occurs in a message.
    let text = format!("password = '{MARKER}'\nurl = 'postgres://app:{MARKER}@db'\nport = 'x-{MARKER}'\n");
    let report = Url::loader().text(Format::Toml, "a.toml", text).load().unwrap_err();
    assert_eq!(report.problems().len(), 2);
    for problem in report.problems() {
        assert!(!problem.message().contains(MARKER), "{problem}");
    }
    assert!(!report.to_string().contains(MARKER), "{report}");
    insta::assert_snapshot!(report);
}

#[test]
fn the_text_of_the_mask_is_not_a_value() {
    for value in [
        "password = '[redacted]'",
        "list = ['[redacted]']",
        "map.k = '[redacted]'",
        "text = '[redacted]'",
        "plain.token = '[redacted]'",
    ] {
        let result = Settings::loader().text(Format::Toml, "a.toml", value).load();
        let report = result.map(|_| ()).expect_err(value);
        assert_eq!(report.problems().len(), 1, "{value}: {report}");
        assert!(report.to_string().contains("mask"), "{value}: {report}");
    }
    let report = Settings::loader().env_vars([("APP_PASSWORD", "[redacted]")]).load().unwrap_err();
    insta::assert_snapshot!(report);
    let file = System::memory().file("s", "[redacted]\n").var("APP_PASSWORD_FILE", "s");
    assert!(Settings::loader().system(file).env().load().is_err());
    let fine = Settings::loader().text(Format::Toml, "a", "masked = 'x'\npassword = 'a [redacted] b'").load();
    assert_eq!(fine.unwrap().password.expose(), "a [redacted] b");
}

#[test]
fn secrets_write_the_mask() {
    let secret = Secret::from(MARKER.to_owned());
    let text = SecretString::from(MARKER);
    let bytes = SecretBytes::from(MARKER.as_bytes());
    assert_eq!(
        format!("{secret:?} {text:?} {bytes:?} {secret:#?}"),
        "[redacted] [redacted] [redacted] [redacted]"
    );
    let all = || serde_json::to_string(&(&secret, &text, Some(&secret), vec![&secret])).unwrap();
    assert!(!all().contains(MARKER));
    assert!(with_exposed(all).contains(MARKER));
    assert!(!all().contains(MARKER), "only inside");
    let other = with_exposed(|| std::thread::scope(|scope| scope.spawn(all).join().unwrap()));
    assert!(!other.contains(MARKER), "on that thread alone");
    let panicked = std::panic::catch_unwind(|| with_exposed(|| panic!("out")));
    assert!(panicked.is_err() && !all().contains(MARKER), "a panic closes it too");
    assert_eq!(with_exposed(|| with_exposed(all)), with_exposed(all));
}

#[test]
fn secrets_are_values_like_others() {
    let secret = Secret::from("a".to_owned());
    assert!(
        secret == secret.clone()
            && secret != Secret::from("b".to_owned())
            && secret != Secret::from("aa".to_owned())
    );
    assert_eq!(Secret::<u8>::default().into_exposed(), 0);
    assert!(7_u32.secret_eq(&7) && !b"ab"[..].secret_eq(b"abc") && [1_u8, 2].secret_eq(&[1, 2]));
    assert!(SecretString::from("a") == SecretString::from("a".to_owned()));
    assert!(SecretBytes::from(vec![1]) != SecretBytes::from(vec![2]));
    let read: Secret<String> = serde_json::from_str("\"x\"").unwrap();
    assert_eq!(read.expose(), "x");
    let bytes: SecretBytes = serde_json::from_str("[1, 2]").unwrap();
    assert_eq!(bytes.expose(), [1, 2]);
    let text: SecretString = serde_json::from_str("\"x\"").unwrap();
    assert_eq!(text.expose(), "x");
}

#[derive(Debug, Config)]
#[config(env_prefix = "A")]
struct Kinds {
    number: Secret<u16>,
    list: Secret<Vec<u8>>,
    text: SecretString,
    bytes: SecretBytes,
    set: BTreeSet<String>,
    #[config(secret)]
    option: Option<Box<SecretString>>,
    #[config(nested)]
    section: Secret<Credentials>,
}

#[test]
fn secrets_of_every_type_are_read() {
    let vars = [
        ("A_NUMBER", "7"),
        ("A_LIST", "1,2"),
        ("A_TEXT", "007"),
        ("A_BYTES", "raw"),
        ("A_SET", "a"),
        ("A_OPTION", "o"),
        ("A_SECTION_USER", "u"),
    ];
    let kinds = Kinds::loader().env_vars(vars).load().unwrap();
    assert_eq!((*kinds.number.expose(), kinds.list.expose().len(), kinds.text.expose()), (7, 2, "007"));
    assert_eq!((kinds.bytes.expose(), kinds.option.unwrap().expose()), (&b"raw"[..], "o"));
    assert_eq!(kinds.section.expose().user, "u");
    let fields = Kinds::metadata().fields();
    let secret: Vec<_> = fields.iter().filter(|field| field.is_secret()).map(confkit::Field::key).collect();
    assert!(
        ["number", "list", "text", "bytes", "option"].iter().all(|key| secret.contains(key)),
        "{secret:?}"
    );
    assert!(!secret.contains(&"set"));
}

#[test]
fn a_secret_of_the_wrong_type_is_told_without_its_text() {
    let report = Settings::loader()
        .text(Format::Toml, "a.toml", "limit = 'hunter2'\npassword = 5\nwhole = { number = 'hunter2' }\n")
        .load()
        .unwrap_err();
    assert_eq!(
        report.problems().iter().filter(|problem| problem.code() == Code::Type).count(),
        3,
        "{report}"
    );
    insta::assert_snapshot!(report);
}

#[test]
fn a_custom_error_of_a_secret_is_replaced() {
    #[derive(Debug)]
    struct Pin;
    impl<'de> Deserialize<'de> for Pin {
        fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            let text = String::deserialize(from)?;
            Err(serde::de::Error::custom(format!("`{}` is not a pin", text.to_uppercase())))
        }
    }
    #[derive(Debug, Config)]
    #[config(env_prefix = "A")]
    struct Pins {
        pin: Secret<Pin>,
        #[config(parse = parse, secret(plain))]
        other: String,
    }
    fn parse(text: &str) -> Result<String, String> {
        Err(format!("{} is wrong", text.to_uppercase()))
    }
    let report = Pins::loader().env_vars([("A_PIN", "hunter"), ("A_OTHER", "hunter")]).load().unwrap_err();
    assert_eq!(report.problems().len(), 2);
    testing::assert_hidden(&report, "HUNTER");
    testing::assert_hidden(&report, "hunter");
}

#[derive(Debug, Config)]
#[config(env_prefix = "A")]
struct Known {
    #[config(default)]
    text: Secret<String>,
    number: Option<Secret<u64>>,
    #[config(default)]
    list: Vec<Secret<String>>,
    #[config(default)]
    port: u16,
}

#[test]
fn a_secret_is_known_wherever_it_comes_from() {
    let loader = || Known::loader().set("port", "port 12345678 here");
    let reports = [
        loader().set("text", "12345678"),
        loader().set("number", 12_345_678),
        loader().set("list", ["x", "12345678"]),
        loader().env_vars([("A_TEXT", "12345678")]),
        loader().env_vars([("A_LIST", "a,12345678")]),
        loader().provider(Serialized::default("text", "12345678")),
        loader().text(Format::Toml, "a", "number = 12_345_678"),
        loader().system(System::memory().file("f", "12345678\n").var("A_TEXT_FILE", "f")).env(),
        // A secret that a layer above shadows is a secret still.
        loader().set("text", "12345678").set("text", "other"),
    ];
    let shows = |(n, loader): (usize, Loader<Known>)| {
        let report = loader.load().unwrap_err();
        assert_eq!(report.problems()[0].path(), "port");
        of_report(&report).contains("12345678").then_some(n)
    };
    let shown: Vec<usize> = reports.into_iter().enumerate().filter_map(shows).collect();
    assert!(shown.is_empty(), "these show it: {shown:?}");
    let short = loader().set("text", "123").load().unwrap_err();
    assert!(short.to_string().contains("port 12345678 here"), "three bytes are too few to mask: {short}");
}

#[test]
fn the_snippet_around_a_fault_hides_known_secrets() {
    let text = format!("password = '{MARKER}'\nport = '{MARKER}' # {MARKER}\n");
    let report = Settings::loader().text(Format::Toml, "a.toml", text).load().unwrap_err();
    assert!(!of_report(&report).contains(MARKER), "{report}");
}

#[test]
fn a_file_of_a_secret_that_cannot_be_used_is_told_by_its_fault() {
    let system = System::memory()
        .file("run/token", "x")
        .file("large", vec![b'x'; (1 << 20) + 1])
        .file("binary", b"\xff\xfe");
    let fault = |file: &str| {
        let loader = Settings::loader().system(system.clone().var("APP_PASSWORD_FILE", file)).env();
        let report = loader.load().unwrap_err();
        let problem = testing::problem_at(&report, "password");
        format!("{}: {}", problem.code().as_str(), problem.message())
    };
    insta::assert_snapshot!(["absent", "run", "large", "binary"].map(fault).join("\n"));
}

#[test]
fn no_output_of_a_clap_program_has_the_marker() {
    #[derive(Debug, Config)]
    #[config(env_prefix = "APP")]
    struct Typed {
        #[config(default_fn = known, arg(secret_on_command_line, short = 's'))]
        given: Secret<String>,
        #[config(default_fn = known)]
        token: Secret<String>,
        #[config(arg(secret_on_command_line))]
        limit: Option<Secret<u32>>,
        #[config(nested)]
        inner: Inner,
        #[config(default, validate(|port| *port > 0, "must be more"))]
        port: u16,
    }
    fn known() -> Secret<String> {
        Secret::from(MARKER.to_owned())
    }
    let command = || confkit::clap::augment::<Typed>(clap::Command::new("orders"));
    let mut built = command();
    let mut completed = Vec::new();
    clap_complete::generate(clap_complete::Shell::Bash, &mut command(), "orders", &mut completed);
    let mut shown = vec![
        ("-h".to_owned(), built.render_help().to_string()),
        ("--help".to_owned(), built.render_long_help().to_string()),
        ("command".to_owned(), format!("{built:?} {:#?}", command())),
        ("completions".to_owned(), String::from_utf8(completed).unwrap()),
        ("args".to_owned(), format!("{:?}", confkit::clap::args::<Typed>())),
    ];
    for words in [
        &["--given", MARKER][..],
        &["-s", MARKER, "--port=x"],
        &["--limit", MARKER],
        &["--limit", MARKER, "--port=x"],
        &["--given=a", "--given", MARKER],
        &["--token", MARKER],
        &["--token=marker-7f3a"],
        &["--inner-key=marker-7f3a"],
        &["--inner.key=marker-7f3a"],
        &["--port", "0", "--given", MARKER],
        &["--port=marker-7f3a", "--given", MARKER],
    ] {
        let all = match command().try_get_matches_from(std::iter::once(&"orders").chain(words)) {
            Err(error) => error.to_string(),
            Ok(found) => {
                let typed = confkit::clap::Typed::from(&found);
                let loader = Typed::loader().matches(&found);
                let outcome = match loader.load_traced() {
                    Ok(loaded) => {
                        let explained = loaded.explanations().into_iter().map(|one| format!("{one} {one:?}"));
                        format!("{loaded:?} {}", explained.collect::<String>())
                    }
                    Err(report) => of_report(&report),
                };
                format!("{typed:?} {loader:?} {outcome}")
            }
        };
        shown.push((format!("{words:?}").replace(MARKER, "M"), all));
    }
    assert!(shown.iter().any(|(_, all)| all.contains("[redacted]")), "something was given");
    assert_none(shown.into_iter());
}

#[test]
fn a_schema_shows_nothing_of_what_secrets_are_declared_with() {
    #[derive(Debug, Config, Serialize)]
    struct Keeper {
        token: Secret<String>,
        #[config(secret(plain))]
        quiet: Quiet,
    }
    #[derive(Debug, Config)]
    struct Declared {
        #[config(default = Secret::from(MARKER.to_owned()))]
        token: Secret<String>,
        #[config(default = vec![Secret::from(MARKER.to_owned())])]
        tokens: Vec<Secret<String>>,
        #[config(default = SecretString::from(MARKER.to_owned()))]
        text: SecretString,
        #[config(default = Plain { user: String::new(), token: Secret::from(MARKER.to_owned()) })]
        plain: Plain,
        #[config(nested, default = Secret::from(Credentials { user: MARKER.to_owned(), number: 1 }))]
        whole: Secret<Credentials>,
        #[config(nested, default = Keeper { token: Secret::from(MARKER.to_owned()), quiet: Quiet(MARKER.to_owned()) })]
        keeper: Keeper,
        #[config(validate(one_of("marker-7f3a", "other")))]
        chosen: Option<Secret<String>>,
        #[config(required_if(token = Secret::from("marker-7f3a".to_owned())))]
        reason: Option<String>,
    }
    let schema = confkit::schema::Schema::of::<Declared>();
    for schema in [schema.clone(), schema.clone().partial(), schema.profile("live")] {
        assert!(!schema.to_string().contains(MARKER), "{schema}");
        assert!(!schema.to_json().contains(MARKER) && !format!("{schema:?}").contains(MARKER));
    }
}
