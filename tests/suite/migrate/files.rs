//! Files that are changed in place.

use confkit::migrate::{Files, Migrations, Plan};
use confkit::{Code, Config, System, Warnings};

use super::{Settings, V1, content, loader, on_disk};

fn diff(plan: &Plan) -> String {
    format!("{plan}\n{}", plan.diff())
}

#[test]
fn up_and_down_again() {
    let system = on_disk(V1);
    let migrated = Settings::loader().declared().system(system.clone()).warnings(Warnings::Ignore);
    let plan = Files::of(&migrated).up().unwrap();
    insta::assert_snapshot!(diff(&plan));
    plan.write().unwrap();
    assert_eq!(content(&system, "app.toml.v1.bak"), V1);
    assert_eq!(migrated.load().unwrap(), loader(V1).load().unwrap());
    assert!(Files::of(&migrated).up().unwrap().is_empty());
    let plan = Files::of(&migrated).down(1).unwrap();
    insta::assert_snapshot!("down", diff(&plan));
    plan.write().unwrap();
    assert_eq!(migrated.load().unwrap(), loader(V1).load().unwrap());
}

#[test]
fn files_of_all_profiles() {
    let system = on_disk(V1)
        .file("dev.toml", "# mine\ntimeout = 1\n")
        .file("live.toml", "version = 3\ntimeout = '1s'\n")
        .file("other.toml", "version = 2\ntimeout = 9\n");
    let files = Files::of(&Settings::loader().declared().system(system).profile("live")).file("more/x.toml");
    let report = files.up().unwrap_err();
    assert_eq!(report.problems()[0].code(), Code::NotFound);
    let system = on_disk(V1).file("dev.toml", "# mine\ntimeout = 1\n").file("live.toml", "version = 3\n");
    let files = Files::of(&Settings::loader().declared().system(system.clone()).profile("live"));
    let told: Vec<String> = files.status().unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "app.toml: version 1, to be brought to version 3",
            "live.toml: version 3, up to date",
            "dev.toml: version 1, to be brought to version 3",
        ],
    );
    files.up().unwrap().write().unwrap();
    assert_eq!(content(&system, "dev.toml"), "# mine\ntimeout = \"1s\"\nversion = 3\n");
    assert!(!system.exists("live.toml.v3.bak".as_ref()));
}

#[test]
fn an_edit_that_is_refused_is_told_with_its_file() {
    #[derive(Debug, Config)]
    #[config(optional_file = "app.yaml", optional_file = "b.yaml", version = 2, migrations = migrations)]
    struct Shared {}
    fn migrations() -> Migrations {
        Migrations::new().step(2, |step| step.rename("named.<key>.prot", "port"))
    }
    let system = System::memory().file("b.yaml", "named:\n  a: &a {prot: 1}\n  b: *a\n");
    let report = Files::of(&Shared::loader().declared().system(system)).up().unwrap_err();
    insta::assert_snapshot!(report);
}

#[test]
fn what_keeps_parts_from_becoming_one_is_told_of_the_part() {
    #[derive(Debug, Config)]
    #[config(optional_file = "app.toml", version = 2, migrations = migrations)]
    struct Listening {}
    fn migrations() -> Migrations {
        Migrations::new().step(2, |step| {
            step.split(
                "listen",
                ["host", "port"],
                |listen: String| Ok((listen, 80_u16)),
                |(host, port): (String, u16)| Ok(format!("{host}:{port}")),
            )
        })
    }
    let told = ["host = 'a'\n", "host = 'a'\nport = 'many'\n"].map(|text| {
        let system = System::memory().file("app.toml", format!("version = 2\n{text}"));
        let report = Files::of(&Listening::loader().declared().system(system)).down(1).unwrap_err();
        report.to_string()
    });
    insta::assert_snapshot!(told.join("\n\n"));
}

#[test]
fn backups_are_not_overwritten_and_keep_their_rights() {
    let system = on_disk("listen = 'a:1'\n").file("app.toml.v1.bak", "old").mode("app.toml", 0o640);
    Files::of(&Settings::loader().declared().system(system.clone())).up().unwrap().write().unwrap();
    assert_eq!(content(&system, "app.toml.v1.bak"), "old");
    assert_eq!(content(&system, "app.toml.v1.2.bak"), "listen = 'a:1'\n");
    for path in ["app.toml", "app.toml.v1.2.bak"] {
        assert!(!system.status(path.as_ref()).unwrap().is_readable_by_others());
    }
}

