//! The system in memory: a whole declared stack without files, variables or arguments.

use std::io::ErrorKind;
use std::path::Path;

use confkit::{Config, File, Format, Origin, OriginKind, Position, System};

#[test]
fn files_and_variables_in_memory() {
    let system =
        System::memory().root("/app").file("a.toml", "x").file("/etc/b.toml", "y").var("NAME", "value");
    assert!(!system.is_real());
    assert!(System::real().is_real());
    assert_eq!(system.read(Path::new("a.toml")).unwrap(), b"x");
    assert_eq!(system.read(Path::new("/app/./sub/../a.toml")).unwrap(), b"x");
    assert_eq!(system.read(Path::new("/etc/b.toml")).unwrap(), b"y");
    assert_eq!(system.read(Path::new("b.toml")).unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(system.read(Path::new("/etc")).unwrap_err().kind(), ErrorKind::IsADirectory);
    assert_eq!(system.variable("NAME").unwrap(), "value");
    assert_eq!(system.variable("name"), None);
    assert_eq!(system.variables().len(), 1);
    assert_eq!(system.working_directory().unwrap(), Path::new("/app"));
    assert_eq!(system.names(Path::new("/etc")), ["b.toml"]);
    assert!(system.names(Path::new("/nowhere")).is_empty());
}

#[test]
fn files_over_a_limit_are_not_read() {
    let system = System::memory().file("a", "12345");
    assert_eq!(system.read_up_to(Path::new("a"), 5).unwrap(), b"12345");
    assert_eq!(system.read_up_to(Path::new("a"), 4).unwrap_err().kind(), ErrorKind::FileTooLarge);
}

#[test]
fn a_system_is_copied_when_it_changes() {
    let one = System::memory().var("A", "1");
    let two = one.clone().var("A", "2").var("B", "3");
    assert_eq!(one.variable("A").unwrap(), "1");
    assert_eq!(one.variable("B"), None);
    assert_eq!(two.variable("A").unwrap(), "2");
}

#[test]
fn debug_shows_no_content() {
    let system = System::memory().file("a", "hunter2").var("PASSWORD", "hunter2");
    assert!(!format!("{system:?}").contains("hunter2"));
}

#[test]
fn a_whole_declared_stack_runs_in_memory() {
    #[derive(Config)]
    #[config(
        env_prefix = "A",
        profile_env = "A_PROFILE",
        file = "base.toml",
        optional_file = "{profile}.toml"
    )]
    struct Settings {
        port: u16,
        host: String,
        token: confkit::Secret<String>,
    }
    let system = System::memory()
        .root("/srv")
        .file("base.toml", "port = 1\nhost = 'base'")
        .file("dev.toml", "host = 'dev'")
        .file("/run/token", "t\n")
        .var("A_PROFILE", "dev")
        .var("A_PORT", "2")
        .var("A_TOKEN_FILE", "/run/token");
    let loaded = Settings::loader().system(system).declared().load_traced().unwrap();
    assert_eq!((loaded.port, loaded.host.as_str(), loaded.token.expose().as_str()), (2, "dev", "t"));
    assert!(
        loaded.warnings().is_empty(),
        "the variable that chooses the profile is known: {:?}",
        loaded.warnings()
    );
}

#[test]
fn origins_are_written_as_reports_show_them() {
    let at = |line, column| Position { line, column };
    let file = Origin::new(OriginKind::File, "a.toml").with_positions(at(5, 8), at(5, 10));
    assert_eq!(file.to_string(), "a.toml:5:8");
    assert_eq!(
        (file.source(), file.line(), file.column(), file.end().map(|end| end.column)),
        ("a.toml", Some(5), Some(8), Some(10))
    );
    assert_eq!(Origin::variable("A_PORT").to_string(), "environment variable A_PORT");
    assert_eq!(Origin::variable("A_PORT").key(), Some("A_PORT"));
    assert_eq!(Origin::argument("--port").to_string(), "--port");
    assert_eq!(Origin::default_value().to_string(), "default");
    assert_eq!(Origin::new(OriginKind::Provider, "p").with_key("k").to_string(), "p (k)");
    let kinds = [
        OriginKind::Default,
        OriginKind::File,
        OriginKind::Text,
        OriginKind::Variable,
        OriginKind::Argument,
        OriginKind::Code,
        OriginKind::Provider,
        OriginKind::Source,
    ];
    assert_eq!(
        kinds.map(OriginKind::as_str),
        ["default", "file", "text", "variable", "argument", "code", "provider", "source"]
    );
    assert_eq!(file.as_str(), "file");
}

#[test]
fn formats_and_files() {
    assert_eq!(Format::Toml.as_str(), "toml");
    assert_eq!(Format::of_path(Path::new("x/A.TOML")), Some(Format::Toml));
    assert_eq!(Format::of_path(Path::new(".toml")), None);
    let file = File::new("a.toml").optional();
    assert_eq!((file.path(), file.is_required()), ("a.toml", false));
}
