//! Files that change under a running program, in folders of their own. Tests wait for what happens, not for a time.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use confkit::live::{Builder, Live, State, Subscription, Wait};
use confkit::{Code, Config};
use tempfile::TempDir;

use super::Settings;

/// Longer than any test waits.
const AGES: Duration = Duration::from_secs(60);
/// A pause of a program that writes slowly: much shorter than the quiet that is waited for.
const PAUSE: Duration = Duration::from_millis(30);

struct Folder(TempDir);

impl Folder {
    fn new(text: &str) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        fs::write(folder.file(), text).unwrap();
        folder
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn file(&self) -> PathBuf {
        self.path().join("app.toml")
    }

    /// Puts a text in place of the file in one step, as editors and deployments do.
    fn replace(&self, text: &str) {
        let next = self.path().join("app.toml.new");
        fs::write(&next, text).unwrap();
        fs::rename(next, self.file()).unwrap();
    }

    fn live(&self) -> Builder<Settings> {
        let loader = Settings::loader().root(self.path()).file("app.toml");
        loader.live().quiet(Duration::from_millis(100))
    }
}

/// The next port, however long it takes.
fn next_port(updates: &mut Subscription<Settings>) -> u16 {
    match updates.wait(AGES) {
        Wait::Update(update) => update.new().port,
        other => panic!("{other:?}"),
    }
}

