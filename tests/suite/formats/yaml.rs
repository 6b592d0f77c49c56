//! YAML 1.2: values, words of two meanings, aliases, merge keys, limits and mistakes.

use std::collections::BTreeMap;

use confkit::{Code, Config, Secret, System, testing};
use confkit_sources::{File, Format, NodeKind};

use super::{mistakes, read, read_as};

#[test]
fn scalars_are_those_of_the_core_schema() {
    for (written, expected) in [
        ("1", "1"),
        ("-12", "-12"),
        ("+12", "+12"),
        ("0x1F", "1F in 16"),
        ("0o17", "17 in 8"),
        ("0123", "0123"),
        ("1.5", "1.5"),
        ("1e3", "1e3"),
        (".5", ".5"),
        ("-.inf", "-inf"),
        (".NaN", "NaN"),
        ("true", "true"),
        ("TRUE", "true"),
        ("False", "false"),
        ("", "~"),
        ("~", "~"),
        ("Null", "~"),
        ("yes", "\"yes\""),
        ("no", "\"no\""),
        ("1_000", "\"1_000\""),
        ("12:30", "\"12:30\""),
        ("0b11", "\"0b11\""),
        ("-0x1F", "\"-0x1F\""),
        ("127.0.0.1", "\"127.0.0.1\""),
        ("2026-01-31", "\"2026-01-31\""),
        ("tRUE", "\"tRUE\""),
        ("1.2.3", "\"1.2.3\""),
        ("'1'", "\"1\""),
        ("\"\\u00e9\\x41\\n\"", "\"éA\\n\""),
        ("!!str 1", "\"1\""),
        ("!!int 1", "1"),
        ("!!float 1", "1"),
        ("!!str", "\"\""),
        ("! 1", "\"1\""),
        ("|\n  a\n  b\n", "\"a\\nb\\n\""),
        (">-\n  a\n  b\n", "\"a b\""),
        ("[1, {b: c}]", "[1, {b: \"c\"}]"),
    ] {
        assert_eq!(
            read_as(Format::Yaml, &format!("a: {written}")),
            format!("{{a: {expected}}}"),
            "{written}"
        );
    }
}

#[test]
fn keys_are_single_values_and_take_their_text() {
    let text = "8080: a\ntrue: b\n~: c\n'q q': d\n0x10: e\n? f\n: g\n1.5: h";
    let expected = r#"{8080: "a", true: "b", ~: "c", q q: "d", 0x10: "e", f: "g", 1.5: "h"}"#;
    assert_eq!(read_as(Format::Yaml, text), expected);
    assert_eq!(mistakes(Format::Yaml, "a: 1\n? [b]\n: 2\n"), ["2:3 a key has to be a single value"]);
}

#[test]
fn an_empty_document_has_no_settings() {
    for text in ["", "\n", "# nothing\n", "---\n", "---\n...\n", "~", "\u{feff}", "null\n"] {
        assert_eq!(read_as(Format::Yaml, text), "{}", "{text:?}");
    }
}

#[test]
fn settings_are_one_document_with_a_table() {
    for (text, expected) in [
        ("a: 1\n---\nb: 2\n", "2:1 a second document begins here"),
        ("a: 1\n---\n", "2:1 a second document begins here"),
        ("a: 1\n...\nb: 2\n", "3:1 a second document begins here"),
        ("- a\n", "1:1 settings have to stand in a table"),
        ("just text\n", "1:1 settings have to stand in a table"),
        ("12", "1:1 settings have to stand in a table"),
    ] {
        assert_eq!(mistakes(Format::Yaml, text), [expected], "{text:?}");
    }
    assert_eq!(read_as(Format::Yaml, "%YAML 1.2\n---\na: 1\n...\n"), "{a: 1}");
}

#[test]
fn places_are_those_of_keys_and_values_as_written() {
    let text = "\u{feff}ü:\r\n  \"a b\": x\r\n  l:\r\n    - 1\r\n    - k: |\r\n        text\r\n  n:\r\n";
    let document = read(Format::Yaml, text).unwrap();
    let place = |node: confkit_sources::NodeRef<'_>| format!("{} {}", node.key_origin(), node.origin());
    let places: Vec<String> = document.nodes().skip(1).map(place).collect();
    assert_eq!(
        places,
        [
            "case:1:1 case:1:1",
            "case:2:3 case:2:10",
            "case:3:3 case:3:3",
            "case:4:7 case:4:7",
            "case:5:7 case:5:7",
            "case:5:7 case:5:10",
            "case:7:3 case:7:4",
        ]
    );
}

