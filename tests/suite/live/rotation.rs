//! Secrets that rotate: what is accepted, who is told, and what is kept.

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::{Duration, SystemTime};

use confkit::live::{
    Builder, Event, EventKind, Expiry, Handle, Health, Hook, Outcome, Phase, Rotating, Rotation, Update,
};
use confkit::{Config, Secret, SecretString, System};

use super::{Page, Time};

const MINUTE: Duration = Duration::from_secs(60);

#[derive(Debug, PartialEq, Config)]
struct Settings {
    #[config(default = 80)]
    port: u16,
    #[config(default, alias = "signingkey")]
    signing_key: SecretString,
    #[config(nested)]
    database: Database,
    #[config(nested, default)]
    users: Vec<User>,
    #[config(default, secret(plain))]
    legacy: String,
}

#[derive(Debug, Clone, PartialEq, Config)]
struct Database {
    #[config(default)]
    user: String,
    #[config(default, validate(|word| { word.expose() != "panic" }, "must be a password"))]
    password: Secret<String>,
}

#[derive(Debug, PartialEq, Config)]
struct User {
    name: String,
    token: Secret<String>,
}

fn over(page: &Page, time: &Time) -> Builder<Settings> {
    Settings::loader().system(System::memory()).source(page.clone()).live().clock(time.clock())
}

fn signing_key(settings: &Settings) -> &SecretString {
    &settings.signing_key
}

fn key(word: &str) -> String {
    format!("signing_key = '{word}'\n")
}

fn keys(live: &Handle<Settings>, grace: Duration) -> Rotating<SecretString> {
    live.rotating("signing_key", grace, signing_key).unwrap()
}

/// What is accepted, the newest first.
fn accepted(keys: &Rotating<SecretString>) -> String {
    let all: Vec<String> = keys.accepted().map(|key| key.expose().to_owned()).collect();
    assert_eq!(all[0], keys.current().expose());
    all.join(" ")
}

fn rotate(live: &Handle<Settings>, page: &Page, word: &str) {
    page.write(key(word));
    assert!(matches!(live.reload().unwrap(), Outcome::Changed(_)));
}

/// Writes down what it is told.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn note(&self, line: String) {
        self.0.lock().unwrap().push(line);
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }

    fn rotations(&self) -> impl Fn(&Rotation<'_, SecretString>) + Send + Sync + 'static {
        let log = self.clone();
        move |rotation| {
            let (phase, old, new) = (rotation.phase().as_str(), rotation.old(), rotation.new());
            log.note(format!("{} {phase}: {} to {}", rotation.path(), old.expose(), new.expose()));
        }
    }

    fn events(&self) -> impl Fn(&Event) + Send + Sync + 'static {
        let log = self.clone();
        move |event| log.note(event.kind().as_str().to_owned())
    }
}

#[test]
fn both_are_accepted_until_the_grace_ends() {
    let (page, time, log) = (Page::new(&key("k1")), Time::new(), Log::default());
    let live = over(&page, &time).sink(log.events()).start().unwrap();
    let keys = keys(&live, MINUTE);
    assert_eq!((accepted(&keys).as_str(), keys.path()), ("k1", "signing_key"));
    rotate(&live, &page, "k2");
    assert_eq!(accepted(&keys), "k2 k1");
    time.pass(59);
    live.tick().unwrap();
    assert_eq!(accepted(&keys), "k2 k1");
    assert_eq!(log.take(), ["changed", "changed", "rotated", "loaded"]);
    time.pass(1);
    live.tick().unwrap();
    assert_eq!(accepted(&keys), "k2");
    time.pass(3600);
    live.tick().unwrap();
    assert_eq!(log.take(), ["rotation_over"]);
    // What is no secret is no rotation.
    page.write(format!("port = 81\n{}", key("k2")));
    live.reload().unwrap();
    assert_eq!((accepted(&keys).as_str(), log.take()), ("k2", vec!["changed".into(), "loaded".into()]));
}

#[test]
fn a_grace_that_was_seen_to_be_over_stays_so_when_the_clock_is_set_back() {
    let (page, time) = (Page::new(&key("k1")), Time::new());
    let live = over(&page, &time).start().unwrap();
    let keys = keys(&live, MINUTE);
    rotate(&live, &page, "k2");
    time.pass(60);
    // Nothing has to happen first: the thread of the settings may be late.
    assert_eq!(accepted(&keys), "k2");
    time.step_back(3600);
    assert_eq!(accepted(&keys), "k2");
    live.tick().unwrap();
    rotate(&live, &page, "k3");
    time.pass(60);
    live.tick().unwrap();
    time.step_back(7200);
    assert_eq!(accepted(&keys), "k3");
}

