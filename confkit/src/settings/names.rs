//! Variables and arguments of settings, by their paths.

use std::collections::BTreeMap;

use confkit_sources::declared::Metadata;

use super::Holder;

impl Holder {
    /// What it adds to a path.
    pub(crate) fn step(self) -> &'static str {
        match self {
            Self::Optional => "",
            Self::List => "[]",
            Self::Map => ".<key>",
        }
    }
}

/// The names that a declaration gives.
#[derive(Debug, Default)]
pub(crate) struct Names {
    variables: BTreeMap<String, Vec<String>>,
    arguments: BTreeMap<String, String>,
}

impl Names {
    pub(crate) fn of(metadata: &'static Metadata) -> Self {
        let mut names = Self::default();
        names.add_variables(metadata);
        names.add_arguments(metadata);
        names
    }

    #[cfg(feature = "env")]
    fn add_variables(&mut self, metadata: &'static Metadata) {
        use confkit_sources::env;
        let prefix = metadata.loading().env_prefix();
        for one in env::declared_names(&env::Names { prefix, section: &[], metadata }) {
            let path = one.path.replace("[<n>]", Holder::List.step());
            let known = self.variables.entry(path).or_default();
            if !known.contains(&one.name) {
                known.push(one.name);
            }
        }
    }

    #[cfg(not(feature = "env"))]
    fn add_variables(&mut self, _: &'static Metadata) {}

    #[cfg(feature = "args")]
    fn add_arguments(&mut self, metadata: &'static Metadata) {
        use confkit_sources::args;
        if !metadata.loading().reads_args() {
            return;
        }
        let declared = args::declared_arguments(&args::Names { section: &[], metadata });
        for one in declared.into_iter().filter(|one| !one.is_secret && !one.is_former) {
            let path = one.path.replace("[<N>]", Holder::List.step());
            let path = path.replace(".<KEY>", Holder::Map.step());
            self.arguments.entry(path).or_insert_with(|| format!("--{}", one.long));
        }
    }

    #[cfg(not(feature = "args"))]
    fn add_arguments(&mut self, _: &'static Metadata) {}

    /// The variables that give a setting, and the one that names a file of a secret.
    pub(crate) fn variables(&self, path: &str, is_secret: bool) -> (Vec<String>, Option<String>) {
        let known = self.variables.get(path).map(Vec::as_slice).unwrap_or_default();
        let names_file = |name: &&String| {
            name.strip_suffix("_FILE").is_some_and(|own| is_secret && known.iter().any(|other| other == own))
        };
        let (files, values): (Vec<&String>, Vec<&String>) = known.iter().partition(names_file);
        (values.into_iter().cloned().collect(), files.first().map(|&name| name.clone()))
    }

    pub(crate) fn argument(&self, path: &str) -> Option<String> {
        self.arguments.get(path).cloned()
    }
}