#[derive(Debug, Config)]
struct Words {
    #[config(default = false)]
    flag: bool,
    #[config(default = "")]
    text: String,
    #[config(default = 0)]
    number: u32,
    #[config(default = 0.0)]
    float: f64,
    #[config(default)]
    flags: Vec<bool>,
    #[config(default)]
    countries: BTreeMap<String, String>,
}

fn words(text: &str) -> Result<Words, confkit::Report> {
    Words::loader().text(Format::Yaml, "app.yaml", text).load()
}

#[test]
fn words_of_two_meanings_are_read_by_the_type_of_the_field() {
    for (word, flag) in [("yes", true), ("On", true), ("no", false), ("OFF", false), ("true", true)] {
        assert_eq!(words(&format!("flag: {word}")).unwrap().flag, flag, "{word}");
    }
    for word in ["yes", "no", "on", "y", "N", "0123", "1_000", "0o17", "12:30", "1e3", "0b1", "-0x1"] {
        assert_eq!(words(&format!("text: {word}")).unwrap().text, word);
    }
    let both = words("flags: [yes, off]\ncountries: {norway: no, on: y}").unwrap();
    assert_eq!(both.flags, [true, false]);
    assert_eq!((both.countries["norway"].as_str(), both.countries["on"].as_str()), ("no", "y"));
    assert_eq!(words("number: 0o17").unwrap().number, 15);
    assert_eq!(words("number: 0x1F").unwrap().number, 31);
    assert!((words("float: 1e3").unwrap().float - 1000.0).abs() < f64::EPSILON);
}

#[test]
fn words_of_two_meanings_have_a_hint_where_they_do_not_fit() {
    let text = "flag: 'yes'\nnumber: no\ntext: 1.10\nfloat: 1_000\nflags: [y, 1]\n";
    insta::assert_snapshot!(words(text).unwrap_err());
    let help = |text: &str| words(text).unwrap_err().problems()[0].help().unwrap().to_owned();
    assert_eq!(
        help("number: 0755"),
        "to YAML 1.1 `0755` is octal, to YAML 1.2 decimal; write `0o755`, or `755`"
    );
    assert_eq!(help("text: true"), "put it in quotation marks to keep it as text");
}

#[test]
fn all_widths_of_integers_are_kept() {
    #[derive(Debug, Config)]
    struct Wide {
        u: u128,
        i: i128,
        h: u64,
    }
    let text = format!("u: {}\ni: {}\nh: 0xFFFFFFFFFFFFFFFF\n", u128::MAX, i128::MIN);
    let wide = Wide::loader().text(Format::Yaml, "wide.yaml", &text).load().unwrap();
    assert_eq!((wide.u, wide.i, wide.h), (u128::MAX, i128::MIN, u64::MAX));
}

#[test]
fn aliases_are_the_value_once_more() {
    let text = "base: &b {x: [1, no], y: &k z}\ncopy: *b\n*k : 2\n&n name: a\nother: *n\n";
    let expected =
        r#"{base: {x: [1, "no"], y: "z"}, copy: {x: [1, "no"], y: "z"}, z: 2, name: "a", other: "name"}"#;
    assert_eq!(read_as(Format::Yaml, text), expected);
    let document = read(Format::Yaml, text).unwrap();
    let copy = document.root().get("copy").unwrap();
    assert_eq!(copy.get("x").unwrap().items().nth(1).unwrap().as_written(), Some("no"));
    assert_eq!(copy.span(), Some(37..39));
    assert_eq!(
        copy.get("y").unwrap().origin().to_string(),
        "case:1:29",
        "what is inside stands at the anchor"
    );
}

#[test]
fn aliases_have_limits() {
    let mut bomb = String::from("l0: &l0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..9 {
        let below = format!("*l{}", level - 1);
        bomb.push_str(&format!("l{level}: &l{level} [{}]\n", [below.as_str(); 9].join(", ")));
    }
    let errors = read(Format::Yaml, &bomb).unwrap_err();
    assert!(errors[0].is_limit);
    assert_eq!(mistakes(Format::Yaml, &bomb), ["6:10 aliases make the document larger than 100000 values"]);
    assert_eq!(mistakes(Format::Yaml, "a: &a [*a]\n"), ["1:8 an alias inside its own anchor never ends"]);
    assert_eq!(mistakes(Format::Yaml, "a: *b\n"), ["1:4 there is no anchor of this name above"]);
    assert_eq!(mistakes(Format::Yaml, "a: &b [1]\n*b : 2\n"), ["2:1 a key has to be a single value"]);
}