/// Waits for a state.
fn until(live: &Live<Settings>, is_so: impl Fn(&State) -> bool) -> State {
    let begun = std::time::Instant::now();
    loop {
        let state = live.state();
        if is_so(&state) {
            return state;
        }
        assert!(begun.elapsed() < AGES, "{state}");
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_file_that_rests_is_read_every_so_often_however_long_the_quiet_time_is() {
    let folder = Folder::new("port = 1\n");
    let hour = Duration::from_secs(3600);
    let live = folder.live().quiet(hour).poll(Duration::from_millis(10)).start().unwrap();
    let mut updates = live.subscribe();
    fs::write(folder.file(), "port = 2\n").unwrap();
    assert_eq!(next_port(&mut updates), 2);
    // One that is gone is not waited for any longer.
    fs::remove_file(folder.file()).unwrap();
    until(&live, |state| matches!(state, State::Stale { .. }));
}

#[test]
fn every_one_of_many_files_that_are_renamed_into_place_is_seen() {
    let folder = Folder::new("port = 1\n");
    let live = folder.live().quiet(Duration::from_millis(5)).start().unwrap();
    let mut updates = live.subscribe();
    for port in 2..=100 {
        folder.replace(&format!("port = {port}\n"));
        assert_eq!(next_port(&mut updates), port);
    }
    assert_eq!(live.counts().refusals, 0);
}

#[test]
fn of_very_many_changes_the_last_wins() {
    let folder = Folder::new("port = 1\n");
    let live = folder.live().start().unwrap();
    let mut updates = live.subscribe();
    for port in 2..=2000 {
        folder.replace(&format!("port = {port}\n"));
    }
    while next_port(&mut updates) != 2000 {}
    assert!(live.counts().reloads < 100, "{:?}", live.counts());
    assert_eq!(live.counts().refusals, 0);
}

#[test]
fn a_file_that_is_emptied_and_then_written_is_one_change() {
    let folder = Folder::new("port = 1\n");
    let live = folder.live().start().unwrap();
    let mut updates = live.subscribe();
    for port in 2..=4 {
        fs::write(folder.file(), "").unwrap();
        thread::sleep(PAUSE * 5);
        fs::write(folder.file(), format!("port = {port}\n")).unwrap();
        // Nobody sees the default.
        assert_eq!(next_port(&mut updates), port);
    }
    assert_eq!((live.revision(), live.counts().refusals), (4, 0));
}

#[test]
fn a_file_that_is_written_in_chunks_is_read_when_it_rests() {
    use std::io::Write as _;
    let folder = Folder::new("port = 1\n");
    let live = folder.live().start().unwrap();
    let mut updates = live.subscribe();
    let mut file = fs::File::create(folder.file()).unwrap();
    // Each part makes a document, and the one without the last is another one.
    for chunk in ["port = 2", "2", "2\nworkers = 1", "6\n"] {
        file.write_all(chunk.as_bytes()).unwrap();
        file.flush().unwrap();
        thread::sleep(PAUSE);
    }
    let Wait::Update(update) = updates.wait(AGES) else { panic!() };
    assert_eq!((update.new().port, update.new().workers, update.revision()), (222, 16, 2));
}

#[cfg(unix)]
#[test]
fn a_mounted_folder_whose_link_is_swapped_is_followed_every_time() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let fill = |version: &str, port: u16| {
        fs::create_dir(at(version)).unwrap();
        fs::write(at(version).join("app.toml"), format!("port = {port}\n")).unwrap();
    };
    fill("..1", 1);
    symlink("..1", at("..data")).unwrap();
    symlink("..data/app.toml", at("app.toml")).unwrap();
    let loader = Settings::loader().root(folder.path()).file("app.toml");
    let live = loader.live().quiet(Duration::from_millis(5)).start().unwrap();
    let mut updates = live.subscribe();
    for port in 2..=100 {
        fill(&format!("..{port}"), port);
        symlink(format!("..{port}"), at("..data_tmp")).unwrap();
        fs::rename(at("..data_tmp"), at("..data")).unwrap();
        fs::remove_dir_all(at(&format!("..{}", port - 1))).unwrap();
        assert_eq!(next_port(&mut updates), port);
    }
    assert_eq!(live.counts().refusals, 0);
}

#[test]
fn a_file_that_is_gone_for_a_moment_is_not_missed() {
    let folder = Folder::new("port = 1\n");
    let live = folder.live().start().unwrap();
    let mut updates = live.subscribe();
    fs::remove_file(folder.file()).unwrap();
    thread::sleep(PAUSE * 5);
    fs::write(folder.file(), "port = 2\n").unwrap();
    assert_eq!(next_port(&mut updates), 2);
    assert_eq!(live.counts().refusals, 0);
}

#[test]
fn a_file_that_is_gone_leaves_the_settings_stale_and_is_seen_when_it_returns() {
    let folder = Folder::new("port = 1\n");
    let live = folder.live().start().unwrap();
    live.on_refused(|report| assert_eq!(report.problems()[0].code(), Code::NotFound)).detach();
    let mut updates = live.subscribe();
    fs::remove_file(folder.file()).unwrap();
    until(&live, |state| matches!(state, State::Stale { .. }));
    assert_eq!(live.get().port, 1);
    fs::write(folder.file(), "port = 2\n").unwrap();
    assert_eq!(next_port(&mut updates), 2);
    until(&live, |state| matches!(state, State::Ready));
    assert_eq!(live.counts().panics, 0);
}

#[test]
fn the_whole_folder_may_be_replaced() {
    let outer = tempfile::tempdir().unwrap();
    let inner = outer.path().join("conf");
    let fill = |port: u16| {
        fs::create_dir(&inner).unwrap();
        fs::write(inner.join("app.toml"), format!("port = {port}\n")).unwrap();
    };
    fill(1);
    let live = Settings::loader().root(&inner).file("app.toml").watch().unwrap();
    let mut updates = live.subscribe();
    for port in 2..=4 {
        fs::remove_dir_all(&inner).unwrap();
        fill(port);
        assert_eq!(next_port(&mut updates), port);
    }
}

#[test]
fn a_bad_edit_is_refused_and_the_next_good_one_heals() {
    let folder = Folder::new("port = 1\n");
    let live = folder.live().start().unwrap();
    live.on_refused(|_| ()).detach();
    let mut updates = live.subscribe();
    folder.replace("port = 'http'\n");
    let state = until(&live, |state| matches!(state, State::Stale { .. }));
    assert!(state.to_string().contains("app.toml:1:8"), "{state}");
    folder.replace("port = 2\n");
    assert_eq!(next_port(&mut updates), 2);
}

#[test]
fn files_that_were_not_there_and_folders_that_are_listed_are_watched_too() {
    let folder = Folder::new("port = 1\n");
    fs::create_dir(folder.path().join("conf.d")).unwrap();
    let loader = Settings::loader().root(folder.path()).file("app.toml").optional_file("local.toml");
    let live = loader.dir("conf.d").watch().unwrap();
    let mut updates = live.subscribe();
    fs::write(folder.path().join("local.toml"), "port = 2\n").unwrap();
    assert_eq!(next_port(&mut updates), 2);
    fs::write(folder.path().join("conf.d/50-port.toml"), "port = 3\n").unwrap();
    assert_eq!(next_port(&mut updates), 3);
    fs::remove_file(folder.path().join("conf.d/50-port.toml")).unwrap();
    assert_eq!(next_port(&mut updates), 2);
}

#[test]
fn without_signals_the_content_is_looked_at_every_so_often() {
    // A source that says nothing stands for a file system that is silent.
    let page = super::Page::new("port = 1\n");
    let builder = Settings::loader().source(page.clone()).live().poll(Duration::from_millis(10));
    let live = builder.start().unwrap();
    let mut updates = live.subscribe();
    page.write("port = 2\n");
    assert_eq!(next_port(&mut updates), 2);
    assert_eq!(live.revision(), 2);
}

#[test]
fn reading_is_no_change_and_neighbours_are_none() {
    let folder = Folder::new("port = 1\n");
    let live = folder.live().quiet(Duration::from_millis(1)).start().unwrap();
    let mut updates = live.subscribe();
    let before = live.counts().reloads;
    for n in 0..500 {
        fs::read(folder.file()).unwrap();
        fs::write(folder.path().join(format!("neighbour-{n}")), "x").unwrap();
    }
    folder.replace("port = 2\n");
    assert_eq!(next_port(&mut updates), 2);
    // The file itself alone was a reason to read, once or, where it was caught in between, a few times.
    assert!(live.counts().reloads - before <= 5, "{:?}", live.counts());
}

#[test]
fn nothing_is_read_after_the_end() {
    let folder = Folder::new("port = 1\n");
    let live = folder.live().quiet(Duration::from_millis(1)).start().unwrap();
    live.close();
    let before = live.counts();
    folder.replace("port = 2\n");
    assert_eq!((live.get().port, live.counts()), (1, before));
}

#[test]
fn of_several_files_each_is_what_it_is_now() {
    let folder = Folder::new("port = 1\n");
    let second = folder.path().join("second.toml");
    fs::write(&second, "workers = 2\n").unwrap();
    let loader = Settings::loader().root(folder.path()).file("app.toml").file("second.toml");
    let live = loader.live().quiet(AGES).poll(Duration::MAX).start().unwrap();
    let place = |path: &str| live.explain(path).unwrap().origin().to_string();

    folder.replace("port = 2\n");
    live.reload().unwrap();
    assert_eq!((live.get().port, live.get().workers), (2, 2));
    assert_eq!((place("port"), place("workers")), ("app.toml:1:8".to_owned(), "second.toml:1:11".to_owned()));

    // The same values at other places are no change, and are found there.
    fs::write(&second, "# few\nworkers = 2\n").unwrap();
    live.reload().unwrap();
    assert_eq!((live.revision(), place("workers")), (2, "second.toml:2:11".to_owned()));

    // What was taken out of one file comes from the one below it.
    fs::write(&second, "port = 3\n").unwrap();
    live.reload().unwrap();
    assert_eq!((live.get().port, live.get().workers), (3, 4));
    fs::write(&second, "workers = 2\n").unwrap();
    live.reload().unwrap();
    assert_eq!((live.get().port, live.get().workers), (2, 2));
}

#[test]
#[cfg(unix)]
fn a_pipe_in_place_of_a_file_holds_nothing_up() {
    let folder = Folder::new("port = 1\n");
    let live = folder.live().start().unwrap();
    fs::remove_file(folder.file()).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(folder.file()).status().unwrap().success());
    insta::assert_snapshot!(live.reload().unwrap_err());
    fs::remove_file(folder.file()).unwrap();
    fs::write(folder.file(), "port = 2\n").unwrap();
    assert_eq!(next_port(&mut live.subscribe()), 2);
}
