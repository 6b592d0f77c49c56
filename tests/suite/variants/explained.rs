//! Why an enum has its value.

use super::*;

#[derive(Debug, Config)]
#[expect(dead_code, reason = "only its explanation matters")]
enum Outer {
    Off,
    Limit(u16),
    Disk(#[config(nested)] Disk),
}

#[derive(Debug, Config)]
#[serde(tag = "type")]
#[expect(dead_code, reason = "only its explanation matters")]
enum Inner {
    Disk(#[config(nested)] Disk),
    S3 {
        bucket: String,
        #[config(default = 3)]
        limit: u8,
    },
}

#[derive(Debug, Config)]
#[serde(untagged)]
#[expect(dead_code, reason = "only its explanation matters")]
enum Either {
    Name(String),
    Parts { a: u16, b: u16 },
}

#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
#[expect(dead_code, reason = "only its explanation matters")]
struct Settings {
    #[config(nested)]
    outer: Outer,
    #[config(nested)]
    inner: Inner,
    #[config(nested)]
    either: Either,
}

const BASE: &str = "outer.Disk = { path = '/a', limit = 1 }\n\
    inner = { type = 'Disk', path = '/b', limit = 2 }\n\
    either = { a = 1, b = 2 }\n";

fn all(top: &str, vars: &[(&str, &str)]) -> String {
    let loader = Settings::loader().system(System::memory());
    let loader = loader.text(Format::Toml, "base.toml", BASE).text(Format::Toml, "top.toml", top);
    let loaded = loader.env_vars(vars.iter().copied()).load_traced().unwrap();
    let mut told: Vec<String> = loaded.explanations().iter().map(ToString::to_string).collect();
    told.push("--".to_owned());
    let paths =
        ["outer", "outer.Disk.limit", "outer.Limit", "inner.limit", "inner.path", "either", "either.a"];
    told.extend(paths.iter().filter_map(|path| Some(loaded.explain(path)?.to_string())));
    told.join("\n")
}

#[test]
fn the_variant_in_force_is_explained() {
    insta::assert_snapshot!(all("", &[]));
}

#[test]
fn other_variants_are_shadowed() {
    let top = "outer = 'Off'\ninner = { type = 'S3', bucket = 'b' }\neither = 'e'";
    insta::assert_snapshot!(all(top, &[("APP_INNER_LIMIT", "5")]));
    insta::assert_snapshot!(all("inner.limit = 6", &[("APP_OUTER_LIMIT", "7"), ("APP_EITHER_A", "5")]));
}

#[test]
fn a_figment_has_the_chosen_variant() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    enum Plain {
        Off,
        Limit(u16),
    }
    #[derive(Debug, serde::Deserialize)]
    struct Out {
        outer: Plain,
        either: String,
    }
    let text = "inner = { type = 'S3', bucket = 'b' }\nouter = 'Off'";
    let loader = Settings::loader().system(System::memory()).text(Format::Toml, "app.toml", text);
    let vars = [("APP_OUTER_LIMIT", "7"), ("APP_EITHER", "007")];
    let out: Out = loader.clone().env_vars(vars).figment().unwrap().extract().unwrap();
    assert_eq!((out.outer, out.either.as_str()), (Plain::Limit(7), "007"));
    let out: Out =
        loader.env_vars([("APP_OUTER", "Off"), ("APP_EITHER", "x")]).figment().unwrap().extract().unwrap();
    assert_eq!(out.outer, Plain::Off);
}
