//! The JSON Schema of a declaration.

mod agreement;
mod types;

use confkit::schema::Schema;
use confkit::{Config, Format, Secret, System};
use serde_json::{Value, json};

use self::types::{Forms, Keys, Ruled, Values};
use crate::everything::Everything;

#[test]
fn one_file_of_several_may_take_settings_away() {
    #[derive(Config)]
    struct Settings {
        #[config(default = 80)]
        port: u16,
    }
    let document = json!({ "$unset": ["port"] });
    let is_valid = |schema: &Schema| {
        jsonschema::validator_for(&serde_json::to_value(schema).unwrap()).unwrap().is_valid(&document)
    };
    let loader = Settings::loader().text(Format::Toml, "base.toml", "port = 1");
    let loader = loader.text(Format::Json, "local.json", document.to_string());
    assert_eq!(loader.load().unwrap().port, 80);
    assert!(is_valid(&Schema::of::<Settings>().partial()));
    assert!(!is_valid(&Schema::of::<Settings>()));
}

#[test]
fn values() {
    insta::assert_snapshot!(Schema::of::<Values>().to_string());
}

#[test]
fn rules() {
    insta::assert_snapshot!(Schema::of::<Ruled>().to_string());
}

#[test]
fn keys_and_containers() {
    insta::assert_snapshot!(Schema::of::<Keys>().to_string());
}

#[test]
fn variants() {
    insta::assert_snapshot!(Schema::of::<Forms>().to_string());
}

#[test]
fn a_chart_has_the_settings_under_a_key() {
    let schema = Schema::of::<Everything>().partial().helm("config");
    let judge = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let menu = |title: Value| serde_json::json!({"replicas": 2, "config": {"menu": [{"title": "a", "entries": [{"title": title}]}]}});
    assert!(judge.is_valid(&menu("b".into())));
    assert!(!judge.is_valid(&menu(1.into())));
    assert!(!judge.is_valid(&serde_json::json!({"config": {"wrokers": 1}})));
}

#[test]
fn every_schema_is_one_by_the_meta_schema() {
    let schemas = [
        Schema::of::<Everything>(),
        Schema::of::<Everything>().partial(),
        Schema::of::<Values>(),
        Schema::of::<Ruled>().profile("live"),
        Schema::of::<Keys>(),
        Schema::of::<Forms>().partial(),
    ];
    for schema in schemas {
        let value = serde_json::to_value(&schema).unwrap();
        assert!(jsonschema::meta::is_valid(&value), "{schema}");
        assert_eq!(serde_json::from_str::<Value>(&schema.to_json()).unwrap(), value);
        assert_eq!(serde_json::from_str::<Value>(&schema.to_string()).unwrap(), value);
    }
}

#[test]
fn rules_that_cannot_be_said_are_listed() {
    let listed = |schema: Schema| agreement::unsaid(&serde_json::to_value(schema).unwrap());
    insta::assert_debug_snapshot!((listed(Schema::of::<Everything>()), listed(Schema::of::<Ruled>())));
}

#[derive(Debug, Config)]
#[config(env_prefix = "APP", exactly_one_of(socket, port))]
struct Layered {
    name: String,
    socket: Option<String>,
    port: Option<u16>,
    #[config(required(profile = "live"))]
    region: Option<String>,
    #[config(default = 1, validate(range(max = 9, profile = "live")))]
    level: u8,
    #[config(nested)]
    inner: LayeredInner,
}

#[derive(Debug, Config)]
struct LayeredInner {
    key: Secret<String>,
}

fn fits(schema: &Schema, document: &Value) -> bool {
    let schema = serde_json::to_value(schema).unwrap();
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap().is_valid(document)
}

#[test]
fn one_file_of_several_need_not_give_anything() {
    let (whole, partial) = (Schema::of::<Layered>(), Schema::of::<Layered>().partial());
    for document in [json!({}), json!({"inner": null}), json!({"port": 1}), json!({"level": 10})] {
        assert!(fits(&partial, &document) && !fits(&whole, &document), "{document}");
    }
    for document in [json!({"port": "x"}), json!({"port": 1, "socket": "s"}), json!({"prot": 1})] {
        assert!(!fits(&partial, &document), "{document}");
    }
    insta::assert_snapshot!(partial.to_string());
}

#[test]
fn a_profile_makes_its_rules_plain() {
    let (any, live) = (Schema::of::<Layered>(), Schema::of::<Layered>().profile("live"));
    let given = |more: Value| {
        let mut document = json!({"name": "n", "port": 1, "inner": {"key": "k"}});
        document.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        document
    };
    for document in
        [given(json!({})), given(json!({"region": null})), given(json!({"region": "r", "level": 10}))]
    {
        assert!(fits(&any, &document) && !fits(&live, &document), "{document}");
        let loader = |profile: &str| {
            let loader = Layered::loader().system(System::memory()).profile(profile);
            loader.text(Format::Json, "app.json", document.to_string()).load()
        };
        assert!(loader("default").is_ok() && loader("live").is_err(), "{document}");
    }
    assert!(fits(&live, &given(json!({"region": "r", "level": 9}))));
}

/// A type of the user's that says nothing of itself.
#[derive(Debug, serde::Deserialize)]
struct Silent {
    #[serde(alias = "b")]
    a: u8,
}

#[derive(Debug, Config)]
struct Generic<T: serde::de::DeserializeOwned> {
    value: T,
    silent: Option<Silent>,
}

#[test]
fn types_without_a_schema_say_what_serde_says() {
    let schema = serde_json::to_value(Schema::of::<Generic<Silent>>()).unwrap();
    assert_eq!(
        schema["properties"]["value"],
        json!({"type": "object", "properties": {"a": {}, "b": {}}, "additionalProperties": false}),
    );
    let schema = serde_json::to_value(Schema::of::<Generic<u8>>()).unwrap();
    assert_eq!(schema["properties"]["value"], json!({"type": "integer", "minimum": 0, "maximum": 255}));
}
