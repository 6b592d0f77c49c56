//! Entries that are set aside while the rest goes on.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use confkit::live::{Event, Expiry, Live, Outcome};
use confkit::{Code, Config, Lenient, Loader, Secret, System, Unknown, Warnings};

use super::Page;

#[derive(Debug, PartialEq, Config)]
struct Settings {
    #[config(default = 80)]
    port: u16,
    #[config(nested)]
    flags: BTreeMap<String, Lenient<Flag>>,
}

#[derive(Debug, PartialEq, Config)]
struct Flag {
    #[config(validate(range(max = 100)))]
    percent: u8,
    #[config(default)]
    token: Secret<String>,
}

const GOOD: &str = "flags.alpha.percent = 1\nflags.beta.percent = 2\n";
const BAD: &str = "port = 81\nflags.alpha.percent = 3\nflags.beta.percent = 101\n";

fn loader(page: &Page) -> Loader<Settings> {
    Settings::loader().system(System::memory()).source(page.clone())
}

/// Live settings, and how many warnings were told.
fn live(page: &Page) -> (Live<Settings>, Arc<AtomicUsize>) {
    let told = Arc::new(AtomicUsize::new(0));
    let warnings = {
        let told = Arc::clone(&told);
        Warnings::call(move |warnings| {
            told.fetch_add(warnings.len(), Ordering::Relaxed);
        })
    };
    (loader(page).warnings(warnings).watch().unwrap(), told)
}

/// The percents of all flags; none for those that are set aside.
fn percents(settings: &Settings) -> Vec<Option<u8>> {
    settings.flags.values().map(|flag| flag.get().map(|flag| flag.percent)).collect()
}

#[test]
fn the_rest_is_applied_and_the_entry_comes_back_when_it_is_mended() {
    let page = Page::new(GOOD);
    let (live, told) = live(&page);
    let mut updates = live.subscribe();
    page.write(BAD);
    assert_eq!(live.reload().unwrap(), Outcome::Changed(2));
    assert_eq!((live.get().port, percents(&live.get())), (81, vec![Some(3), None]));
    assert_eq!(live.state().as_str(), "ready");
    let update = updates.latest().unwrap();
    let paths: Vec<_> = update.paths().collect();
    assert_eq!(paths, ["port", "flags.alpha.percent", "flags.beta.percent", "flags.beta.token"]);
    assert_eq!(live.explain("flags.beta.percent").unwrap().value(), None);
    assert_eq!(live.snapshot().warnings()[0].origin().unwrap().to_string(), "page.toml:3:22");

    // It is told once, however often the same is read.
    for _ in 0..3 {
        assert_eq!(live.reload().unwrap(), Outcome::Unchanged);
    }
    assert_eq!(told.load(Ordering::Relaxed), 1);

    page.write(BAD.replace("101", "4"));
    assert_eq!(live.reload().unwrap(), Outcome::Changed(3));
    assert_eq!((percents(&live.get()), live.snapshot().warnings().len()), (vec![Some(3), Some(4)], 0));
    assert_eq!((told.load(Ordering::Relaxed), live.counts().refusals), (1, 0));
}

#[test]
fn a_rule_that_was_broken_is_judged_again() {
    let page = Page::new(BAD);
    let (live, told) = live(&page);
    assert_eq!((percents(&live.get()), told.load(Ordering::Relaxed)), (vec![Some(3), None], 1));
    page.write(BAD.replace("81", "82"));
    assert_eq!(live.reload().unwrap(), Outcome::Changed(2));
    assert_eq!((live.get().port, percents(&live.get())), (82, vec![Some(3), None]));
    // Other content, of which it is told anew.
    assert_eq!((live.snapshot().warnings().len(), told.load(Ordering::Relaxed)), (1, 2));
}

#[test]
fn another_mistake_in_the_same_entry_is_no_change_and_is_told() {
    let page = Page::new(BAD);
    let (live, told) = live(&page);
    page.write(BAD.replace("101", "'x'"));
    assert_eq!(live.reload().unwrap(), Outcome::Unchanged);
    assert_eq!((live.snapshot().warnings()[0].code(), told.load(Ordering::Relaxed)), (Code::Type, 2));
}

#[test]
fn a_rollback_has_what_was_in_force() {
    let page = Page::new(GOOD);
    let (live, _) = live(&page);
    page.write(BAD);
    live.reload().unwrap();
    live.rollback(1).unwrap();
    assert_eq!(percents(&live.get()), [Some(1), Some(2)]);
    live.rollback(2).unwrap();
    assert_eq!(percents(&live.get()), [Some(3), None]);
    let aside: Vec<usize> =
        live.history().iter().map(|one| percents(one).iter().filter(|one| one.is_none()).count()).collect();
    assert_eq!(aside, [0, 1, 0, 1]);
    assert!(
        live.snapshot()
            .explain("flags.beta.percent")
            .unwrap()
            .to_string()
            .starts_with("flags.beta.percent is set aside")
    );
}

