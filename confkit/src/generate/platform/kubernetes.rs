//! Kubernetes: settings as variables or as files.

use std::path::Path;

use confkit_sources::Format;
use confkit_sources::declared::{DeclaredFile, Loading};

use super::variables::{State, Variable, Variables, quoted};

/// Where files are mounted that no declaration says a place of.
const FOLDER: &str = "/etc";

pub(super) fn variables(name: &str, variables: &Variables<'_>) -> String {
    let mut text = head("ConfigMap", name);
    text.push_str("data:\n");
    variables.plain.iter().for_each(|one| entry(&mut text, one));
    text.push_str("---\n");
    text.push_str(&head("Secret", name));
    text.push_str("type: Opaque\nstringData:\n");
    variables.secret.iter().for_each(|one| entry(&mut text, one));
    text.push_str(&format!(
        "---\n# In the container:\n# envFrom:\n#   - configMapRef:\n#       name: {name}\n\
         #   - secretRef:\n#       name: {name}\n"
    ));
    text
}

fn head(kind: &str, name: &str) -> String {
    format!("apiVersion: v1\nkind: {kind}\nmetadata:\n  name: {name}\n")
}

fn entry(text: &mut String, one: &Variable<'_>) {
    let Some(name) = one.name else { return };
    line(text, one, name);
}

/// An entry: without a value it is refused.
fn line(text: &mut String, one: &Variable<'_>, key: &str) {
    text.push_str(&format!("  # {}\n", one.about()));
    text.push_str(&match &one.state {
        State::Required => format!("  {key}: # REQUIRED\n"),
        State::Optional(None) => format!("  # {key}:\n"),
        State::Optional(Some(example)) => format!("  # {key}: {}\n", quoted(example)),
        State::Default(default) => format!("  #{key}: {}\n", quoted(default)),
    });
}

/// What is mounted.
pub(super) struct Files<'a> {
    pub(super) loading: &'static Loading,
    pub(super) sample: &'a str,
    pub(super) format: Format,
}

impl Files<'_> {
    /// Where the sample is read: the first declared file of its format.
    fn path(&self, name: &str) -> String {
        let declared = self.loading.files().iter().filter(|file| !file.is_directory());
        let mut declared = declared.map(DeclaredFile::path).filter(|path| !path.contains("{profile}"));
        let found = declared.find(|path| Format::of_path(Path::new(path)) == Some(self.format));
        found.map_or_else(|| format!("{FOLDER}/{name}/{name}.{}", self.format.as_str()), str::to_owned)
    }

    /// Where secrets are read.
    fn secrets(&self, name: &str) -> String {
        let declared = self.loading.secrets_dirs().first();
        declared.map_or_else(|| format!("{FOLDER}/{name}/secrets"), |&directory| directory.to_owned())
    }
}

pub(super) fn files(name: &str, variables: &Variables<'_>, files: &Files<'_>) -> String {
    let path = files.path(name);
    let file = path.rsplit('/').next().unwrap_or(&path);
    let mut text = head("ConfigMap", name);
    text.push_str(&format!("data:\n  {file}: |\n"));
    for line in files.sample.lines() {
        text.push_str(&if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") });
    }
    text.push_str("---\n");
    text.push_str(&head("Secret", name));
    text.push_str("type: Opaque\nstringData:\n");
    variables.secret.iter().for_each(|one| line(&mut text, one, one.file()));
    let is_absolute =
        if path.starts_with('/') { "" } else { " # below the working directory of the program" };
    text.push_str(&format!(
        "---\n# In the pod:\n# containers:\n#   - volumeMounts:\n#       - name: settings\n\
         #         mountPath: {path}{is_absolute}\n#         subPath: {file}\n\
         #       - name: secrets\n#         mountPath: {secrets}\n#         readOnly: true\n\
         # volumes:\n#   - name: settings\n#     configMap:\n#       name: {name}\n\
         #   - name: secrets\n#     secret:\n#       secretName: {name}\n",
        secrets = files.secrets(name),
    ));
    text
}
