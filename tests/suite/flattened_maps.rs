//! `flatten, nested`: a map of sections whose keys stand beside one's own settings.

use std::collections::BTreeMap;

use confkit::generate::{Reference, Sample};
use confkit::write::{self, Defaults, Secrets};
use confkit::{Config, Document, Format, Loaded, Loader, Secret, testing};
use serde::Serialize;

#[derive(Debug, Config, Serialize)]
struct Upstreams {
    #[config(default = 30)]
    timeout: u16,
    #[config(flatten, nested)]
    #[serde(flatten)]
    all: BTreeMap<String, Upstream>,
}

#[derive(Debug, Config, Serialize)]
struct Upstream {
    host: String,
    #[config(default = 443)]
    port: u16,
    #[config(default)]
    token: Secret<String>,
    #[config(default)]
    labels: BTreeMap<String, String>,
}

const BASE: &str = "timeout = 9\n[west]\nhost = 'w.internal'\ntoken = 'hunter2'\nlabels.a = 'x'\n\
                    [host]\nhost = 'h.internal'\ntoken = 'hunter2'\n";
const OVER: &str = "[west]\nport = 80\nlabels.b = 'y'\n[east]\nhost = 'e.internal'\n";

fn loader() -> Loader<Upstreams> {
    Upstreams::loader().text(Format::Toml, "base.toml", BASE).text(Format::Toml, "over.toml", OVER)
}

fn loaded() -> Loaded<Upstreams> {
    loader().load_traced().unwrap()
}

#[test]
fn every_setting_of_every_entry_is_explained() {
    let explanations = loaded().explanations();
    insta::assert_snapshot!(explanations.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
}

#[test]
fn an_entry_is_what_all_layers_make_of_it() {
    let loaded = loaded();
    let explain = |path: &str| loaded.explain(path).map(|it| it.value().unwrap_or_default().to_owned());
    let west = "{ host = \"w.internal\", token = [redacted], labels = { a = \"x\", b = \"y\" }, port = 80 }";
    assert_eq!(explain("west").unwrap(), west);
    // An entry may be called like one of its settings.
    assert_eq!(explain("host").unwrap(), "{ host = \"h.internal\", token = [redacted] }");
    assert_eq!(explain("host.port").unwrap(), "443");
    assert_eq!(explain("north"), None);
    assert_eq!(explain("west.hots"), None);
}

#[test]
fn the_settings_in_force_have_the_entries() {
    let document = loaded().to_document(Defaults::Include, Secrets::Omit).unwrap();
    insta::assert_snapshot!(Format::Toml.write(&document).unwrap());
    let exposed = loaded().to_document(Defaults::Omit, Secrets::Expose).unwrap();
    let again = Format::Toml.write(&exposed).unwrap();
    let again = Upstreams::loader().text(Format::Toml, "again.toml", again).load_traced().unwrap();
    assert!(again.diff(&loaded()).is_empty(), "{}", again.diff(&loaded()));
    assert_eq!(again.all["west"].token.expose(), "hunter2");
}

#[test]
fn a_value_is_written_with_its_entries() {
    let written = write::to_string(&*loaded(), Format::Toml, Secrets::Omit).unwrap();
    assert!(written.contains("[west]") && !written.contains("hunter2"), "{written}");
}

#[test]
fn a_shadowed_secret_in_an_entry_is_known() {
    let loader = loader().text(Format::Toml, "top.toml", "west.token = 'other'\nwest.port = 'hunter2'\n");
    testing::assert_hidden(&loader.load().unwrap_err(), "hunter2");
}

#[test]
fn pages_list_the_settings_of_entries_below_their_key() {
    let paths = testing::paths::<Upstreams>();
    assert_eq!(paths, ["timeout", "<key>.host", "<key>.port", "<key>.token", "<key>.labels"]);
    let page = Reference::of::<Upstreams>().markdown();
    assert!(page.contains("<key>.host"), "{page}");
}

#[test]
fn a_sample_has_an_entry_as_an_example_and_those_that_are_filled_in() {
    let sample = Sample::of::<Upstreams>();
    let toml = |sample: Sample| sample.text(Format::Toml).unwrap();
    let filled = Document::toml("base.toml", BASE.replace("token = 'hunter2'\n", "")).unwrap();
    insta::assert_snapshot!(format!("{}\n=====\n\n{}", toml(sample.clone()), toml(sample.filled(filled))));
}

#[derive(Debug, Config)]
struct Regions {
    #[config(nested, default)]
    regions: BTreeMap<String, Upstream>,
}

#[test]
fn a_map_is_explained_as_layers_make_it_together() {
    let nest = |text: &str| {
        text.replace("timeout = 9\n", "").replace("\n[", "\n[regions.").replace("[west]", "[regions.west]")
    };
    let loader = Regions::loader().text(Format::Toml, "base.toml", nest(BASE)).text(
        Format::Toml,
        "over.toml",
        nest(OVER),
    );
    let explanation = loader.load_traced().unwrap().explain("regions").unwrap();
    insta::assert_snapshot!(explanation);
    let alone = Regions::loader().text(Format::Toml, "base.toml", nest(BASE)).load_traced().unwrap();
    let alone = alone.explain("regions").unwrap().to_string();
    assert!(!alone.contains("hunter2"), "an entry is called like one of its settings: {alone}");
}

#[test]
fn the_name_of_a_schema_is_no_entry() {
    let text = r#"{ "$schema": "./upstreams.json", "west": { "host": "w" } }"#;
    let loaded = Upstreams::loader().text(Format::Json, "up.json", text).load_traced().unwrap();
    assert_eq!(loaded.all.keys().collect::<Vec<_>>(), ["west"]);
    assert!(loaded.explanations().iter().all(|one| !one.path().contains("schema")));
}

#[test]
fn a_map_of_values_beside_the_name_of_a_schema() {
    #[derive(Debug, Config)]
    struct Numbers {
        #[serde(flatten)]
        all: BTreeMap<String, u8>,
    }
    let loader = Numbers::loader().text(Format::Json, "n.json", r#"{ "$schema": "n", "a": 1 }"#);
    assert_eq!(loader.load().unwrap().all, BTreeMap::from([("a".to_owned(), 1)]));
    let schema = serde_json::to_value(confkit::schema::Schema::of::<Numbers>()).unwrap();
    assert!(schema["properties"]["$schema"].is_object(), "{schema}");
}
