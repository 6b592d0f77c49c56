//! The tests are in `suite/`, `ui/` and `reports/`. Here the code of the guide runs as doc tests.

/// Makes a page's code blocks doc tests.
#[cfg(doctest)]
macro_rules! pages {
    ($($name:ident $path:literal)*) => {$(
        #[doc = include_str!($path)]
        mod $name {}
    )*};
}

#[cfg(doctest)]
pages! {
    readme "../README.md"
    map "../docs/README.md"
    architecture "../docs/architecture.md"
    loading "../docs/guide/loading.md"
    keys "../docs/guide/keys.md"
    renames "../docs/guide/renames.md"
    compatibility "../docs/guide/compatibility.md"
    migrations "../docs/guide/migrations.md"
    formats "../docs/guide/formats.md"
    editing "../docs/guide/editing.md"
    environment "../docs/guide/environment.md"
    dotenv "../docs/guide/dotenv.md"
    directories "../docs/guide/directories.md"
    arguments "../docs/guide/arguments.md"
    clap_programs "../docs/guide/clap.md"
    commands "../docs/guide/commands.md"
    migrating_from_clap "../docs/guide/migrating-from-clap.md"
    profiles "../docs/guide/profiles.md"
    secrets "../docs/guide/secrets.md"
    schema "../docs/guide/schema.md"
    live "../docs/guide/live.md"
    changing_safely "../docs/guide/changing-safely.md"
    rollback "../docs/guide/rollback.md"
    events "../docs/guide/events.md"
    audit "../docs/guide/audit.md"
    rotation "../docs/guide/rotation.md"
    writing "../docs/guide/writing.md"
    differences "../docs/guide/differences.md"
    reports "../docs/guide/reports.md"
    troubleshooting "../docs/guide/troubleshooting.md"
    rules "../docs/guide/rules.md"
    migrating "../docs/guide/migrating-from-validator-and-garde.md"
    migrating_figment "../docs/guide/migrating-from-figment.md"
    migrating_config "../docs/guide/migrating-from-config.md"
    migrating_confique "../docs/guide/migrating-from-confique.md"
    migrating_dotenvy "../docs/guide/migrating-from-dotenvy.md"
    enums "../docs/guide/enums.md"
    merging "../docs/guide/merging.md"
    layers_and_figment "../docs/guide/layers-and-figment.md"
    generated "../docs/guide/generated.md"
    testing "../docs/guide/testing.md"
    layers "../docs/concepts/layers.md"
    origins "../docs/concepts/origins.md"
    text_to_value "../docs/concepts/text-to-value.md"
    integers_in_json_text "../docs/design/0007-integers-in-json-text.md"
}
