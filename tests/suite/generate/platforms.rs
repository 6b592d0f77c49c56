//! Files for Kubernetes, Helm, systemd and compose, and the schema that editors read.

use std::collections::BTreeMap;

use confkit::generate::{Deployment, Reference};
use confkit::schema::Schema;
use confkit::{Config, Format, OriginKind, Secret};

use super::golden;
use crate::everything::{Everything, LEAST};

fn deployment() -> Deployment {
    Deployment::of::<Everything>("orders")
}

#[test]
fn the_large_type_for_every_platform() {
    golden("kubernetes.yaml", &deployment().kubernetes());
    golden("kubernetes-files.yaml", &deployment().kubernetes_files(Format::Toml).unwrap());
    golden("systemd.conf", &deployment().systemd());
    golden("compose.yaml", &deployment().compose());
    let schema = Schema::of::<Everything>();
    golden("orders.schema.json", &schema.to_string());
    golden("values.schema.json", &schema.partial().helm("config"));
}

/// The defaults of all variables that a file lists, in marks.
fn defaults(text: &str, assignment: impl Fn(&str) -> Option<(String, String)>) -> BTreeMap<String, String> {
    let marked = text.lines().map(str::trim_start).filter_map(|line| line.strip_prefix('#'));
    marked.filter(|line| !line.starts_with(' ')).filter_map(assignment).collect()
}

#[test]
fn variables_with_their_defaults_change_nothing() {
    let yaml = |line: &str| -> Option<(String, String)> {
        let (name, value) = line.split_once(": ")?;
        Some((name.to_owned(), serde_json::from_str(value).unwrap()))
    };
    let unit = |line: &str| -> Option<(String, String)> {
        let (name, value) = line.strip_prefix("Environment=\"")?.strip_suffix('"')?.split_once('=')?;
        Some((name.to_owned(), value.replace("%%", "%").replace("\\\"", "\"")))
    };
    let expected = Everything::loader().text(Format::Toml, "least.toml", LEAST).load().unwrap();
    for found in [
        defaults(&deployment().kubernetes(), yaml),
        defaults(&deployment().compose(), yaml),
        defaults(&deployment().systemd(), unit),
    ] {
        assert!(found.len() > 15, "{found:?}");
        let loader = Everything::loader().text(Format::Toml, "least.toml", LEAST).env_prefix("ORDERS");
        assert_eq!(loader.env_vars(found).load().unwrap(), expected);
    }
}

#[test]
fn every_document_of_yaml_can_be_read() {
    let files = deployment().kubernetes_files(Format::Yaml).unwrap();
    let documents = [deployment().kubernetes(), files, deployment().compose()];
    for document in documents.iter().flat_map(|text| text.split("---\n")) {
        let read = Format::Yaml.read(OriginKind::File, "made.yaml", document.to_owned());
        assert!(read.is_ok(), "{document}");
    }
}

#[test]
fn a_mounted_file_is_the_sample() {
    let text = deployment().kubernetes_files(Format::Toml).unwrap();
    let first = text.split("---\n").next().unwrap();
    let read = Format::Yaml.read(OriginKind::File, "made.yaml", first.to_owned()).unwrap();
    let held = read.root().get("data").unwrap().get("base.toml").unwrap();
    let sample = confkit::generate::Sample::of::<Everything>().text(Format::Toml).unwrap();
    assert_eq!(held.text(), sample);
}

#[test]
fn nothing_breaks_out_of_its_place() {
    #[derive(Config)]
    #[config(env_prefix = "APP")]
    struct Settings {
        /// Two lines
        /// in one: "a" # b
        #[config(default = "$HOME \"q\" 100% \\ # x: y\n")]
        text: String,
        #[config(rename = "a key")]
        secret: Secret<String>,
        #[config(env(skip), default = 1)]
        unnamed: u8,
        /// Only a file gives it.
        #[config(env(skip))]
        hidden_key: Option<Secret<String>>,
        #[config(deprecated = "nobody reads it")]
        old: Option<String>,
    }
    let deployment = Deployment::of::<Settings>("app");
    let all = [deployment.kubernetes(), deployment.systemd(), deployment.compose()].join("\n=====\n");
    insta::assert_snapshot!(all);
    assert!(Reference::of::<Settings>().markdown().contains("**Deprecated:** Nobody reads it."));
}
