//! A cargo manifest as settings: what `Cargo.toml` may hold, with unknown keys denied except where
//! cargo allows any.

use std::collections::BTreeMap;

use confkit::Config;
use serde::de::IgnoredAny;

/// A whole `Cargo.toml`.
#[derive(Debug, Config)]
#[config(rename_all = "kebab-case", unknown_keys = "deny")]
#[config(check(
    self.package.is_some() || self.project.is_some() || self.workspace.is_some(),
    "a manifest has a `[package]` or a `[workspace]`"
))]
pub struct Manifest {
    /// Unstable features of cargo itself.
    #[config(default)]
    pub cargo_features: Vec<String>,
    #[config(nested)]
    pub package: Option<Package>,
    /// The old name of `package`.
    #[config(nested)]
    pub project: Option<Package>,
    #[config(nested)]
    pub workspace: Option<Workspace>,
    #[config(nested)]
    pub lib: Option<Target>,
    #[config(nested, default)]
    pub bin: Vec<Target>,
    #[config(nested, default)]
    pub example: Vec<Target>,
    #[config(nested, default)]
    pub test: Vec<Target>,
    #[config(nested, default)]
    pub bench: Vec<Target>,
    #[config(flatten)]
    pub dependencies: Dependencies,
    /// What holds on some platforms only, by `cfg(…)` or by the name of the platform.
    #[config(nested, default)]
    pub target: BTreeMap<String, Platform>,
    #[config(default)]
    pub features: BTreeMap<String, Vec<String>>,
    #[config(nested, default)]
    pub profile: BTreeMap<String, Profile>,
    #[config(nested)]
    pub lints: Option<Lints>,
    /// Dependencies replaced by others, by registry.
    #[config(nested, default)]
    pub patch: BTreeMap<String, BTreeMap<String, Dependency>>,
    #[config(nested, default)]
    pub replace: BTreeMap<String, Dependency>,
    #[config(default)]
    pub badges: BTreeMap<String, BTreeMap<String, String>>,
    #[config(nested)]
    pub hints: Option<Hints>,
}

/// A value, or `workspace = true`: the value of the workspace.
#[derive(Debug, Config)]
#[serde(untagged)]
pub enum Inherited<T> {
    Value(T),
    Workspace {
        #[config(validate(|it| *it, "must be true"))]
        workspace: bool,
    },
}

/// What a package is.
#[derive(Debug, Config)]
#[config(rename_all = "kebab-case")]
pub struct Package {
    pub name: String,
    #[config(nested)]
    pub version: Option<Inherited<String>>,
    #[config(nested)]
    pub authors: Option<Inherited<Vec<String>>>,
    #[config(nested)]
    pub edition: Option<Inherited<String>>,
    #[config(nested)]
    pub rust_version: Option<Inherited<String>>,
    #[config(nested)]
    pub description: Option<Inherited<String>>,
    #[config(nested)]
    pub documentation: Option<Inherited<String>>,
    #[config(nested)]
    pub readme: Option<Inherited<PathOrSwitch>>,
    #[config(nested)]
    pub homepage: Option<Inherited<String>>,
    #[config(nested)]
    pub repository: Option<Inherited<String>>,
    #[config(nested)]
    pub license: Option<Inherited<String>>,
    #[config(nested)]
    pub license_file: Option<Inherited<String>>,
    #[config(nested)]
    pub keywords: Option<Inherited<Vec<String>>>,
    #[config(nested)]
    pub categories: Option<Inherited<Vec<String>>>,
    #[config(nested)]
    pub exclude: Option<Inherited<Vec<String>>>,
    #[config(nested)]
    pub include: Option<Inherited<Vec<String>>>,
    #[config(nested)]
    pub publish: Option<Inherited<Publish>>,
    pub workspace: Option<String>,
    #[config(nested)]
    pub build: Option<Build>,
    pub links: Option<String>,
    pub default_run: Option<String>,
    pub resolver: Option<String>,
    pub autolib: Option<bool>,
    pub autobins: Option<bool>,
    pub autoexamples: Option<bool>,
    pub autotests: Option<bool>,
    pub autobenches: Option<bool>,
    pub default_target: Option<String>,
    pub forced_target: Option<String>,
    pub metabuild: Option<Vec<String>>,
    pub implicit_features: Option<bool>,
    pub namespaced_features: Option<bool>,
    pub im_a_teapot: Option<bool>,
    /// What other tools keep here; cargo allows anything.
    pub metadata: Option<IgnoredAny>,
}

