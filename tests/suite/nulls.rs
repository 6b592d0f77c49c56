//! `null`: an empty section, an unset `Option`, and a wrong type everywhere else.

use std::collections::BTreeMap;

use confkit::{Code, Config, Format, Loader, testing};
use figment::providers::Serialized;
use serde_json::{Value, json};

#[derive(Debug, Config)]
struct Settings {
    #[config(default = 1)]
    port: u16,
    #[config(default = "x")]
    name: String,
    tag: Option<String>,
    #[config(default)]
    list: Vec<u8>,
    #[config(default)]
    map: BTreeMap<String, u8>,
    #[config(nested)]
    section: Section,
    #[config(nested)]
    optional: Option<Section>,
    #[config(nested, default)]
    servers: Vec<Section>,
    #[config(default)]
    any: Value,
}

#[derive(Debug, Config)]
struct Section {
    #[config(default = 5)]
    depth: u16,
    #[config(default = "s")]
    word: String,
}

fn over(json: Value) -> Loader<Settings> {
    let base =
        "port = 2\ntag = 'base'\nlist = [1]\n[map]\na = 1\n[section]\ndepth = 6\n[optional]\ndepth = 7\n";
    Settings::loader().text(Format::Toml, "base.toml", base).provider(Serialized::defaults(json))
}

#[test]
fn over_a_section_it_is_an_empty_table() {
    let settings = over(json!({ "section": null })).load().unwrap();
    assert_eq!(
        (settings.section.depth, settings.section.word.as_str()),
        (6, "s"),
        "an empty table changes nothing"
    );
    let alone = Settings::loader().provider(Serialized::defaults(json!({ "section": null }))).load().unwrap();
    assert_eq!(alone.section.depth, 5);
}

#[test]
fn over_an_option_it_unsets_and_shadows() {
    let loaded = over(json!({ "tag": null, "optional": null })).load_traced().unwrap();
    assert!(loaded.tag.is_none());
    assert!(loaded.optional.is_none(), "{:?}", loaded.optional);
    let tag = loaded.explain("tag").unwrap();
    assert_eq!(tag.shadowed().len(), 1, "{tag}");
    assert_eq!(tag.shadowed()[0].origin().to_string(), "base.toml:2:7");
    let again = over(json!({ "tag": null })).set("tag", "top").load().unwrap();
    assert_eq!(again.tag.as_deref(), Some("top"));
}

#[test]
fn values_above_a_null_section_count() {
    let settings = over(json!({ "optional": null })).set("optional.depth", 9).load().unwrap();
    let optional = settings.optional.unwrap();
    assert_eq!(optional.depth, 9);
    assert_eq!(optional.word, "s");
}

#[test]
fn over_anything_else_it_is_a_type_problem() {
    for key in ["port", "name", "list", "map", "servers"] {
        let result = over(json!({ key: null })).load();
        testing::assert_codes(&result, &[Code::Type]);
        assert_eq!(result.unwrap_err().problems()[0].path(), key);
    }
    insta::assert_snapshot!(over(json!({ "port": null, "list": null })).load().unwrap_err());
}

#[derive(Debug, Config)]
struct Options {
    list: Vec<Option<u8>>,
    map: BTreeMap<String, Option<u8>>,
}

#[test]
fn inside_lists_and_maps_it_is_a_value_like_others() {
    testing::assert_codes(&over(json!({ "list": [1, null, 3] })).load(), &[Code::Type]);
    testing::assert_codes(&over(json!({ "map": { "a": null } })).load(), &[Code::Type]);
    let any = over(json!({ "any": { "a": [null, 1] } })).load().unwrap().any;
    assert_eq!(any, json!({ "a": [null, 1] }));
    let json = json!({ "list": [1, null], "map": { "a": null, "b": 2 } });
    let options = Options::loader().provider(Serialized::defaults(json)).load().unwrap();
    assert_eq!(options.list, [Some(1), None]);
    assert_eq!(options.map["a"], None);
    assert_eq!(options.map["b"], Some(2));
}

#[test]
fn a_null_element_of_a_list_of_sections_is_an_empty_section() {
    let settings = over(json!({ "servers": [{ "depth": 1 }, null] })).load().unwrap();
    let depths: Vec<_> = settings.servers.iter().map(|server| server.depth).collect();
    assert_eq!(depths, [1, 5]);
}

#[test]
fn an_option_with_a_default_is_unset_by_null() {
    #[derive(Debug, Config)]
    struct Defaulted {
        #[config(default = 5)]
        level: Option<u8>,
    }
    let loader = Defaulted::loader();
    assert_eq!(loader.load().unwrap().level, Some(5));
    assert_eq!(loader.provider(Serialized::defaults(json!({ "level": null }))).load().unwrap().level, None);
}

#[test]
fn a_required_option_that_is_null_is_missing() {
    #[derive(Debug, Config)]
    struct Required {
        #[config(required(profile = "production"))]
        key: Option<String>,
    }
    let loader = Required::loader().profile("production").set("key", "below");
    let loader = loader.provider(Serialized::defaults(json!({ "key": null })));
    testing::assert_codes(&loader.load(), &[Code::Missing]);
}

#[test]
fn the_word_null_in_a_variable_is_text() {
    #[derive(Debug, Config)]
    #[config(env_prefix = "A")]
    struct Text {
        tag: Option<String>,
        level: Option<u8>,
    }
    let text = Text::loader().env_vars([("A_TAG", "null")]).load().unwrap();
    assert_eq!(text.tag.as_deref(), Some("null"));
    testing::assert_codes(&Text::loader().env_vars([("A_LEVEL", "null")]).load(), &[Code::Type]);
}