#[test]
fn a_grace_of_nothing_and_one_without_end() {
    let (page, time) = (Page::new(&key("k1")), Time::new());
    let live = over(&page, &time).start().unwrap();
    let (short, long) = (keys(&live, Duration::ZERO), keys(&live, Duration::MAX));
    rotate(&live, &page, "k2");
    assert_eq!((accepted(&short).as_str(), accepted(&long).as_str()), ("k2", "k2 k1"));
    time.pass(1_000_000_000);
    live.tick().unwrap();
    assert_eq!((accepted(&short).as_str(), accepted(&long).as_str()), ("k2", "k2 k1"));
}

#[test]
fn two_rotations_within_one_grace_end_each_on_its_own() {
    let (page, time, log) = (Page::new(&key("k1")), Time::new(), Log::default());
    let live = over(&page, &time).start().unwrap();
    let keys = keys(&live, MINUTE);
    live.on_rotate("signing_key", MINUTE, signing_key, log.rotations()).unwrap().detach();
    rotate(&live, &page, "k2");
    time.pass(20);
    rotate(&live, &page, "k3");
    assert_eq!(accepted(&keys), "k3 k2 k1");
    time.pass(40);
    live.tick().unwrap();
    assert_eq!(accepted(&keys), "k3 k2");
    time.pass(20);
    live.tick().unwrap();
    assert_eq!(accepted(&keys), "k3");
    let told = ["begun: k1 to k2", "begun: k2 to k3", "over: k1 to k3", "over: k2 to k3"];
    assert_eq!(log.take(), told.map(|line| format!("signing_key {line}")));
}

#[test]
fn a_value_that_comes_back_is_the_current_one_and_the_other_is_former() {
    let (page, time, log) = (Page::new(&key("k1")), Time::new(), Log::default());
    let live = over(&page, &time).start().unwrap();
    let keys = keys(&live, MINUTE);
    live.on_rotate("signing_key", MINUTE, signing_key, log.rotations()).unwrap().detach();
    rotate(&live, &page, "k2");
    time.pass(30);
    live.rollback(1).unwrap();
    assert_eq!(accepted(&keys), "k1 k2");
    // The grace in which the first one was former is no more.
    time.pass(30);
    live.tick().unwrap();
    assert_eq!(accepted(&keys), "k1 k2");
    time.pass(30);
    live.tick().unwrap();
    assert_eq!(accepted(&keys), "k1");
    let told = ["begun: k1 to k2", "begun: k2 to k1", "over: k2 to k1"];
    assert_eq!(log.take(), told.map(|line| format!("signing_key {line}")));
}

#[test]
fn overrides_their_end_and_revisions_that_are_taken_back_rotate_too() {
    let (page, time, log) = (Page::new(&key("k1")), Time::new(), Log::default());
    let health = Health::new(MINUTE)
        .check(|settings: &Settings| if settings.port == 13 { Err("bad luck".to_owned()) } else { Ok(()) });
    let live = over(&page, &time).health(health).start().unwrap();
    live.on_rotate("signing_key", Duration::from_secs(3600), signing_key, log.rotations()).unwrap().detach();
    live.set_override("signing_key", "k2", Duration::from_secs(10)).unwrap();
    time.pass(10);
    live.tick().unwrap();
    page.write(format!("port = 13\n{}", key("k3")));
    live.reload().unwrap();
    time.pass(1);
    live.tick().unwrap();
    let told = ["begun: k1 to k2", "begun: k2 to k1", "begun: k1 to k3", "begun: k3 to k1"];
    assert_eq!(log.take(), told.map(|line| format!("signing_key {line}")));
}

/// Refuses a port.
struct No13;

impl Hook<Settings> for No13 {
    fn prepare(&self, update: &Update<Settings>) -> Result<(), String> {
        if update.new().port == 13 { Err("no 13".to_owned()) } else { Ok(()) }
    }
}

