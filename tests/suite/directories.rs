//! Files that are found: all of a directory, where platforms keep settings, and upwards.

use confkit::{Code, Config, Loader, Report, Stack, System, testing};

#[derive(Debug, Config)]
#[config(profile_env = "A_PROFILE", file = "app.toml", optional_dir = "conf.d", optional_file = "last.toml")]
struct Settings {
    #[config(default = 1)]
    port: u16,
    #[config(default = "none")]
    host: String,
    #[config(default)]
    hosts: Vec<String>,
}

fn files(files: &[(&str, &str)]) -> System {
    files.iter().fold(System::memory().file("app.toml", ""), |system, (path, text)| system.file(path, text))
}

fn loader(system: System) -> Loader<Settings> {
    Settings::loader().system(system)
}

fn places(loaded: &confkit::Loaded<Settings>, path: &str) -> Vec<String> {
    let why = loaded.explain(path).unwrap();
    let shadowed = why.shadowed().iter().map(|one| one.origin().to_string());
    std::iter::once(why.origin().to_string()).chain(shadowed).collect()
}

#[test]
fn each_file_of_a_directory_is_a_layer_in_the_order_of_names() {
    let system = files(&[
        ("app.toml", "port = 1"),
        ("conf.d/9.toml", "port = 9"),
        ("conf.d/10.json", "{\"port\": 10}"),
        ("conf.d/B.yaml", "port: 11"),
        ("conf.d/a.ini", "port = 12"),
        ("last.toml", "host = 'last'"),
    ]);
    let loaded = loader(system).declared().load_traced().unwrap();
    assert_eq!((loaded.port, loaded.host.as_str()), (12, "last"));
    let order = [
        "conf.d/a.ini:1:8",
        "conf.d/B.yaml:1:7",
        "conf.d/9.toml:1:8",
        "conf.d/10.json:1:10",
        "app.toml:1:8",
        "default",
    ];
    assert_eq!(places(&loaded, "port"), order);
}

#[test]
fn what_is_no_configuration_is_passed_over() {
    let system = files(&[
        ("conf.d/.hidden.toml", "port = 'x'"),
        ("conf.d/a.toml~", "port = 'x'"),
        ("conf.d/#a.toml#", "port = 'x'"),
        ("conf.d/.#a.toml", "port = 'x'"),
        ("conf.d/a.toml.rpmsave", "port = 'x'"),
        ("conf.d/a.toml.dpkg-dist", "port = 'x'"),
        ("conf.d/a.toml.bak", "port = 'x'"),
        ("conf.d/a.toml.swp", "port = 'x'"),
        ("conf.d/README", "x"),
        ("conf.d/README.md", "x"),
        ("conf.d/inner.toml/a.toml", "port = 'x'"),
        ("conf.d/a.toml", "port = 2"),
    ]);
    assert_eq!(loader(system).declared().load().unwrap().port, 2);
}

#[test]
fn faults_are_told_at_each_file() {
    let system = files(&[
        ("conf.d/a.toml", "port = \n"),
        ("conf.d/b.toml", "prot = 1"),
        ("conf.d/c.yaml", "port: many"),
        ("conf.d/d.json", "{\"host\": 3}"),
    ]);
    let result = loader(system).declared().load();
    testing::assert_codes(&result, &[Code::Syntax, Code::UnknownKey, Code::Type, Code::Type]);
    insta::assert_snapshot!(result.unwrap_err());
}

#[test]
fn a_directory_may_have_to_be_there() {
    let load = |loader: Loader<Settings>| loader.load().map(|settings| settings.port);
    assert_eq!(load(loader(files(&[])).optional_dir("conf.d")).unwrap(), 1);
    let report = load(loader(files(&[])).dir("conf.d")).unwrap_err();
    assert_eq!(report.problems()[0].code(), Code::NotFound);
    insta::assert_snapshot!(report);
    let report = load(loader(files(&[])).optional_dir("app.toml")).unwrap_err();
    assert_eq!(report.problems()[0].message(), "the directory app.toml cannot be read: not a directory");
    let system = files(&[("/etc/app/conf.d/a.toml", "port = 2")]);
    assert_eq!(load(loader(system.clone()).root("/etc/app").dir("conf.d")).unwrap(), 2);
    assert_eq!(load(loader(system).dir("/etc/app/conf.d")).unwrap(), 2);
}

#[test]
fn the_profile_may_choose_the_directory() {
    let system = files(&[("conf.d/dev/a.toml", "port = 2"), ("conf.d/default/a.toml", "port = 3")]);
    let load = |profile: &str| -> Result<u16, Report> {
        let loader = loader(system.clone()).optional_dir("conf.d/{profile}");
        loader.profile(profile).load().map(|settings| settings.port)
    };
    assert_eq!((load("dev").unwrap(), load("default").unwrap()), (2, 3));
    let report = load("dve").unwrap_err();
    assert_eq!(
        (report.problems()[0].code(), report.problems()[0].suggestion()),
        (Code::Profile, Some("dev"))
    );
    let report = load("..").unwrap_err();
    testing::assert_codes(&Err::<(), _>(report), &[Code::Profile]);
}

#[test]
fn modules_of_a_stack_share_a_directory() {
    #[derive(Debug, Config)]
    struct Http {
        port: u16,
    }
    let system = files(&[("conf.d/a.toml", "[http]\nport = 80"), ("conf.d/b.toml", "[htpp]\nport = 81")]);
    let layers = Stack::new().system(system).dir("conf.d").read().unwrap();
    assert_eq!(layers.load::<Http>("http").unwrap().port, 80);
    let report = layers.finish().unwrap_err();
    assert_eq!(report.problems()[0].origin().unwrap().to_string(), "conf.d/b.toml:1:2");
}

