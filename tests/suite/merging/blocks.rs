//! One block of HCL where a list is wanted, over lists of other layers and below them.

use confkit::{Config, Format, Loaded, Loader};
use serde::Deserialize;

#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(nested, default)]
    listener: Vec<Listener>,
    #[config(nested, default, merge = "append")]
    appended: Vec<Listener>,
    #[config(nested, default, merge(key = "port"))]
    keyed: Vec<Listener>,
    #[config(nested)]
    optional: Option<Vec<Listener>>,
    #[config(default)]
    plain: Vec<Plain>,
    #[config(default, merge = "append")]
    plain_appended: Vec<Plain>,
    #[config(default, merge = "prepend")]
    plain_prepended: Vec<Plain>,
    #[config(default, merge = "unique")]
    plain_unique: Vec<Plain>,
    #[config(default, merge = "replace")]
    plain_replaced: Vec<Plain>,
    #[config(default, merge = "deep")]
    plain_deep: Vec<Plain>,
    #[config(default, merge(key = "port"))]
    plain_keyed: Vec<Plain>,
    plain_optional: Option<Vec<Plain>>,
}

#[derive(Debug, Config)]
struct Listener {
    port: u16,
    #[config(default = "none")]
    host: String,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Plain {
    port: u16,
    #[serde(default)]
    host: String,
}

/// The fields, each with the ports that are there when one block is over two elements, and below them.
const FIELDS: [(&str, &[u16], &[u16]); 12] = [
    ("listener", &[3], &[1, 2]),
    ("appended", &[1, 2, 3], &[3, 1, 2]),
    ("keyed", &[1, 2, 3], &[3, 1, 2]),
    ("optional", &[3], &[1, 2]),
    ("plain", &[3], &[1, 2]),
    ("plain_appended", &[1, 2, 3], &[3, 1, 2]),
    ("plain_prepended", &[3, 1, 2], &[1, 2, 3]),
    ("plain_unique", &[1, 2, 3], &[3, 1, 2]),
    ("plain_replaced", &[3], &[1, 2]),
    ("plain_deep", &[3, 2], &[1, 2]),
    ("plain_keyed", &[1, 2, 3], &[3, 1, 2]),
    ("plain_optional", &[3], &[1, 2]),
];

fn ports(settings: &Settings, field: &str) -> Vec<u16> {
    let sections = |list: &[Listener]| list.iter().map(|one| one.port).collect();
    let values = |list: &[Plain]| list.iter().map(|one| one.port).collect();
    match field {
        "listener" => sections(&settings.listener),
        "appended" => sections(&settings.appended),
        "keyed" => sections(&settings.keyed),
        "optional" => sections(settings.optional.as_ref().unwrap()),
        "plain" => values(&settings.plain),
        "plain_appended" => values(&settings.plain_appended),
        "plain_prepended" => values(&settings.plain_prepended),
        "plain_unique" => values(&settings.plain_unique),
        "plain_replaced" => values(&settings.plain_replaced),
        "plain_deep" => values(&settings.plain_deep),
        "plain_keyed" => values(&settings.plain_keyed),
        "plain_optional" => values(settings.plain_optional.as_ref().unwrap()),
        other => panic!("{other}"),
    }
}

fn block(field: &str) -> String {
    format!("{field} {{\n  port = 3\n}}\n")
}

fn list(field: &str) -> (Format, String) {
    (Format::Json, format!("{{\"{field}\": [{{\"port\": 1, \"host\": \"a\"}}, {{\"port\": 2}}]}}"))
}

fn blocks(field: &str) -> (Format, String) {
    (Format::Hcl, format!("{field} {{\n  port = 1\n  host = \"a\"\n}}\n{field} {{\n  port = 2\n}}\n"))
}

fn loaded(loader: &Loader<Settings>) -> Loaded<Settings> {
    loader.load_traced().unwrap_or_else(|report| panic!("{report}"))
}

#[test]
fn one_block_is_a_list_of_one_in_every_way_of_merging() {
    for (field, over, below) in FIELDS {
        let loader = Settings::loader().text(Format::Hcl, "one.hcl", block(field));
        assert_eq!(ports(&loaded(&loader), field), [3], "{field}");
        for (format, text) in [list(field), blocks(field)] {
            let upper = Settings::loader().text(format, "two", &*text);
            let loader = upper.clone().text(Format::Hcl, "one.hcl", block(field));
            assert_eq!(ports(&loaded(&loader), field), over, "{field} over");
            let lower = Settings::loader().text(Format::Hcl, "one.hcl", block(field));
            let loader = lower.text(format, "two", &*text);
            assert_eq!(ports(&loaded(&loader), field), below, "{field} below");
        }
        let twice = Settings::loader().text(Format::Hcl, "one.hcl", block(field));
        let twice = twice.text(Format::Hcl, "other.hcl", block(field).replace('3', "4"));
        let expected: &[u16] = match field {
            "plain_prepended" => &[4, 3],
            _ if over.len() == 3 => &[3, 4],
            _ => &[4],
        };
        assert_eq!(ports(&loaded(&twice), field), expected, "{field} twice");
    }
}

#[test]
fn an_element_that_is_a_block_is_explained_at_its_place() {
    for (field, over, _) in FIELDS {
        let alone = Settings::loader().text(Format::Hcl, "one.hcl", block(field));
        let why = loaded(&alone).explain(&format!("{field}[0].port"));
        let why = why.unwrap_or_else(|| panic!("{field}[0].port is not explained"));
        assert_eq!((why.value(), why.origin().to_string().as_str()), (Some("3"), "one.hcl:2:10"), "{field}");
        let other = loaded(&alone).explain(&format!("{field}[1].port"));
        assert!(other.is_none(), "{field} {other:?}");

        let (format, text) = list(field);
        let both = Settings::loader().text(format, "two", text).text(Format::Hcl, "one.hcl", block(field));
        let both = loaded(&both);
        for (index, port) in over.iter().enumerate() {
            let path = format!("{field}[{index}].port");
            let why = both.explain(&path).unwrap_or_else(|| panic!("{path} is not explained"));
            assert_eq!(why.value(), Some(&*port.to_string()), "{path}");
            let source = if *port == 3 { "one.hcl:2:10" } else { "two:1:" };
            assert!(why.origin().to_string().starts_with(source), "{path} {}", why.origin());
        }
        assert!(both.explain(&format!("{field}[{}].port", over.len())).is_none(), "{field}");
    }
}

#[test]
fn variables_replace_parts_of_one_block() {
    for field in ["listener", "appended", "keyed", "optional"] {
        let loader = Settings::loader().text(Format::Hcl, "one.hcl", block(field));
        let name = format!("APP_{}__0__HOST", field.to_uppercase());
        let loader = loader.env_vars([(&*name, "b")]);
        let loaded = loaded(&loader);
        assert_eq!(ports(&loaded, field), [3]);
        let why = loaded.explain(&format!("{field}[0].host")).unwrap();
        assert_eq!(why.value(), Some("b"));
        assert_eq!(why.origin().to_string(), format!("environment variable {name}"));
    }
}

#[test]
fn a_figment_has_a_list_of_one() {
    for (field, over, _) in FIELDS {
        let alone = Settings::loader().text(Format::Hcl, "one.hcl", block(field));
        let (format, text) = list(field);
        let both = Settings::loader().text(format, "two", text).text(Format::Hcl, "one.hcl", block(field));
        for (loader, expected) in [(alone, &[3][..]), (both, over)] {
            let figment = loader.figment().unwrap_or_else(|report| panic!("{field} {report}"));
            let list: Vec<Plain> =
                figment.extract_inner(field).unwrap_or_else(|error| panic!("{field} {error}"));
            assert_eq!(list.iter().map(|one| one.port).collect::<Vec<_>>(), expected, "{field}");
        }
    }
    let empty = Optional::loader().text(Format::Hcl, "one.hcl", "list {}\n").figment().unwrap();
    assert_eq!(empty.extract_inner::<Vec<figment::value::Dict>>("list").unwrap().len(), 1);
}

#[derive(Debug, Config)]
struct Optional {
    #[config(nested)]
    #[expect(dead_code, reason = "only its place is asked for")]
    list: Vec<Inner>,
}

#[derive(Debug, Config)]
struct Inner {
    #[expect(dead_code, reason = "only its place is asked for")]
    port: Option<u16>,
}

#[test]
fn a_broken_rule_of_the_only_element_stands_at_the_block() {
    #[derive(Debug, Config)]
    struct Checked {
        #[config(validate(each(|plain| plain.port < 3, "must have a low port")))]
        #[expect(dead_code, reason = "it is never loaded")]
        plain: Vec<Plain>,
    }
    let report = Checked::loader().text(Format::Hcl, "one.hcl", block("plain")).load().unwrap_err();
    let problem = &report.problems()[0];
    assert_eq!((problem.path(), problem.origin().unwrap().to_string().as_str()), ("plain[0]", "one.hcl:1:1"));
}