#[test]
fn denied_warnings_refuse_the_whole() {
    let page = Page::new(GOOD);
    let live = loader(&page).warnings(Warnings::Deny).watch().unwrap();
    let told = Arc::new(Mutex::new(Vec::new()));
    let _registration = live.on_refused({
        let told = Arc::clone(&told);
        move |report| told.lock().unwrap().push(report.to_string())
    });
    page.write(BAD);
    for _ in 0..2 {
        live.reload().unwrap_err();
    }
    assert_eq!((live.get().port, percents(&live.get())), (80, vec![Some(1), Some(2)]));
    assert_eq!((live.revision(), live.state().as_str()), (1, "stale"));
    let [report] = &told.lock().unwrap()[..] else { panic!("it is told once") };
    insta::assert_snapshot!(report);
    assert!(loader(&page).warnings(Warnings::Deny).watch().is_err());
}

#[test]
fn an_override_that_is_wrong_is_refused_and_sets_nothing_aside() {
    let page = Page::new(GOOD);
    let (live, told) = live(&page);
    insta::assert_snapshot!(live.set_override("flags.beta.percent", 101, Expiry::Never).unwrap_err());
    // A new entry that is not whole.
    insta::assert_snapshot!(live.set_override("flags.gamma.token", "hunter2", Expiry::Never).unwrap_err());
    let flags = BTreeMap::from([("alpha", BTreeMap::from([("percent", 102)]))]);
    live.set_override("flags", flags, Expiry::Never).unwrap_err();
    live.pin();
    live.set_override("flags.beta.percent", 101, Expiry::Never).unwrap_err();
    live.unpin().unwrap();
    assert_eq!((percents(&live.get()), live.revision()), (vec![Some(1), Some(2)], 1));
    assert_eq!((live.overrides().len(), told.load(Ordering::Relaxed), live.counts().refusals), (0, 0, 4));
}

#[test]
fn an_override_in_one_entry_does_not_mind_what_is_set_aside_elsewhere() {
    let page = Page::new(BAD);
    let (live, _) = live(&page);
    live.set_override("flags.alpha.percent", 5, Expiry::Never).unwrap();
    live.set_override("flags", BTreeMap::from([("alpha", BTreeMap::from([("percent", 6)]))]), Expiry::Never)
        .unwrap();
    assert_eq!(percents(&live.get()), [Some(6), None]);
    live.clear_override("flags").unwrap();
    // What mends the entry brings it back; what leaves it aside would have no effect.
    insta::assert_snapshot!(live.set_override("flags.beta.token", "hunter2", Expiry::Never).unwrap_err());
    live.set_override("flags.beta.percent", 7, Expiry::Never).unwrap();
    assert_eq!(percents(&live.get()), [Some(5), Some(7)]);
    // An entry that a file makes wrong is set aside, with an override or without.
    page.write("flags.alpha = { percent = 1, token = [] }\nflags.beta.percent = 1\n");
    live.reload().unwrap();
    assert_eq!(percents(&live.get()), [None, Some(7)]);
    live.clear_override("flags.beta.percent").unwrap();
    assert_eq!(percents(&live.get()), [None, Some(1)]);
}

#[test]
fn unknown_keys_are_warnings_in_good_entries_unless_they_are_denied() {
    let page = Page::new("flags.alpha = { percent = 1, newer = true }\n");
    let live = loader(&page).watch().unwrap();
    assert_eq!((percents(&live.get()), live.snapshot().warnings().len()), (vec![Some(1)], 1));
    let live = loader(&page).unknown_keys(Unknown::Deny).watch().unwrap();
    assert_eq!(percents(&live.get()), [None]);
}

#[test]
fn no_output_has_the_marker() {
    const MARKER: &str = "marker-7f3a";
    let page = Page::new(&format!("flags.alpha = {{ percent = 1, token = '{MARKER}-0' }}\n"));
    let all = Arc::new(Mutex::new(String::new()));
    let sink = {
        let all = Arc::clone(&all);
        move |event: &Event| all.lock().unwrap().push_str(&format!("{event} {event:?} {}\n", event.to_json()))
    };
    let live = loader(&page).warnings(Warnings::Ignore).live().sink(sink).start().unwrap();
    let wrong = [
        "percent = 'x', token = 'M'",
        "percent = 101, token = 'M'",
        "token = 'M'",
        "percent = 1, token = ['M']",
    ];
    for (number, inside) in wrong.iter().enumerate() {
        let inside = inside.replace('M', &format!("{MARKER}-{number}"));
        page.write(format!("port = {number}\nflags.alpha = {{ {inside} }}\n"));
        live.reload().unwrap();
        assert!(live.get().flags["alpha"].is_set_aside());
        let snapshot = live.snapshot();
        let told = format!(
            "{:?} {:?} {:?} {:?}\n",
            live.get(),
            snapshot,
            snapshot.warnings(),
            snapshot.explanations()
        );
        all.lock().unwrap().push_str(&told);
        page.write(format!("flags.alpha = {{ percent = 1, token = '{MARKER}-{number}' }}\n"));
        live.reload().unwrap();
    }
    live.close();
    let all = all.lock().unwrap();
    assert!(all.contains("flags.alpha.token"));
    assert!(!all.contains(MARKER), "{all}");
}