#[test]
fn each_load_looks_again() {
    let folder = tempfile::tempdir().unwrap();
    let conf = folder.path().join("conf.d");
    std::fs::create_dir(&conf).unwrap();
    let loader = Settings::loader().root(folder.path()).dir("conf.d");
    assert_eq!(loader.load().unwrap().port, 1);
    std::fs::write(conf.join("a.toml"), "port = 2").unwrap();
    assert_eq!(loader.load().unwrap().port, 2);
    std::fs::write(conf.join("b.toml"), "port = 3").unwrap();
    assert_eq!(loader.load().unwrap().port, 3);
    std::fs::remove_file(conf.join("b.toml")).unwrap();
    assert_eq!(loader.load().unwrap().port, 2);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("a.toml", conf.join("c.toml")).unwrap();
        std::os::unix::fs::symlink("nowhere.toml", conf.join("d.toml")).unwrap();
        let loaded = loader.load_traced().unwrap();
        let origin = loaded.explain("port").unwrap().origin().to_string();
        assert_eq!(origin, "conf.d/c.toml:1:8", "links are followed, and one that leads nowhere is absent");
    }
}

#[test]
fn platforms_keep_settings_in_known_places() {
    let text = |n: u16| format!("port = {n}");
    let system = System::memory()
        .file("/etc/xdg/app/a.toml", text(1))
        .file("/opt/one/app/a.toml", text(2))
        .file("/opt/two/app/a.toml", text(3))
        .file("/home/ada/.config/app/a.toml", text(4))
        .file("/home/ada/own/app/a.toml", text(5))
        .file("relative/app/a.toml", text(6));
    let places = |vars: &[(&str, &str)]| {
        let system = vars.iter().fold(system.clone(), |system, (name, value)| system.var(name, value));
        let loaded = loader(system).search("app", "a.toml").load_traced().unwrap();
        let mut places = places(&loaded, "port");
        places.pop();
        places.iter().map(|place| place.trim_end_matches("/app/a.toml:1:8").to_owned()).collect::<Vec<_>>()
    };
    let home = ("HOME", "/home/ada");
    assert_eq!(places(&[]), ["/etc/xdg"]);
    assert_eq!(places(&[home]), ["/home/ada/.config", "/etc/xdg"]);
    assert_eq!(places(&[home, ("XDG_CONFIG_HOME", "/home/ada/own")]), ["/home/ada/own", "/etc/xdg"]);
    assert_eq!(places(&[home, ("XDG_CONFIG_HOME", "")]), ["/home/ada/.config", "/etc/xdg"]);
    let dirs = ("XDG_CONFIG_DIRS", "/opt/one:relative:/opt/two");
    assert_eq!(
        places(&[home, dirs]),
        ["/home/ada/.config", "/opt/one", "/opt/two"],
        "the first one goes before"
    );
}

#[test]
fn a_missing_setting_belongs_to_the_user_s_own_file() {
    #[derive(Debug, Config)]
    struct Needs {
        port: u16,
    }
    let system = System::memory().var("HOME", "/home/ada");
    let report = Needs::loader().system(system).search("app", "{profile}.toml").load().unwrap_err();
    assert_eq!(report.problems()[0].help(), Some("set `port` in /home/ada/.config/app/{profile}.toml"));
}

#[test]
fn the_nearest_file_is_found_upwards_within_the_project() {
    let system = |root: &str| {
        System::memory()
            .root(root)
            .file("/projects/a.toml", "port = 9")
            .file("/projects/app/.git/HEAD", "")
            .file("/projects/app/a.toml", "port = 2")
            .file("/projects/app/inner/dev.toml", "port = 3")
            .file("/projects/app/inner/deep/x", "")
            .file("/projects/app/a/b/a.toml/x", "")
            .file("/projects/other/.git", "gitdir: ../elsewhere")
            .file("/projects/other/x", "")
    };
    let load = |root: &str| {
        let loaded = loader(system(root)).upwards("a.toml").load_traced().unwrap();
        (loaded.port, places(&loaded, "port").remove(0))
    };
    let found = (2, "/projects/app/a.toml:1:8".to_owned());
    for root in [
        "/projects/app",
        "/projects/app/inner",
        "/projects/app/inner/deep",
        "/projects/app/a/b",
        "/projects/app/none/..",
    ] {
        assert_eq!(load(root), found, "{root}");
    }
    assert_eq!(load("/projects/other"), (1, "default".to_owned()), "it ends with the project");
    assert_eq!(load("/projects/none"), (9, "/projects/a.toml:1:8".to_owned()), "or with the file system");
    let loader = loader(system("/projects")).root("app/inner/deep").upwards("{profile}.toml").profile("dev");
    assert_eq!(loader.load().unwrap().port, 3);
}

#[test]
fn nothing_is_looked_for_upwards_unless_asked() {
    let system =
        System::memory().root("/a/b").file("/a/app.toml", "port = 2").file("/a/conf.d/a.toml", "port = 3");
    assert!(loader(system.clone()).declared().load().is_err());
    assert_eq!(loader(system).optional_file("app.toml").optional_dir("conf.d").load().unwrap().port, 1);
}

#[test]
fn debug_shows_what_is_looked_for() {
    let stack = Stack::new()
        .dir("conf.d")
        .search("app", "a.toml")
        .upwards("b.toml")
        .secrets_dir("/run/s")
        .dotenv(".env");
    assert_eq!(format!("{stack:?}"), r#"["conf.d", "a.toml", "b.toml", "/run/s", ".env"]"#);
}