#[test]
fn a_change_that_is_refused_rotates_nothing() {
    let (page, time, log) = (Page::new(&key("k1")), Time::new(), Log::default());
    let live = over(&page, &time).start().unwrap();
    let keys = keys(&live, MINUTE);
    live.on_rotate("signing_key", MINUTE, signing_key, log.rotations()).unwrap().detach();
    live.hook("no 13", No13).detach();
    for wrong in ["port = 13", "port = 'x'", "port = ", "[database]\npassword = 'panic'"] {
        page.write(format!("{}{wrong}\n", key("k2")));
        live.reload().unwrap_err();
        assert_eq!((accepted(&keys).as_str(), live.revision()), ("k1", 1), "{wrong}");
    }
    live.pin();
    rotate_pinned(&live, &page);
    assert_eq!((accepted(&keys).as_str(), log.take()), ("k1", Vec::new()));
}

fn rotate_pinned(live: &Handle<Settings>, page: &Page) {
    page.write(key("k2"));
    assert_eq!(live.reload().unwrap(), Outcome::Pinned);
}

/// Notes what is undone.
struct Undone(Arc<AtomicUsize>);

impl Hook<Settings> for Undone {
    fn prepare(&self, _: &Update<Settings>) -> Result<(), String> {
        Ok(())
    }

    fn undo(&self, _: &Update<Settings>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn a_function_that_panics_over_new_settings_refuses_them() {
    let (page, time, undone) = (Page::new(&key("k1")), Time::new(), Arc::new(AtomicUsize::new(0)));
    let live = over(&page, &time).start().unwrap();
    live.hook("undone", Undone(Arc::clone(&undone))).detach();
    let keys = keys(&live, MINUTE);
    let picky = live.rotating("signing_key", MINUTE, |settings: &Settings| {
        assert_ne!(settings.signing_key, "k2".into());
        &settings.signing_key
    });
    page.write(key("k2"));
    let report = live.reload().unwrap_err();
    insta::assert_snapshot!(report);
    assert_eq!((accepted(&keys).as_str(), live.get().signing_key.expose()), ("k1", "k1"));
    assert_eq!((undone.load(Ordering::Relaxed), live.counts().panics), (1, 1));
    drop(picky);
    live.reload().unwrap();
    assert_eq!(accepted(&keys), "k2 k1");
}

#[test]
fn a_grace_ends_while_the_settings_are_pinned() {
    let (page, time) = (Page::new(&key("k1")), Time::new());
    let live = over(&page, &time).start().unwrap();
    let keys = keys(&live, MINUTE);
    rotate(&live, &page, "k2");
    live.pin();
    let former = Arc::downgrade(&keys.accepted().last().unwrap());
    time.pass(60);
    assert_eq!(live.tick().unwrap(), Outcome::Pinned);
    assert_eq!((accepted(&keys).as_str(), former.upgrade().is_none()), ("k2", true));
}

#[test]
fn the_thread_of_the_settings_ends_a_grace_by_itself() {
    let page = Page::new(&key("k1"));
    let live = over(&page, &Time::new()).clock(SystemTime::now).start().unwrap();
    let (sender, phases) = mpsc::channel();
    let tell = move |rotation: &Rotation<'_, SecretString>| sender.send(rotation.phase()).unwrap();
    let grace = Duration::from_millis(20);
    live.on_rotate("signing_key", grace, signing_key, tell).unwrap().detach();
    rotate(&live, &page, "k2");
    assert_eq!((phases.recv(), phases.recv()), (Ok(Phase::Begun), Ok(Phase::Over)));
}

#[test]
fn what_readers_see_is_accepted_at_every_moment() {
    let (page, time) = (Page::new(&key("0")), Time::new());
    let live = over(&page, &time).start().unwrap();
    let (keys, is_over) = (keys(&live, MINUTE), AtomicBool::new(false));
    // How often a minute has passed.
    let minutes = AtomicU32::new(0);
    let number = |key: &SecretString| key.expose().parse::<u32>().unwrap();
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !is_over.load(Ordering::Relaxed) {
                    let minute = minutes.load(Ordering::SeqCst);
                    let before = number(&keys.current());
                    let seen = number(&live.get().signing_key);
                    let all: Vec<u32> = keys.accepted().map(|key| number(&key)).collect();
                    // Else the grace of what was seen may have ended in between.
                    if minutes.load(Ordering::SeqCst) == minute {
                        assert!(all.contains(&seen) && all.contains(&before), "{seen} {before} {all:?}");
                    }
                    assert!(all.windows(2).all(|two| two[0] == two[1] + 1), "none is left out: {all:?}");
                }
            });
        }
        // Those who begin to follow during a change miss nothing either.
        scope.spawn(|| {
            while !is_over.load(Ordering::Relaxed) {
                let minute = minutes.load(Ordering::SeqCst);
                let late = self::keys(&live, MINUTE);
                let seen = number(&live.get().signing_key);
                let is_accepted = late.accepted().any(|key| number(&key) == seen);
                assert!(is_accepted || minutes.load(Ordering::SeqCst) != minute);
            }
        });
        for word in 1..=500 {
            rotate(&live, &page, &word.to_string());
            if word % 50 == 0 {
                minutes.fetch_add(1, Ordering::SeqCst);
                time.pass(60);
                live.tick().unwrap();
            }
        }
        is_over.store(true, Ordering::Relaxed);
    });
    assert_eq!(accepted(&keys), "500");
}