/// A path, or whether there is one.
#[derive(Debug)]
pub enum PathOrSwitch {
    Switch(bool),
    Path(String),
}

impl<'de> serde::Deserialize<'de> for PathOrSwitch {
    fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = PathOrSwitch;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a path, `true` or `false`")
            }

            fn visit_bool<E>(self, switch: bool) -> Result<PathOrSwitch, E> {
                Ok(PathOrSwitch::Switch(switch))
            }

            fn visit_str<E>(self, path: &str) -> Result<PathOrSwitch, E> {
                Ok(PathOrSwitch::Path(path.to_owned()))
            }
        }
        source.deserialize_any(Visitor)
    }
}

/// Whether a package may be published, or where.
#[derive(Debug, serde::Deserialize)]
#[serde(untagged)]
pub enum Publish {
    Anywhere(bool),
    Only(Vec<String>),
}

/// The build script or scripts, or whether there is one.
#[derive(Debug, Config)]
#[serde(untagged)]
pub enum Build {
    Switch(bool),
    Script(String),
    Scripts(Vec<String>),
}

/// The packages of a workspace, and what they share.
#[derive(Debug, Config)]
#[config(rename_all = "kebab-case")]
pub struct Workspace {
    #[config(default)]
    pub members: Vec<String>,
    pub default_members: Option<Vec<String>>,
    #[config(default)]
    pub exclude: Vec<String>,
    pub resolver: Option<String>,
    #[config(nested)]
    pub package: Option<WorkspacePackage>,
    #[config(nested, default)]
    pub dependencies: BTreeMap<String, Dependency>,
    #[config(nested)]
    pub lints: Option<Tools>,
    pub metadata: Option<IgnoredAny>,
}

/// What packages may inherit.
#[derive(Debug, Config)]
#[config(rename_all = "kebab-case")]
pub struct WorkspacePackage {
    pub version: Option<String>,
    pub authors: Option<Vec<String>>,
    pub edition: Option<String>,
    pub rust_version: Option<String>,
    pub description: Option<String>,
    pub documentation: Option<String>,
    pub readme: Option<PathOrSwitch>,
    pub homepage: Option<String>,
    pub repository: Option<String>,
    pub license: Option<String>,
    pub license_file: Option<String>,
    pub keywords: Option<Vec<String>>,
    pub categories: Option<Vec<String>>,
    pub exclude: Option<Vec<String>>,
    pub include: Option<Vec<String>>,
    pub publish: Option<Publish>,
}

/// The dependencies of a package, on all platforms or on one.
#[derive(Debug, Config)]
#[config(rename_all = "kebab-case")]
pub struct Dependencies {
    #[config(nested, default)]
    pub dependencies: BTreeMap<String, Dependency>,
    #[config(nested, default, alias = "dev_dependencies")]
    pub dev_dependencies: BTreeMap<String, Dependency>,
    #[config(nested, default, alias = "build_dependencies")]
    pub build_dependencies: BTreeMap<String, Dependency>,
}

/// What holds on some platforms.
#[derive(Debug, Config)]
pub struct Platform {
    #[config(flatten)]
    pub dependencies: Dependencies,
}

/// A dependency: the version alone, or a table.
#[allow(clippy::large_enum_variant, reason = "most dependencies of a manifest are tables")]
#[derive(Debug, Config)]
#[serde(untagged)]
pub enum Dependency {
    Version(String),
    #[config(rename_all = "kebab-case")]
    Detailed {
        version: Option<String>,
        registry: Option<String>,
        registry_index: Option<String>,
        path: Option<String>,
        base: Option<String>,
        git: Option<String>,
        branch: Option<String>,
        tag: Option<String>,
        rev: Option<String>,
        #[config(default)]
        features: Vec<String>,
        #[config(alias = "default_features")]
        default_features: Option<bool>,
        #[config(default = false)]
        optional: bool,
        package: Option<String>,
        workspace: Option<bool>,
        public: Option<bool>,
        #[config(nested)]
        artifact: Option<OneOrMany>,
        lib: Option<bool>,
        target: Option<String>,
    },
}

