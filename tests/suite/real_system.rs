//! The system of the machine answers as the one in memory does.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use confkit::{Code, Config, System, testing};

/// A folder with `app.toml` and an empty `sub`, for as long as it is held.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("app.toml"), "port = 80\n").unwrap();
    std::fs::create_dir(folder.path().join("sub")).unwrap();
    folder
}

#[test]
fn files_are_read_and_listed() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    let memory = System::memory().file(path("app.toml"), "port = 80\n").file(path("sub/b.toml"), "");
    for system in [System::real(), memory] {
        assert_eq!(system.read(&path("app.toml")).unwrap(), b"port = 80\n", "{system:?}");
        assert_eq!(system.read_up_to(&path("app.toml"), 10).unwrap(), b"port = 80\n");
        assert_eq!(system.read_up_to(&path("app.toml"), 9).unwrap_err().kind(), ErrorKind::FileTooLarge);
        assert_eq!(system.read_up_to(&path("none"), 9).unwrap_err().kind(), ErrorKind::NotFound);
        assert_eq!(system.names(folder.path()), ["app.toml", "sub"]);
        assert!(system.names(&path("none")).is_empty());
        assert!(system.exists(&path("sub")) && !system.exists(&path("none")));
    }
    assert!(System::real().names(Path::new("")).contains(&"Cargo.toml".to_owned()), "here");
}

#[test]
fn variables_and_the_working_directory_are_those_of_the_process() {
    let system = System::real();
    let here = std::env::current_dir().unwrap();
    assert_eq!(system.working_directory().unwrap(), here);
    let path = std::env::var_os("PATH").unwrap();
    assert_eq!(system.variable("PATH"), Some(path.clone()));
    assert!(system.variables().contains(&("PATH".into(), path)));
    assert_eq!(system.variable("CONFKIT_THERE_IS_NO_SUCH_VARIABLE"), None);
    assert_eq!(system.arguments(), std::env::args_os().skip(1).collect::<Vec<_>>());
    let program = std::env::args_os().next().map(PathBuf::from).unwrap();
    assert_eq!(Some(system.program().as_str()), program.file_stem().and_then(|name| name.to_str()));
}

#[test]
fn what_memory_holds_is_not_put_on_the_machine() {
    let system = System::real().file("b.toml", "x").var("CONFKIT_NONE", "x").args(["x"]).root("/nowhere");
    assert!(system.is_real() && !system.exists(Path::new("b.toml")));
    assert_eq!(system.variable("CONFKIT_NONE"), None);
}

#[derive(Debug, Config)]
#[config(env_prefix = "CONFKIT_REAL_SYSTEM")]
struct Settings {
    port: u16,
}

#[test]
fn a_stack_of_real_files_loads_or_says_what_is_wrong() {
    let folder = folder();
    let load = |name: &str| {
        let loader = Settings::loader().file(folder.path().join(name).to_str().unwrap());
        loader.env().load().map(|settings| settings.port)
    };
    assert_eq!(load("app.toml").unwrap(), 80);
    let absent = load("none.toml");
    testing::assert_codes(&absent, &[Code::NotFound]);
    testing::assert_codes(&load("sub"), &[Code::Source]);
}

/// What is in a folder besides `sub`.
fn names(folder: &tempfile::TempDir) -> Vec<String> {
    System::real().names(folder.path()).into_iter().filter(|name| name != "sub").collect()
}

#[test]
fn files_are_written_whole() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    let memory = System::memory().file(path("app.toml"), "port = 80\n").file(path("sub/b.toml"), "");
    for system in [System::real(), memory] {
        system.write(&path("app.toml"), b"port = 8080\n", false).unwrap();
        system.write(&path("new.toml"), b"new", false).unwrap();
        assert_eq!(system.read(&path("app.toml")).unwrap(), b"port = 8080\n", "{system:?}");
        assert_eq!(system.read(&path("new.toml")).unwrap(), b"new");
        assert!(system.write(&path("sub"), b"", false).is_err(), "a directory stays one");
    }
    assert_eq!(names(&folder), ["app.toml", "new.toml"], "nothing else is left");
    let error = System::real().write(&path("none/app.toml"), b"", false).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
}

#[test]
fn a_copy_of_a_system_in_memory_is_not_written_to() {
    let one = System::memory().file("a", "1");
    let (same, copy) = (one.clone(), one.clone().var("A", "1"));
    one.write(Path::new("a"), b"2", false).unwrap();
    assert_eq!(
        (same.read(Path::new("a")).unwrap(), copy.read(Path::new("a")).unwrap()),
        (b"2".to_vec(), b"1".to_vec())
    );
}

#[cfg(unix)]
#[test]
fn written_files_keep_their_rights_and_links() {
    use std::fs::Permissions;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    let mode = |name: &str| std::fs::metadata(path(name)).unwrap().permissions().mode() & 0o777;
    std::fs::set_permissions(path("app.toml"), Permissions::from_mode(0o640)).unwrap();
    symlink("app.toml", path("link.toml")).unwrap();
    System::real().write(&path("link.toml"), b"port = 1\n", true).unwrap();
    assert!(path("link.toml").is_symlink());
    assert_eq!(std::fs::read(path("app.toml")).unwrap(), b"port = 1\n");
    assert_eq!(mode("app.toml"), 0o640);
    symlink("nowhere.toml", path("dangling.toml")).unwrap();
    let error = System::real().write(&path("dangling.toml"), b"port = 1\n", false).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert!(path("dangling.toml").is_symlink());
    System::real().write(&path("private.toml"), b"", true).unwrap();
    assert_eq!(mode("private.toml"), 0o600);
    System::real().write(&path("public.toml"), b"", false).unwrap();
    assert_ne!(mode("public.toml") & 0o044, 0, "as the process creates files");
}