#[test]
fn nesting_and_size_have_limits() {
    let deep = |levels: usize| format!("a: {}{}\n", "[".repeat(levels), "]".repeat(levels));
    assert!(read(Format::Yaml, &deep(127)).is_ok());
    assert_eq!(mistakes(Format::Yaml, &deep(128)), ["1:131 values are nested deeper than 128 levels"]);
    let blocks: String = (0..200).flat_map(|level| [" ".repeat(level), "a:\n".to_owned()]).collect();
    assert!(mistakes(Format::Yaml, &blocks)[0].ends_with("values are nested deeper than 128 levels"));
    let aliased =
        format!("a: &a {}\nb: {}*a{}\n", "[".repeat(70) + &"]".repeat(70), "[".repeat(70), "]".repeat(70));
    assert_eq!(mistakes(Format::Yaml, &aliased), ["2:74 values are nested deeper than 128 levels"]);
    let large = format!("a: {}", "x".repeat(5 << 20));
    assert_eq!(mistakes(Format::Yaml, &large), ["1:1 a YAML document may have 4 MiB at most"]);
}

#[derive(Debug, Config)]
struct Merged {
    a: BTreeMap<String, u8>,
}

#[test]
fn merge_keys_are_refused_unless_asked_for() {
    let text =
        "base: &b {x: 1, y: 2}\nmore: &m {y: 3, z: 4}\na:\n  y: 0\n  <<: *b\nl:\n  <<: [*b, *m]\n'<<': 5\n";
    let refused = [
        "5:3 `<<` is a merge key of YAML 1.1, which YAML 1.2 does not have",
        "7:3 `<<` is a merge key of YAML 1.1, which YAML 1.2 does not have",
    ];
    assert_eq!(mistakes(Format::Yaml, text), refused);
    let expected = "{base: {x: 1, y: 2}, more: {y: 3, z: 4}, a: {y: 0, x: 1}, l: {x: 1, y: 2, z: 4}, <<: 5}";
    assert_eq!(read_as(Format::YamlMerge, text), expected);
    let document = read(Format::YamlMerge, text).unwrap();
    let merged = document.root().get("a").unwrap().get("x").unwrap();
    assert_eq!(merged.origin().to_string(), "case:1:14", "a merged value stands where it was written");
    for wrong in ["<<: 1\n", "a: &a x\n<<: [*a]\n"] {
        let found = mistakes(Format::YamlMerge, wrong);
        assert!(found[0].ends_with("`<<` takes a table or a list of tables"), "{found:?}");
    }
    let system = System::memory().file("app.yaml", "a:\n  <<: {x: 1}\n");
    let file = File::new("app.yaml").format(Format::YamlMerge);
    assert_eq!(Merged::loader().system(system).source(file).load().unwrap().a["x"], 1);
}

#[test]
fn tags_are_yamls_own() {
    for (text, expected) in [
        ("a: !foo x\n", "1:4 settings know YAML's own tags only"),
        ("a: !!binary aGk=\n", "1:4 settings know YAML's own tags only"),
        ("a: !e [1]\n", "1:4 settings know YAML's own tags only"),
        ("!k a: 1\n", "1:1 settings know YAML's own tags only"),
        ("a: !!int x\n", "1:10 the value is not what its tag says"),
        ("a: !!map [1]\n", "1:10 the value is not what its tag says"),
        ("a: !!seq x\n", "1:10 the value is not what its tag says"),
        ("a: !e!f x\n", "1:4 this is not a tag"),
    ] {
        assert_eq!(mistakes(Format::Yaml, text), [expected], "{text:?}");
    }
    let tagged =
        "%TAG !y! tag:yaml.org,2002:\n---\na: !y!str 1\nb: !!map {}\nc: !<tag:yaml.org,2002:int> 2\n";
    assert_eq!(read_as(Format::Yaml, tagged), "{a: \"1\", b: {}, c: 2}");
}

