//! Secrets deep inside plain types: what serde buffers, what lies in enums, what was shadowed.

use std::collections::BTreeMap;

use confkit::{Config, Format, Read, ReadContext, Secret, Source, SourceError, testing};
use serde::Deserialize;

const MARK: &str = "marker-91c";

#[derive(Debug, Deserialize)]
struct Login {
    user: String,
    pass: Secret<String>,
}

#[derive(Debug, Deserialize)]
struct Outer {
    a: u8,
    inner: Login,
}

#[derive(Debug, Deserialize)]
enum Auth {
    None,
    Token(Secret<String>),
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Tagged {
    Basic { user: String, pass: Secret<String> },
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Pass { pass: Secret<String> },
    Plain(Secret<String>),
}

#[derive(Debug, Deserialize)]
struct Flat {
    #[serde(flatten)]
    rest: BTreeMap<String, Secret<String>>,
}

#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
struct Settings {
    list: Option<Vec<Login>>,
    outer: Option<Outer>,
    map: Option<BTreeMap<String, Login>>,
    auth: Option<Auth>,
    tagged: Option<Tagged>,
    untagged: Option<Untagged>,
    flat: Option<Flat>,
    pair: Option<(u8, Secret<String>)>,
    #[config(default)]
    other: u8,
}

/// Every place a secret can stand in; `M` is the secret.
const LOADS: [&str; 8] = [
    "list = [{ user = 'u', pass = 'M' }]",
    "outer = { a = 1, inner = { user = 'u', pass = 'M' } }",
    "map.k = { user = 'u', pass = 'M' }",
    "auth = { Token = 'M' }",
    "tagged = { kind = 'basic', user = 'u', pass = 'M' }",
    "untagged = 'M'",
    "flat.x = 'M'",
    "pair = [1, 'M']",
];

fn marked(text: &str) -> String {
    text.replace('M', MARK)
}

#[test]
fn no_explanation_shows_it() {
    for text in LOADS {
        let over = marked(text).replace(MARK, "another-91c");
        for layers in [vec![marked(text)], vec![marked(text), over]] {
            let add = |loader: confkit::Loader<Settings>, text: String| loader.text(Format::Toml, "t", text);
            let loaded = layers.into_iter().fold(Settings::loader(), add).load_traced().unwrap();
            let deep = [
                "map.k.pass",
                "auth.Token",
                "tagged.pass",
                "flat.x",
                "outer.inner",
                "pair[1]",
                "list[0].pass",
            ];
            let one = deep.iter().filter_map(|path| loaded.explain(path));
            let all: Vec<String> =
                loaded.explanations().into_iter().chain(one).map(|e| format!("{e}{e:?}")).collect();
            let all = all.join("\n");
            assert!(!all.contains("91c"), "{text}: {all}");
            assert!(!format!("{loaded:?}").contains("91c"));
        }
    }
}

#[test]
fn a_value_of_the_wrong_shape_is_told_without_its_text() {
    for name in ["list", "outer", "map", "auth", "tagged", "untagged", "flat", "pair"] {
        for shape in ["'M'", "['M']", "{ x = 'M' }", "[{ user = 'M' }]", "{ user = 'M', pass = 1 }"] {
            let text = marked(&format!("{name} = {shape}"));
            if let Err(report) = Settings::loader().text(Format::Toml, "t", text).load() {
                testing::assert_hidden(&report, MARK);
            }
        }
        for shape in [
            "M",
            "{\"user\": \"M\"",
            "[{\"user\":\"u\",\"pass\":\"M\"},]",
            "a=1,inner=M",
            "{\"Basic\":\"M\"}",
        ] {
            let variable = (format!("APP_{}", name.to_uppercase()), marked(shape));
            if let Err(report) = Settings::loader().env_vars([variable]).load() {
                testing::assert_hidden(&report, MARK);
            }
        }
    }
}

#[test]
fn messages_of_other_fields_and_sources_are_masked() {
    struct Refuses;
    impl Source for Refuses {
        fn name(&self) -> std::borrow::Cow<'_, str> {
            "refuses".into()
        }

        fn read(&self, _: &ReadContext<'_>) -> Result<Read, SourceError> {
            Err(SourceError::new(format!("cannot log in as app:{MARK}")))
        }
    }
    for text in LOADS {
        let loader = Settings::loader().text(Format::Toml, "t", marked(text));
        let beside = loader.clone().set("other", MARK).load().unwrap_err();
        testing::assert_hidden(&beside, MARK);
        testing::assert_hidden(&loader.source(Refuses).load().unwrap_err(), MARK);
    }
}