/// One text or several.
#[derive(Debug, Config)]
#[serde(untagged)]
pub enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

/// Something that cargo builds.
#[derive(Debug, Config)]
#[config(rename_all = "kebab-case")]
pub struct Target {
    pub name: Option<String>,
    pub path: Option<String>,
    pub filename: Option<String>,
    pub test: Option<bool>,
    pub doctest: Option<bool>,
    pub bench: Option<bool>,
    pub doc: Option<bool>,
    pub doc_scrape_examples: Option<bool>,
    pub plugin: Option<bool>,
    #[config(alias = "proc_macro")]
    pub proc_macro: Option<bool>,
    pub harness: Option<bool>,
    pub edition: Option<String>,
    #[config(default)]
    pub required_features: Vec<String>,
    #[config(alias = "crate_type")]
    pub crate_type: Option<Vec<String>>,
}

/// How a profile builds. Profiles of packages are profiles themselves.
#[derive(Debug, Config)]
#[config(rename_all = "kebab-case")]
pub struct Profile {
    #[config(nested)]
    pub opt_level: Option<Level>,
    #[config(nested)]
    pub debug: Option<Debug>,
    pub split_debuginfo: Option<String>,
    pub strip: Option<PathOrSwitch>,
    pub debug_assertions: Option<bool>,
    pub overflow_checks: Option<bool>,
    pub lto: Option<PathOrSwitch>,
    pub panic: Option<Panic>,
    pub incremental: Option<bool>,
    #[config(validate(range(min = 1)))]
    pub codegen_units: Option<u32>,
    pub codegen_backend: Option<String>,
    pub rpath: Option<bool>,
    pub rustflags: Option<Vec<String>>,
    pub trim_paths: Option<IgnoredAny>,
    pub hint_mostly_unused: Option<bool>,
    pub dir_name: Option<String>,
    /// The profile that this one is made from.
    pub inherits: Option<String>,
    #[config(nested, default)]
    pub package: BTreeMap<String, Profile>,
    #[config(nested)]
    pub build_override: Option<Box<Profile>>,
}

/// How much is optimised: a level, or what for.
#[derive(Debug, Config)]
#[serde(untagged)]
pub enum Level {
    Number(#[config(validate(range(0..=3)))] u8),
    For(String),
}

/// How much debug information there is.
#[derive(Debug, Config)]
#[serde(untagged)]
pub enum Debug {
    Switch(bool),
    Level(#[config(validate(range(0..=2)))] u8),
    Kind(String),
}

/// What a panic does.
#[derive(Debug, Config)]
#[config(rename_all = "kebab-case")]
pub enum Panic {
    Unwind,
    Abort,
    ImmediateAbort,
}

/// The lints of the workspace, or lints by tool.
#[derive(Debug, Config)]
#[serde(untagged)]
pub enum Lints {
    Workspace { workspace: bool },
    Own(#[config(nested)] Tools),
}

/// Lints by tool, then by name.
pub type Tools = BTreeMap<String, BTreeMap<String, Lint>>;

/// What a lint does: a level alone, or a table in which its own settings may stand.
#[derive(Debug, Config)]
#[serde(untagged)]
pub enum Lint {
    Level(LintLevel),
    Detailed(#[config(nested)] LintDetails),
}

/// How a lint is told.
#[derive(Debug, Config)]
#[config(rename_all = "lowercase")]
pub enum LintLevel {
    Allow,
    Warn,
    Deny,
    Forbid,
}

/// A lint with settings of its own, which cargo does not look at.
#[derive(Debug, Config)]
#[config(unknown_keys = "allow")]
pub struct LintDetails {
    pub level: LintLevel,
    #[config(default = 0)]
    pub priority: i8,
}

/// What cargo may use to build faster.
#[derive(Debug, Config)]
#[config(rename_all = "kebab-case")]
pub struct Hints {
    pub mostly_unused: Option<bool>,
}