#[test]
fn on_the_real_system_rights_and_links_stay() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.toml");
    std::fs::write(&path, V1).unwrap();
    #[cfg(unix)]
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o640)).unwrap();
    let loader = || Settings::loader().declared().root(folder.path());
    let plan = Files::of(&loader()).up().unwrap();
    std::fs::write(&path, format!("{V1}# more\n")).unwrap();
    let report = plan.write().unwrap_err();
    assert_eq!(report.problems()[0].message(), "app.toml has changed since the migration was planned");
    Files::of(&loader()).up().unwrap().write().unwrap();
    assert_eq!(loader().load().unwrap().pool.size, 8);
    let mut names: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["app.toml", "app.toml.v1.bak"]);
    #[cfg(unix)]
    for name in names {
        let mode = std::fs::metadata(folder.path().join(name)).unwrap().permissions();
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&mode) & 0o777, 0o640);
    }
}

#[test]
fn every_format_that_is_edited() {
    fn migrations() -> Migrations {
        Migrations::new().step(2, |step| {
            step.move_to("server.port", "port").rename("nmae", "name").map(
                "ratio",
                |percent: u32| Ok(format!("{percent}%")),
                |text: String| Ok(text.trim_end_matches('%').parse::<u32>()?),
            )
        })
    }
    #[derive(Debug, Config)]
    #[config(version = 2, migrations = migrations)]
    struct Settings {
        #[expect(dead_code, reason = "only texts are looked at")]
        port: u16,
    }
    let texts = [
        ("app.toml", "version = 1\nnmae = 'x' # called so\nratio = 5\n[server] # who\nport = 80 # tcp\n"),
        ("app.yaml", "version: 1\nnmae: x # called so\nratio: 5\nserver: # who\n  port: 80 # tcp\n"),
        (
            "app.json",
            "{\n  \"version\": 1,\n  \"nmae\": \"x\",\n  \"ratio\": 5,\n  \"server\": { \"port\": 80 }\n}\n",
        ),
        (
            "app.json5",
            "{\n  version: 1,\n  nmae: 'x', // called so\n  ratio: 5,\n  server: { port: 80 },\n}\n",
        ),
        ("app.ini", "version = 1\n; called so\nnmae = x\nratio = 5\n\n[server]\n; tcp\nport = 80\n"),
        ("app.properties", "version = 1\n# called so\nnmae = x\nratio = 5\nserver.port = 80\n"),
    ];
    let mut told = String::new();
    for (name, text) in texts {
        let system = System::memory().file(name, text);
        let files = Files::of(&Settings::loader().system(system.clone())).file(name);
        let plan = files.up().unwrap_or_else(|report| panic!("{name}: {report}"));
        told.push_str(&plan.diff());
        plan.write().unwrap();
        files.down(1).unwrap_or_else(|report| panic!("{name}: {report}")).write().unwrap();
        told.push_str(&format!("back:\n{}\n", content(&system, name)));
    }
    insta::assert_snapshot!(told);
}

#[test]
fn formats_that_are_not_edited_are_refused() {
    let system = System::memory().file("app.ron", "(listen: \"a:1\")");
    let loader = Settings::loader().system(system).file("app.ron").warnings(Warnings::Ignore);
    assert_eq!(loader.load().unwrap().host, "a");
    insta::assert_snapshot!(Files::of(&loader).up().unwrap_err());
}

#[test]
fn a_comment_that_would_be_lost_keeps_the_file_as_it_is() {
    fn migrations() -> Migrations {
        Migrations::new().step(2, |step| step.move_to("users", "people.all"))
    }
    #[derive(Debug, Config)]
    #[config(version = 2, migrations = migrations)]
    struct Settings {}
    let system = System::memory().file("app.toml", "[[users]]\nname = 'ann' # here\n");
    let files = Files::of(&Settings::loader().system(system)).file("app.toml");
    insta::assert_snapshot!(files.up().unwrap_err());
}
