//! A marker in the defaults and examples of secrets, and in nothing that is made of them.

use std::collections::BTreeMap;

use confkit::generate::{Deployment, Reference, Sample};
use confkit::{Config, Format, Secret, with_exposed};
use serde::Serialize;

const MARKER: &str = "marker-41c8";

#[derive(Debug, Config, Serialize)]
#[config(env_prefix = "APP", file = "app.toml", args)]
struct Settings {
    #[config(default = Secret::from(MARKER.to_owned()))]
    default: Secret<String>,
    #[config(example = "marker-41c8")]
    example: Secret<String>,
    #[config(secret, default = vec![Secret::from(MARKER.to_owned())])]
    list: Vec<Secret<String>>,
    #[config(default = BTreeMap::from([("k".to_owned(), Secret::from(MARKER.to_owned()))]))]
    map: BTreeMap<String, Secret<String>>,
    #[config(nested)]
    whole: Option<Secret<Inner>>,
    #[config(nested, default = vec![Element { key: Secret::from(MARKER.to_owned()) }])]
    many: Vec<Element>,
    #[config(default = Plain { token: Secret::from(MARKER.to_owned()) })]
    plain: Plain,
}

#[derive(Debug, Config, Serialize)]
struct Inner {
    #[config(default = "marker-41c8", example = "marker-41c8")]
    user: String,
}

#[derive(Debug, Config, Serialize)]
struct Element {
    #[config(example = "marker-41c8")]
    key: Secret<String>,
}

#[derive(Debug, Serialize, serde::Deserialize)]
struct Plain {
    token: Secret<String>,
}

fn outputs() -> Vec<String> {
    let (sample, reference) = (Sample::of::<Settings>(), Reference::of::<Settings>());
    let deployment = Deployment::of::<Settings>("app");
    let typed = sample.clone().with("default", Secret::from(MARKER.to_owned()));
    let samples = [sample, typed].map(|sample| {
        let texts = Format::ALL.iter().map(|format| sample.text(*format).unwrap_or_else(|it| it.to_string()));
        format!("{sample:?}{}", texts.collect::<String>())
    });
    let others = [
        reference.markdown(),
        reference.html(),
        reference.man(),
        deployment.kubernetes(),
        deployment.kubernetes_files(Format::Toml).unwrap(),
        deployment.systemd(),
        deployment.compose(),
    ];
    samples.into_iter().chain(others).collect()
}

#[test]
fn secrets_are_in_nothing_that_is_made() {
    for text in outputs() {
        let shown: Vec<&str> = text.lines().filter(|line| line.contains(MARKER)).collect();
        assert!(shown.is_empty(), "{shown:?}");
    }
    // Nor where values are written, since none was filled in.
    let exposed = with_exposed(|| Sample::of::<Settings>().text(Format::Toml).unwrap());
    assert!(!exposed.contains(MARKER));
    assert!(!with_exposed(|| Reference::of::<Settings>().markdown()).contains(MARKER));
}

#[test]
fn what_is_filled_in_on_purpose_is_written() {
    let clear = Sample::of::<Settings>().with("example", MARKER).text(Format::Toml).unwrap();
    assert!(clear.contains("example = \"marker-41c8\"\n"));
    let exposed = with_exposed(|| Sample::of::<Settings>().with("default", Secret::from(MARKER.to_owned())));
    assert!(exposed.text(Format::Toml).unwrap().contains("default = \"marker-41c8\"\n"));
    let wrong = Sample::of::<Settings>().with("passwrod", MARKER).with("many", MARKER);
    for format in [Format::Toml, Format::Ini, Format::Dotenv] {
        assert!(!wrong.text(format).unwrap_err().to_string().contains(MARKER));
    }
}