#[test]
fn nothing_keeps_a_former_value_longer_than_its_grace() {
    let (page, time) = (Page::new(&key("k1")), Time::new());
    let live = over(&page, &time).history(1).start().unwrap();
    let keys = keys(&live, MINUTE);
    live.on_rotate("signing_key", MINUTE, signing_key, |_| ()).unwrap().detach();
    let (secret, settings) = (Arc::downgrade(&keys.current()), Arc::downgrade(&live.get()));
    rotate(&live, &page, "k2");
    // The settings around the secret are not kept for it.
    assert!(settings.upgrade().is_none() && secret.upgrade().is_some());
    time.pass(60);
    live.tick().unwrap();
    assert!(secret.upgrade().is_none());

    rotate(&live, &page, "k3");
    let former = Arc::downgrade(&keys.accepted().last().unwrap());
    drop(keys);
    assert!(former.upgrade().is_none(), "nobody asks for it any more");
}

#[test]
fn the_history_forgets_revisions_with_former_secrets_if_it_is_to() {
    let (page, time) = (Page::new(&key("k1")), Time::new());
    let revisions = |live: &Handle<Settings>| -> Vec<u64> {
        live.history().iter().map(confkit::live::Snapshot::revision).collect()
    };
    for forgets in [false, true] {
        page.write(key("k1"));
        let builder = over(&page, &time);
        let live = if forgets { builder.forget_former_secrets() } else { builder }.start().unwrap();
        let keys = keys(&live, MINUTE);
        let settings = Arc::downgrade(&live.get());
        live.set_override("port", 81, Expiry::Never).unwrap();
        rotate(&live, &page, "k2");
        live.set_override("port", 82, Expiry::Never).unwrap();
        time.pass(60);
        live.tick().unwrap();
        let left: &[u64] = if forgets { &[3, 4] } else { &[1, 2, 3, 4] };
        assert_eq!((revisions(&live).as_slice(), settings.upgrade().is_none()), (left, forgets));
        assert_eq!(
            (live.rollback(2).is_err(), accepted(&keys)),
            (forgets, if forgets { "k2".into() } else { "k1 k2".into() })
        );
    }
}

#[test]
fn a_likeness_that_leaves_secrets_out_rotates_them_all_the_same() {
    let (page, time, log) = (Page::new(&key("k1")), Time::new(), Log::default());
    let live = over(&page, &time).start_by(|old, new| old.port == new.port).unwrap();
    let keys = keys(&live, MINUTE);
    live.on_rotate("signing_key", MINUTE, signing_key, log.rotations()).unwrap().detach();
    page.write(key("k2"));
    assert_eq!(live.reload().unwrap(), Outcome::Unchanged);
    assert_eq!((accepted(&keys).as_str(), live.get().signing_key.expose()), ("k2 k1", "k2"));
    assert_eq!(log.take(), ["signing_key begun: k1 to k2"]);
}

#[test]
fn a_section_rotates_as_a_whole() {
    let (page, time) = (Page::new("[database]\nuser = 'a'\npassword = 'p1'"), Time::new());
    let live = over(&page, &time).start().unwrap();
    let logins = live.rotating("database", MINUTE, |settings| &settings.database).unwrap();
    page.write("[database]\nuser = 'b'\npassword = 'p2'");
    live.reload().unwrap();
    let users: Vec<String> = logins.accepted().map(|login| login.user.clone()).collect();
    assert_eq!(users, ["b", "a"]);
}

