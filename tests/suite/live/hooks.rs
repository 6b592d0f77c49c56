//! Two phases: all prepare, then the swap, then all commit; or none of it stays.

use std::sync::{Arc, Mutex};

use confkit::live::{Handle, Hook, Outcome, Registration, Update};

use super::{Page, Settings, Time, over};

/// What a hook is to do with the next change.
#[derive(Clone, Copy, PartialEq)]
enum Answer {
    Accept,
    Refuse,
    Panic,
}

type Log = Arc<Mutex<Vec<String>>>;

/// Writes down what it is asked to do.
struct Part {
    name: &'static str,
    answer: Arc<Mutex<Answer>>,
    log: Log,
    live: Handle<Settings>,
}

impl Part {
    fn note(&self, what: &str) {
        // What is in force is seen from inside.
        let port = self.live.get().port;
        self.log.lock().unwrap().push(format!("{} {what} at {port}", self.name));
    }
}

impl Hook<Settings> for Part {
    fn prepare(&self, update: &Update<Settings>) -> Result<(), String> {
        self.note("prepares");
        let answer = *self.answer.lock().unwrap();
        match answer {
            Answer::Accept => Ok(()),
            Answer::Refuse => Err(format!("no port {}", update.new().port)),
            Answer::Panic => panic!("as the test wants it"),
        }
    }

    fn commit(&self, _: &Update<Settings>) {
        self.note("commits");
        assert!(self.name != "b" || *self.answer.lock().unwrap() == Answer::Accept);
    }

    fn undo(&self, _: &Update<Settings>) {
        self.note("undoes");
    }
}

fn three(live: &Handle<Settings>, log: &Log) -> (Vec<Arc<Mutex<Answer>>>, Vec<Registration>) {
    ["a", "b", "c"]
        .into_iter()
        .map(|name| {
            let answer = Arc::new(Mutex::new(Answer::Accept));
            let part = Part { name, answer: Arc::clone(&answer), log: Arc::clone(log), live: live.clone() };
            (answer, live.hook(name, part))
        })
        .unzip()
}

#[test]
fn all_prepare_before_the_swap_and_commit_after_it() {
    let (page, log) = (Page::new("port = 1\n"), Log::default());
    let live = over(&page, &Time::new()).start().unwrap();
    let (_answers, registrations) = three(&live, &log);
    page.write("port = 2\n");
    live.reload().unwrap();
    assert_eq!(
        std::mem::take(&mut *log.lock().unwrap()),
        [
            "a prepares at 1",
            "b prepares at 1",
            "c prepares at 1",
            "a commits at 2",
            "b commits at 2",
            "c commits at 2"
        ]
    );
    drop(registrations);
    page.write("port = 3\n");
    live.reload().unwrap();
    assert!(log.lock().unwrap().is_empty());
}

#[test]
fn whoever_refuses_has_those_before_undo_in_reverse() {
    for (failing, calls) in [
        (0, vec!["a prepares at 1"]),
        (1, vec!["a prepares at 1", "b prepares at 1", "a undoes at 1"]),
        (2, vec!["a prepares at 1", "b prepares at 1", "c prepares at 1", "b undoes at 1", "a undoes at 1"]),
    ] {
        for answer in [Answer::Refuse, Answer::Panic] {
            let (page, log) = (Page::new("port = 1\n"), Log::default());
            let live = over(&page, &Time::new()).start().unwrap();
            let (answers, _registrations) = three(&live, &log);
            *answers[failing].lock().unwrap() = answer;
            page.write("port = 2\n");
            let report = live.reload().unwrap_err();
            let name = ["a", "b", "c"][failing];
            let expected = match answer {
                Answer::Refuse => format!("the hook `{name}` refuses revision 2: no port 2"),
                _ => format!("the hook `{name}` panicked while it prepared revision 2"),
            };
            assert_eq!(report.problems()[0].message(), expected);
            assert_eq!(std::mem::take(&mut *log.lock().unwrap()), calls);
            assert_eq!((live.get().port, live.revision(), live.state().as_str()), (1, 1, "stale"));
            assert_eq!(live.counts().panics, u64::from(answer == Answer::Panic));

            // The same content is taken once nobody refuses it.
            *answers[failing].lock().unwrap() = Answer::Accept;
            assert_eq!(live.reload().unwrap(), Outcome::Changed(2));
        }
    }
}

/// Panics when it commits.
struct Late;

impl Hook<Settings> for Late {
    fn prepare(&self, _: &Update<Settings>) -> Result<(), String> {
        Ok(())
    }

    fn commit(&self, _: &Update<Settings>) {
        panic!("as the test wants it");
    }
}

#[test]
fn a_commit_that_panics_is_counted_and_the_rest_runs() {
    let (page, log) = (Page::new("port = 1\n"), Log::default());
    let live = over(&page, &Time::new()).start().unwrap();
    live.hook("late", Late).detach();
    let (_answers, _registrations) = three(&live, &log);
    page.write("port = 2\n");
    assert_eq!(live.reload().unwrap(), Outcome::Changed(2));
    assert_eq!((log.lock().unwrap().len(), live.counts().panics), (6, 1));
}

#[test]
fn a_hook_that_asks_for_a_change_is_heard_after_the_one_at_hand() {
    struct Asking(Handle<Settings>);
    impl Hook<Settings> for Asking {
        fn prepare(&self, update: &Update<Settings>) -> Result<(), String> {
            if update.new().port == 2 {
                assert_eq!(self.0.reload().unwrap(), Outcome::Queued);
                let set = self.0.set_override("workers", 7, confkit::live::Expiry::Never);
                assert_eq!(set.unwrap(), Outcome::Queued);
            }
            Ok(())
        }
    }
    let page = Page::new("port = 1\n");
    let live = over(&page, &Time::new()).start().unwrap();
    live.hook("asking", Asking(live.handle())).detach();
    page.write("port = 2\n");
    assert_eq!(live.reload().unwrap(), Outcome::Changed(2));
    assert_eq!((live.revision(), live.get().workers), (3, 7));
}