#[test]
fn several_mistakes_are_told_at_once() {
    let text = "\
a: 'never closed
b: 1
b: 2
c: [1, 2
d: \"\\q\"
e: x: y
f: @at
g
h: !foo x
i:
  j: 1
 k: 2
l: *nothing
m: 1
\tn: 2
";
    assert_eq!(
        mistakes(Format::Yaml, text),
        [
            "1:4 the quotation mark is never closed",
            "4:4 this bracket is never closed",
            "5:4 there is no such escape sequence",
            "6:5 a key cannot begin here",
            "7:4 text cannot begin with this character",
            "12:2 this line fits nothing above it",
            "15:1 a tab stands where spaces have to",
        ]
    );
}

#[test]
fn both_places_of_a_key_are_told() {
    let errors = read(Format::Yaml, "a: 1\nb:\n  c: 1\n  \"c\": 2\na: 3\n").unwrap_err();
    let places: Vec<_> = errors.iter().map(|error| (error.span.clone(), error.related.clone())).collect();
    assert_eq!(places, [(17..20, Some(10..13)), (24..25, Some(0..1))]);
    assert!(errors.iter().all(|error| error.is_duplicate));
}

#[test]
fn each_mistake_has_its_sentence_and_place() {
    for (text, expected) in [
        ("a: \"x\n", "1:4 the quotation mark is never closed"),
        ("a: [1, 2\n", "1:4 this bracket is never closed"),
        ("a: [1\nb: 2\n", "1:4 this bracket is never closed"),
        ("a: [1}\n", "1:4 this bracket is never closed"),
        ("a: [\n  1\n]\n", "3:1 this bracket has to stand deeper than the key that it belongs to"),
        ("a: {\n  b: 1\n}\nc: 1\n", "3:1 this bracket has to stand deeper than the key that it belongs to"),
        ("{a: 1}}\n", "1:7 this closes nothing that is open"),
        ("a: 1\nb c\nd: 1\n", "2:1 the `:` between key and value is missing"),
        ("a: b: c\n", "1:5 a key cannot begin here"),
        ("a:\n  b: 1\n c: 2\n", "3:2 this line fits nothing above it"),
        ("a: - b\n", "1:4 a list cannot begin here"),
        ("a:\n\tb: 1\n", "2:1 a tab stands where spaces have to"),
        ("a: @b\n", "1:4 text cannot begin with this character"),
        ("a: `b`\n", "1:4 text cannot begin with this character"),
        ("a: \"b\" c\n", "1:8 nothing may follow the closing quotation mark"),
        ("a: \"\\q\"\n", "1:4 there is no such escape sequence"),
        ("a: |x\n  b\n", "1:4 text behind `|` or `>` has to begin on the next line, indented"),
        ("a: &\n", "1:4 a name has to follow `&` or `*`"),
        ("%YAML 3.0\n---\na: 1\n", "1:1 a line with `%` has to be `%YAML 1.2` or `%TAG`, before `---`"),
        ("a: \u{1}\n", "1:4 this character is not allowed here"),
    ] {
        assert_eq!(mistakes(Format::Yaml, text)[0], expected, "{text:?}");
    }
}

#[test]
fn an_alias_to_an_empty_table_is_no_key() {
    for text in ["{a: &x {}, *x : 1}", "{a: &x [], *x : 1}", "{a: &x {b: 1}, *x : 1}"] {
        let told = mistakes(Format::Yaml, text);
        assert_eq!(told.len(), 1, "{text}: {told:?}");
        assert!(told[0].contains("key"), "{text}: {told:?}");
    }
    assert!(read(Format::Yaml, "{a: &x b, *x : 1}").is_ok());
}

#[test]
fn what_looks_like_anchors_is_hidden_once() {
    let report = words("a :{&laml$::{&laml$:").unwrap_err();
    insta::assert_snapshot!(report);
}

#[test]
fn both_extensions_are_known() {
    for path in ["a.yaml", "a.yml", "a.YML"] {
        let system = System::memory().file(path, "number: 7");
        assert_eq!(Words::loader().system(system).file(path).load().unwrap().number, 7);
    }
}

#[test]
fn null_unsets_and_a_scalar_keeps_its_kind() {
    #[derive(Debug, Config)]
    struct Optional {
        port: Option<u16>,
        password: Option<Secret<String>>,
    }
    let below = "port: 1\npassword: x\n";
    let load = |above| {
        let loader = Optional::loader().text(Format::Yaml, "below.yaml", below);
        loader.text(Format::Yaml, "above.yaml", above).load()
    };
    let loaded = load("port: ~\npassword:\n").unwrap();
    assert!(loaded.port.is_none() && loaded.password.is_none());
    testing::assert_codes(&load("port: '1'\n"), &[Code::Type]);
    assert_eq!(read(Format::Yaml, "a: ~").unwrap().root().get("a").unwrap().kind(), NodeKind::Null);
}

#[test]
fn a_number_to_yaml_1_2_alone_is_not_told_as_text_to_it() {
    #[derive(Debug, Config)]
    struct Counted {
        #[allow(dead_code, reason = "never read well")]
        count: u16,
    }
    let report = Counted::loader().text(Format::Yaml, "app.yaml", "count: 1e3\n").load().unwrap_err();
    let help = report.problems()[0].help().unwrap();
    assert!(help.starts_with("to YAML 1.1 `1e3` is text, to YAML 1.2 a number"), "{help}");
}
