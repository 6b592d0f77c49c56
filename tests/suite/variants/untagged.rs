//! The first form that fits.

use super::*;

#[derive(Debug, PartialEq, Config)]
#[serde(untagged)]
enum Dependency {
    Version(String),
    Detailed {
        version: Option<String>,
        path: Option<String>,
        #[config(default)]
        features: Vec<String>,
    },
}

#[derive(Debug, PartialEq, Config)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(nested, default)]
    dependencies: BTreeMap<String, Dependency>,
    #[config(nested)]
    main: Option<Dependency>,
}

#[test]
fn the_first_form_that_fits_is_taken() {
    let settings: Settings =
        load("[dependencies]\nserde = '1'\nsyn = { version = '3', features = ['full'] }").unwrap();
    assert_eq!(settings.dependencies["serde"], Dependency::Version("1".into()));
    let Dependency::Detailed { version, features, .. } = &settings.dependencies["syn"] else { panic!() };
    assert_eq!((version.as_deref(), features.len()), (Some("3"), 1));
}

#[test]
fn layers_of_one_form_combine() {
    let base = "dependencies.a = { version = '1', path = 'x' }";
    let settings: Settings = over(&[base, "dependencies.a.version = '2'"]).unwrap();
    let expected = |version: &str| Dependency::Detailed {
        version: Some(version.into()),
        path: Some("x".into()),
        features: Vec::new(),
    };
    assert_eq!(settings.dependencies["a"], expected("2"));
    let settings: Settings = over(&[base, "dependencies.a = '2'"]).unwrap();
    assert_eq!(settings.dependencies["a"], Dependency::Version("2".into()));
    let settings: Settings = over(&["dependencies.a = '2'", base]).unwrap();
    assert_eq!(settings.dependencies["a"], expected("1"));
}

#[test]
fn the_nearest_form_is_judged() {
    let wrong = [
        "dependencies.a = 5",
        "dependencies.a = { version = 5 }",
        "dependencies.a = { vresion = '1', features = ['x', 3] }",
        "dependencies.a = []",
    ];
    let told = wrong.map(|text| format!("{text}\n{}", load::<Settings>(text).unwrap_err()));
    insta::assert_snapshot!(told.join("\n\n"));
}

#[test]
fn among_several_tables_the_nearest_is_named() {
    #[derive(Debug, Config)]
    #[serde(untagged)]
    #[expect(dead_code, reason = "only its problems matter")]
    enum Source {
        Registry { version: String, registry: Option<String> },
        Git { git: String, branch: Option<String> },
        Path { path: String },
    }
    #[derive(Debug, Config)]
    #[expect(dead_code, reason = "only its problems matter")]
    struct Settings {
        #[config(nested)]
        source: Source,
    }
    let wrong = ["source = { git = 'x', brunch = 'y' }", "source.path = 3", "source = {}", "source = 1"];
    let told = wrong.map(|text| format!("{text}\n{}", load::<Settings>(text).unwrap_err()));
    insta::assert_snapshot!(told.join("\n\n"));
}

#[test]
fn variables_fill_it() {
    let settings: Settings = env("", &[("APP_MAIN", "1.2")]).unwrap();
    assert_eq!(settings.main, Some(Dependency::Version("1.2".into())));
    let settings: Settings = env("main.path = 'p'", &[("APP_MAIN_VERSION", "1.2")]).unwrap();
    let Some(Dependency::Detailed { version, path, .. }) = settings.main else { panic!() };
    assert_eq!((version.as_deref(), path.as_deref()), (Some("1.2"), Some("p")));
}

#[test]
fn a_later_form_that_fits_exactly_is_taken_before_one_with_warnings() {
    #[derive(Debug, PartialEq, Config)]
    #[serde(untagged)]
    enum Either {
        A { x: u16 },
        B { x: u16, y: u16 },
        Nothing,
    }
    #[derive(Debug, PartialEq, Config)]
    #[config(unknown_keys = "warn")]
    struct Settings {
        #[config(nested)]
        it: Either,
    }
    assert_eq!(over::<Settings>(&["it = { x = 1, y = 2 }"]).unwrap().it, Either::B { x: 1, y: 2 });
    assert_eq!(load::<Settings>("it = { x = 1, z = 2 }").unwrap().it, Either::A { x: 1 });
}