#[test]
fn followers_that_panic_ask_for_changes_or_end_it() {
    let (page, time, log) = (Page::new(&key("k1")), Time::new(), Log::default());
    let live = over(&page, &time).start().unwrap();
    let follow = |told: Box<dyn Fn(&Rotation<'_, SecretString>) + Send + Sync>| {
        live.on_rotate("signing_key", MINUTE, signing_key, told).unwrap()
    };
    let gone = follow(Box::new(|_| unreachable!("it was taken away")));
    follow(Box::new(|_| panic!("on purpose"))).detach();
    let handle = live.handle();
    follow(Box::new(move |rotation| {
        assert_eq!(handle.get().signing_key, *rotation.new());
        assert_eq!(handle.set_override("port", 81, Expiry::Never).unwrap(), Outcome::Queued);
        let late = keys(&handle, MINUTE);
        assert_eq!(accepted(&late), rotation.new().expose());
    }))
    .detach();
    follow(Box::new(log.rotations())).detach();
    drop(gone);
    rotate(&live, &page, "k2");
    assert_eq!((live.get().port, live.counts().panics), (81, 1));
    assert_eq!(log.take(), ["signing_key begun: k1 to k2"]);

    let handle = live.handle();
    live.on_change(move |_| handle.close()).detach();
    rotate(&live, &page, "k3");
    assert!(log.take().is_empty(), "it was closed before");
}

#[test]
fn after_the_end_nothing_is_called_and_former_values_end_by_the_clock() {
    let (page, time, log) = (Page::new(&key("k1")), Time::new(), Log::default());
    let live = over(&page, &time).start().unwrap();
    let keys = keys(&live, MINUTE);
    live.on_rotate("signing_key", MINUTE, signing_key, log.rotations()).unwrap().detach();
    rotate(&live, &page, "k2");
    log.take();
    live.close();
    assert_eq!(accepted(&keys), "k2 k1");
    time.pass(60);
    assert_eq!(live.tick().unwrap(), Outcome::Closed);
    assert_eq!((accepted(&keys).as_str(), log.take()), ("k2", Vec::new()));
    drop(live);
    assert_eq!(accepted(&keys.clone()), "k2");
}

#[test]
fn a_path_that_is_no_secret_is_told_at_once() {
    let (page, time) = (Page::new(""), Time::new());
    let live = over(&page, &time).start().unwrap();
    let told = |path: &str| {
        let grace = Duration::ZERO;
        let error = live.rotating(path, grace, signing_key).map(drop).unwrap_err();
        let other = live.on_rotate(path, grace, signing_key, |_| ()).map(drop);
        assert_eq!(other.unwrap_err().to_string(), error.to_string());
        error.to_string()
    };
    let wrong =
        ["port", "database.user", "signing_kye", "database.pasword", "users[0].tokne", "nothing", "a["];
    insta::assert_snapshot!(wrong.map(told).join("\n\n"));

    let right = ["database.password", "database", "users", "users[3].token", "legacy", "signingkey"];
    for path in right {
        let it = live.rotating(path, MINUTE, signing_key).unwrap();
        assert_eq!(it.path(), if path == "signingkey" { "signing_key" } else { path });
    }
}

#[test]
fn paths_have_the_section_that_is_loaded() {
    let page = Page::new("[app]\nsigning_key = 'k1'\n");
    let loader = Settings::loader().system(System::memory()).section("app").source(page);
    let live = loader.live().start().unwrap();
    assert_eq!(live.rotating("app.signing_key", MINUTE, signing_key).unwrap().path(), "app.signing_key");
    let report = live.rotating("app.signing_kye", MINUTE, signing_key).unwrap_err();
    assert_eq!(report.problems()[0].help(), Some("did you mean `app.signing_key`?"));
}

#[test]
fn events_say_which_secret_and_until_when() {
    let (page, time) = (Page::new(&key("k1")), Time::new());
    let (sender, events) = mpsc::channel();
    let live =
        over(&page, &time).sink(move |event: &Event| sender.send(event.clone()).unwrap()).start().unwrap();
    let _two = (keys(&live, MINUTE), keys(&live, MINUTE));
    live.by("deploy").set_override("signing_key", "k2", Expiry::Never).unwrap();
    time.pass(60);
    live.tick().unwrap();
    live.by("worker-3").because("ORD-12").expose("signing_key", |_| ()).unwrap();
    drop(live);

    let is_ours = |event: &Event| {
        use EventKind::{Accessed, Rotated, RotationOver};
        matches!(event.kind(), Rotated { .. } | RotationOver { .. } | Accessed { .. })
    };
    let told: Vec<String> = events
        .iter()
        .filter(is_ours)
        .map(|event| {
            let json = event.to_json().replace(event.id(), "…");
            format!("{event}\n{json}")
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"));
}
