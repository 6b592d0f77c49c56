//! Text to value: what variables and literal defaults may say, and what files may not.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::SocketAddr;
use std::num::NonZeroU16;
use std::path::PathBuf;
use std::time::Duration;

use confkit::{ByteSize, Code, Config, Format, Report, Secret, SecretString, testing};
use serde::Deserialize;

#[derive(Debug, Config)]
#[config(env_prefix = "A")]
struct One<T> {
    value: T,
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Report> {
    One::<T>::loader().env_vars([("A_VALUE", text)]).load().map(|one| one.value)
}

fn in_file<T: serde::de::DeserializeOwned>(value: &str) -> Result<T, Report> {
    One::<T>::loader().text(Format::Toml, "a.toml", format!("value = {value}")).load().map(|one| one.value)
}

fn code<T>(result: Result<T, Report>) -> Option<Code> {
    result.err().map(|report| {
        assert_eq!(report.problems().len(), 1, "{report}");
        report.problems()[0].code()
    })
}

#[test]
fn text_is_kept_as_it_is() {
    for text in [
        "0123",
        "007",
        "true",
        " padded ",
        "",
        " ",
        "[1,2]",
        "null",
        "\"quoted\"",
        "a,b",
        "1e3",
        "line\nline",
    ] {
        assert_eq!(read::<String>(text).unwrap(), text);
        assert_eq!(&*read::<Box<str>>(text).unwrap(), text);
        assert_eq!(read::<Cow<'static, str>>(text).unwrap(), text);
        assert_eq!(read::<PathBuf>(text).unwrap(), PathBuf::from(text));
        assert_eq!(read::<Secret<String>>(text).unwrap().expose(), text);
        assert_eq!(read::<SecretString>(text).unwrap().expose(), text);
        assert_eq!(read::<Option<String>>(text).unwrap().as_deref(), Some(text));
        assert_eq!(&**read::<Secret<Box<str>>>(text).unwrap().expose(), text);
    }
}

#[test]
fn a_newtype_of_text_is_text() {
    #[derive(Debug, Config)]
    struct Name(String);
    #[derive(Debug, Deserialize)]
    struct Plain(String);
    assert_eq!(read::<Name>("007").unwrap().0, "007");
    assert_eq!(read::<Plain>("007").unwrap().0, "007");
    assert_eq!(read::<Plain>("").unwrap().0, "");
}

#[test]
fn empty_text_is_not_set_for_everything_else() {
    #[derive(Debug, Config)]
    #[config(env_prefix = "A")]
    struct Settings {
        number: u16,
        flag: bool,
        list: Vec<String>,
        map: BTreeMap<String, String>,
        wait: Duration,
        address: SocketAddr,
        optional: Option<u8>,
        size: ByteSize,
        choice: Choice,
    }
    let text = "number = 1\nflag = true\nlist = ['x']\nmap = { a = 'b' }\nwait = '1s'\naddress = '1.2.3.4:5'\n\
                optional = 3\nsize = '1MiB'\nchoice = 'fast'";
    let names = ["NUMBER", "FLAG", "LIST", "MAP", "WAIT", "ADDRESS", "OPTIONAL", "SIZE", "CHOICE"];
    let vars = names.map(|name| (format!("A_{name}"), String::new()));
    let read = Settings::loader().text(Format::Toml, "a.toml", text).env_vars(vars.clone()).load().unwrap();
    assert_eq!(
        (read.number, read.flag, read.list.len(), read.map.len(), read.optional),
        (1, true, 1, 1, Some(3))
    );
    assert_eq!((read.wait.as_secs(), read.address.port(), read.size.bytes()), (1, 5, 1 << 20));
    let report = Settings::loader().env_vars(vars).load().unwrap_err();
    let codes: Vec<_> = report.problems().iter().map(confkit::Problem::code).collect();
    assert_eq!(codes, [Code::Missing; 8], "{report}");
    insta::assert_snapshot!(report);
}

#[test]
fn an_empty_variable_leaves_the_default() {
    #[derive(Debug, Config)]
    #[config(env_prefix = "A")]
    struct Settings {
        #[config(default = 8080)]
        port: u16,
        #[config(default = "x")]
        name: String,
        tag: Option<String>,
    }
    let loader = Settings::loader().env_vars([("A_PORT", ""), ("A_NAME", ""), ("A_TAG", "")]);
    let settings = loader.load().unwrap();
    assert_eq!((settings.port, settings.name.as_str(), settings.tag.as_deref()), (8080, "", Some("")));
}

#[test]
fn booleans_in_any_case() {
    for text in ["true", "TRUE", "True", "1", "yes", "YES", "on", "On", " true "] {
        assert!(read::<bool>(text).unwrap_or_else(|report| panic!("{text}: {report}")), "{text}");
    }
    for text in ["false", "FALSE", "0", "no", "No", "off", "OFF"] {
        assert!(!read::<bool>(text).unwrap_or_else(|report| panic!("{text}: {report}")), "{text}");
    }
    for text in ["y", "n", "t", "f", "2", "enabled", "truе", "-1", "01", "null"] {
        assert_eq!(code(read::<bool>(text)), Some(Code::Type), "{text}");
    }
    assert_eq!(read::<Vec<bool>>("yes,0,ON").unwrap(), [true, false, true]);
    assert_eq!(read::<Option<bool>>("on").unwrap(), Some(true));
}

#[test]
fn numbers_are_read_as_their_type() {
    assert_eq!(read::<u16>("65535").unwrap(), 65535);
    assert_eq!(read::<u16>(" 7 ").unwrap(), 7);
    assert_eq!(read::<i8>("-128").unwrap(), -128);
    assert_eq!(read::<u128>("340282366920938463463374607431768211455").unwrap(), u128::MAX);
    assert_eq!(read::<i128>("-170141183460469231731687303715884105728").unwrap(), i128::MIN);
    assert_eq!(read::<u64>("18446744073709551615").unwrap(), u64::MAX);
    assert!((read::<f64>("1e3").unwrap() - 1000.0).abs() < f64::EPSILON);
    assert!((read::<f64>("3").unwrap() - 3.0).abs() < f64::EPSILON);
    assert_eq!(read::<NonZeroU16>("1").unwrap().get(), 1);
    assert_eq!(read::<char>("x").unwrap(), 'x');
    for text in ["65536", "-1", "1.5", "many", "0x", "1 2", "1,000"] {
        assert_eq!(code(read::<u16>(text)), Some(Code::Type), "{text}");
    }
    assert!(code(read::<NonZeroU16>("0")).is_some());
    assert_eq!(code(read::<f64>("1.2.3")), Some(Code::Type));
    assert_eq!(code(read::<char>("xy")), Some(Code::Type));
}

#[test]
fn a_leading_zero_is_a_decimal_number() {
    // The contract is silent; a number in a variable is never octal.
    assert_eq!(read::<u16>("010").unwrap(), 10);
}

#[test]
fn a_list_is_json_or_split_at_the_delimiter() {
    assert_eq!(read::<Vec<String>>("a, b ,c").unwrap(), ["a", "b", "c"]);
    assert_eq!(read::<Vec<String>>("[\"a,b\", \" c \"]").unwrap(), ["a,b", " c "]);
    assert_eq!(read::<Vec<u16>>("[1, 2]").unwrap(), [1, 2]);
    assert_eq!(read::<Vec<u16>>("1,2").unwrap(), [1, 2]);
    assert_eq!(read::<Vec<u16>>(" [1] ").unwrap(), [1]);
    assert_eq!(read::<Vec<u16>>("5").unwrap(), [5]);
    assert!(read::<Vec<u16>>("[]").unwrap().is_empty());
    assert!(read::<Vec<String>>("[]").unwrap().is_empty());
    assert_eq!(read::<Vec<SocketAddr>>("[::1]:80,[::2]:80").unwrap().len(), 2);
    assert_eq!(read::<Vec<String>>("[a").unwrap(), ["[a"], "what is no JSON array is split");
    assert_eq!(read::<Vec<String>>("[a],[b]").unwrap(), ["[a]", "[b]"]);
    assert_eq!(read::<BTreeSet<u8>>("3,1,3").unwrap().into_iter().collect::<Vec<_>>(), [1, 3]);
    assert_eq!(read::<Option<Vec<u8>>>("1,2").unwrap(), Some(vec![1, 2]));
    assert_eq!(read::<[u8; 2]>("1,2").unwrap(), [1, 2]);
    assert_eq!(read::<(u8, String)>("1,two").unwrap(), (1, "two".into()));
    assert_eq!(read::<Vec<Vec<u8>>>("[[1],[2,3]]").unwrap(), [vec![1], vec![2, 3]]);
    assert!(read::<[u8; 2]>("1,2,3").is_err());
    assert!(read::<[u8; 2]>("1").is_err());
}

#[test]
fn elements_of_text_keep_their_zeros_and_json_strings_are_strings() {
    assert_eq!(read::<Vec<String>>("007,010,true").unwrap(), ["007", "010", "true"]);
    // JSON has types of its own: a number is no text.
    assert_eq!(code(read::<Vec<String>>("[1]")), Some(Code::Type));
    assert_eq!(code(read::<Vec<u16>>("[\"1\"]")), Some(Code::Type));
}

#[test]
fn the_delimiter_is_declared() {
    #[derive(Debug, Config)]
    #[config(env_prefix = "A")]
    struct Settings {
        #[config(env_delimiter = ';', default)]
        list: Vec<String>,
        #[config(env_delimiter = "|", default)]
        map: BTreeMap<String, u8>,
    }
    let read = Settings::loader().env_vars([("A_LIST", "a,b; c"), ("A_MAP", "x=1 | y=2")]).load().unwrap();
    assert_eq!(read.list, ["a,b", "c"]);
    assert_eq!(read.map.into_iter().collect::<Vec<_>>(), [("x".into(), 1), ("y".into(), 2)]);
}

#[test]
fn a_map_is_json_or_pairs() {
    type Map<V> = BTreeMap<String, V>;
    let pairs: Map<u8> = read("a=1, b = 2").unwrap();
    assert_eq!(pairs.into_iter().collect::<Vec<_>>(), [("a".into(), 1), ("b".into(), 2)]);
    let json: Map<u8> = read("{\"a\": 1}").unwrap();
    assert_eq!(json["a"], 1);
    assert_eq!(read::<Map<String>>("a=b=c").unwrap()["a"], "b=c");
    assert_eq!(read::<Map<String>>("a=").unwrap()["a"], "");
    assert!(read::<HashMap<String, u8>>("{}").unwrap().is_empty());
    for wrong in ["a", "a=1,b"] {
        assert!(read::<Map<String>>(wrong).is_err(), "{wrong}");
    }
    let report = read::<Map<u8>>("a=x,b=2,c=y").unwrap_err();
    assert_eq!(report.problems().len(), 2, "{report}");
    assert!(report.problems().iter().map(confkit::Problem::path).eq(["value.a", "value.c"]), "{report}");
}

#[test]
fn three_bad_elements_of_a_variable_are_three_problems() {
    let report = read::<Vec<u8>>("1,x,3,300,,5").unwrap_err();
    let paths: Vec<_> = report.problems().iter().map(confkit::Problem::path).collect();
    assert_eq!(paths, ["value[1]", "value[3]", "value[4]"], "{report}");
    insta::assert_snapshot!(report);
    let json = read::<Vec<u8>>("[1,\"x\",300,null]").unwrap_err();
    assert_eq!(json.problems().len(), 3, "{json}");
}

#[test]
fn what_takes_anything_gets_json_if_it_parses_else_a_string() {
    use serde_json::{Value, json};
    let cases = [
        ("1", json!(1)),
        ("true", json!(true)),
        ("[1,\"a\"]", json!([1, "a"])),
        ("{\"a\":{\"b\":null}}", json!({"a":{"b":null}})),
    ];
    for (text, value) in cases {
        assert_eq!(read::<Value>(text).unwrap(), value, "{text}");
    }
    for text in ["hello", "0123", "[1", "{a}", "a,b", "True"] {
        assert_eq!(read::<Value>(text).unwrap(), json!(text), "{text}");
    }
    assert_eq!(read::<Value>("\"quoted\"").unwrap(), json!("quoted"));
}

#[test]
fn a_duration_in_every_place() {
    #[derive(Debug, Deserialize)]
    struct Plain {
        wait: Duration,
        #[serde(default)]
        more: Vec<Duration>,
    }
    type Alias = Option<Duration>;
    let seconds = Duration::from_secs;
    let cases = [
        ("30s", 30),
        ("1h 30m", 5400),
        ("PT30S", 30),
        ("PT1H30M", 5400),
        ("2d", 172_800),
        ("1h30m", 5400),
        ("0s", 0),
    ];
    for (text, expected) in cases {
        assert_eq!(read::<Duration>(text).unwrap(), seconds(expected), "{text}");
        assert_eq!(in_file::<Duration>(&format!("'{text}'")).unwrap(), seconds(expected), "{text}");
    }
    assert_eq!(read::<Duration>("250ms").unwrap(), Duration::from_millis(250));
    assert_eq!(read::<Duration>("P1DT12H").unwrap(), seconds(129_600));
    assert_eq!(read::<Alias>("30s").unwrap(), Some(seconds(30)));
    assert_eq!(read::<Vec<Duration>>("1s,2m").unwrap(), [seconds(1), seconds(120)]);
    let plain: Plain = in_file("{ wait = '5s', more = ['1s', '2s'] }").unwrap();
    assert_eq!((plain.wait, plain.more.len()), (seconds(5), 2));
    assert_eq!(in_file::<BTreeMap<String, Duration>>("{ a = '1s' }").unwrap()["a"], seconds(1));
}

#[test]
fn a_bare_number_is_no_duration_and_the_reason_is_told() {
    for report in [read::<Duration>("30").unwrap_err(), in_file::<Duration>("30").unwrap_err()] {
        assert_eq!(report.problems()[0].code(), Code::Type, "{report}");
        let text = report.to_string();
        assert!(text.contains("unit"), "{text}");
        insta::assert_snapshot!(report);
    }
    for wrong in ["30 parsecs", "s", "-5s", "PT", "P", "1h 30", "soon", "1.5"] {
        assert_eq!(code(read::<Duration>(wrong)), Some(Code::Type), "{wrong}");
    }
    assert!(
        in_file::<Duration>("{ secs = 1, nanos = 0 }").is_err()
            || in_file::<Duration>("{ secs = 1, nanos = 0 }").unwrap() == Duration::from_secs(1)
    );
}

#[test]
fn byte_sizes() {
    let cases = [
        ("10MiB", 10 << 20),
        ("10MB", 10_000_000),
        ("1KiB", 1024),
        ("1kB", 1000),
        ("512", 512),
        ("1 GiB", 1 << 30),
        ("0", 0),
        ("7B", 7),
    ];
    for (text, bytes) in cases {
        assert_eq!(read::<ByteSize>(text).unwrap().bytes(), bytes, "{text}");
        assert_eq!(in_file::<ByteSize>(&format!("'{text}'")).unwrap().bytes(), bytes, "{text}");
    }
    assert_eq!(in_file::<ByteSize>("1024").unwrap().bytes(), 1024);
    assert_eq!(read::<Option<ByteSize>>("1KiB").unwrap().unwrap().bytes(), 1024);
    assert_eq!(read::<Vec<ByteSize>>("1KiB,2").unwrap().len(), 2);
    for wrong in ["big", "-1", "10XB", "MiB"] {
        assert_eq!(code(read::<ByteSize>(wrong)), Some(Code::Type), "{wrong}");
    }
    assert_eq!(code(in_file::<ByteSize>("-1")), Some(Code::Type));
    assert_eq!(code(in_file::<ByteSize>("'big'")), Some(Code::Type));
}

#[test]
fn sizes_are_written_so_that_they_are_read_again() {
    for bytes in [0, 1, 999, 1000, 1024, 1500, 1536, 10 << 20, 10_000_000, u64::MAX, (1 << 40) + 1] {
        let size = ByteSize::new(bytes);
        assert_eq!(size.to_string().parse::<ByteSize>().unwrap(), size, "{size}");
        assert_eq!(ByteSize::from(bytes), size);
    }
    assert!("x".parse::<ByteSize>().unwrap_err().to_string().contains("MiB"));
}

#[test]
fn files_keep_their_own_types() {
    assert_eq!(code(in_file::<u16>("'5'")), Some(Code::Type));
    assert_eq!(code(in_file::<bool>("'true'")), Some(Code::Type));
    assert_eq!(code(in_file::<bool>("1")), Some(Code::Type));
    assert_eq!(code(in_file::<String>("5")), Some(Code::Type));
    assert_eq!(code(in_file::<String>("true")), Some(Code::Type));
    assert_eq!(code(in_file::<Vec<u8>>("'1,2'")), Some(Code::Type));
    assert_eq!(code(in_file::<BTreeMap<String, u8>>("'a=1'")), Some(Code::Type));
    assert_eq!(code(in_file::<u16>("1.0")), Some(Code::Type));
    assert_eq!(code(in_file::<u16>("''")), Some(Code::Type), "an empty string in a file is a string");
    assert!((in_file::<f64>("3").unwrap() - 3.0).abs() < f64::EPSILON);
    assert_eq!(in_file::<u16>("0x1F").unwrap(), 31);
    assert_eq!(in_file::<u16>("1_000").unwrap(), 1000);
    assert_eq!(in_file::<String>("''").unwrap(), "");
}

#[derive(Debug, PartialEq, Config)]
#[config(rename_all = "kebab-case")]
enum Choice {
    Fast,
    #[config(alias = "careful")]
    VerySafe,
}

#[test]
fn a_choice_is_one_of_its_names() {
    for (text, choice) in [
        ("fast", Choice::Fast),
        ("very-safe", Choice::VerySafe),
        ("careful", Choice::VerySafe),
        (" fast ", Choice::Fast),
    ] {
        assert_eq!(read::<Choice>(text).unwrap_or_else(|report| panic!("{report}")), choice, "{text}");
    }
    let report = read::<Choice>("fats").unwrap_err();
    let problem = testing::problem_at(&report, "value");
    assert_eq!((problem.code(), problem.suggestion()), (Code::UnknownVariant, Some("fast")));
    insta::assert_snapshot!(report);
    assert_eq!(read::<Choice>("xyzzy").unwrap_err().problems()[0].suggestion(), None);
    assert!(matches!(code(in_file::<Choice>("3")), Some(Code::Type | Code::UnknownVariant)));
    assert_eq!(code(in_file::<Choice>("'Fast'")), Some(Code::UnknownVariant));
}

#[test]
fn a_structure_in_a_variable_is_json() {
    #[derive(Debug, Deserialize)]
    struct Limits {
        cpu: u8,
        #[serde(default)]
        name: String,
    }
    let limits: Limits = read("{\"cpu\": 4, \"name\": \"x\"}").unwrap();
    assert_eq!((limits.cpu, limits.name.as_str()), (4, "x"));
    let report = read::<Limits>("{\"cpu\": \"x\"}").unwrap_err();
    assert_eq!(report.problems()[0].path(), "value.cpu", "{report}");
    assert!(report.to_string().contains("A_VALUE"), "{report}");
}

#[test]
fn literal_defaults_are_read_as_text() {
    #[derive(Debug, Config)]
    struct Settings {
        #[config(default = 1)]
        float: f64,
        #[config(default = 5)]
        optional: Option<u8>,
        #[config(default = 7)]
        non_zero: NonZeroU16,
        #[config(default = "30s")]
        wait: Duration,
        #[config(default = ["a", "b"])]
        list: Vec<String>,
        #[config(default = [1, 2])]
        ports: Vec<u16>,
        #[config(default = "fast")]
        choice: Choice,
        #[config(default = 'x')]
        letter: char,
        #[config(default = -5)]
        negative: i8,
        #[config(default = true)]
        flag: bool,
    }
    let read = Settings::loader().load().unwrap();
    assert!((read.float - 1.0).abs() < f64::EPSILON && read.flag);
    assert_eq!((read.optional, read.non_zero.get(), read.wait.as_secs(), read.letter), (Some(5), 7, 30, 'x'));
    assert_eq!((read.list.len(), read.ports, read.choice, read.negative), (2, vec![1, 2], Choice::Fast, -5));
}

#[test]
fn a_function_reads_text_from_every_source() {
    fn hex(text: &str) -> Result<u32, std::num::ParseIntError> {
        u32::from_str_radix(text, 16)
    }
    #[derive(Debug, Config)]
    #[config(env_prefix = "A")]
    struct Parsed {
        #[config(parse = hex, default = "ff")]
        colour: u32,
        #[config(parse = hex)]
        optional: Option<u32>,
    }
    let parsed = Parsed::loader().load().unwrap();
    assert_eq!((parsed.colour, parsed.optional), (255, None));
    let parsed = Parsed::loader()
        .text(Format::Toml, "a", "optional = '10'")
        .env_vars([("A_COLOUR", "0a")])
        .load()
        .unwrap();
    assert_eq!((parsed.colour, parsed.optional), (10, Some(16)));
    let report =
        Parsed::loader().text(Format::Toml, "a.toml", "colour = 'xyz'\noptional = 5").load().unwrap_err();
    let codes: Vec<_> = report.problems().iter().map(|problem| (problem.path(), problem.code())).collect();
    assert_eq!(codes.len(), 2, "{report}");
    assert_eq!(codes[1], ("optional", Code::Type), "a number in a file is no text: {report}");
    insta::assert_snapshot!(report);
}

#[test]
fn places_in_long_lines_are_those_that_counting_finds() {
    let text = format!(
        "\u{feff}a = \"{}\"\nb = \"{}\"\nc = 1",
        "x\u{fc}".repeat(5_000),
        "\u{fc}\u{20ac}\u{1f600}x".repeat(5_000)
    );
    let document = confkit_sources::Document::toml("app.toml", text.clone()).unwrap();
    let borders =
        (0..=text.len() / 1024).flat_map(|block| (block * 1024).saturating_sub(3)..=block * 1024 + 3);
    for at in (0..=text.len()).step_by(61).chain(borders).chain([text.len(), text.len() + 1]) {
        assert_eq!(document.position(at), confkit_sources::position_in(&text, at), "at {at}");
    }
}

#[test]
fn places_in_one_long_line_cost_time_in_proportion() {
    let text = format!("a = \"{}\"", "x".repeat(4_000_000));
    let document = confkit_sources::Document::toml("app.toml", text.clone()).unwrap();
    let begun = std::time::Instant::now();
    for at in (0..text.len()).step_by(10) {
        assert_eq!(document.position(at).column, at + 1);
    }
    // To count from the start of the line each time takes more than half a minute.
    assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
}
