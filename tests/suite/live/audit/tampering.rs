//! Logs that somebody has changed.

use std::fs;

use confkit::live::Audit;
use confkit::live::audit::{Fault, FaultKind, Verified, Verifier};

use super::{Folder, kept, sample};

fn verify(log: impl AsRef<[u8]>) -> Result<Verified, Fault> {
    Verifier::new().read("log", log.as_ref())
}

/// The name of what is wrong.
fn fault(log: impl AsRef<[u8]>) -> String {
    let kind = format!("{:?}", verify(log).unwrap_err().kind());
    kind.split([' ', '(']).next().unwrap().to_owned()
}

/// Every byte, as every other one.
#[test]
fn every_changed_byte_is_found() {
    let folder = Folder::new();
    let options = Audit::options().filter(|event| event.kind().as_str() != "changed");
    let live = kept(&options.open(folder.log()).unwrap());
    live.pin();
    live.close();
    let mut log = fs::read(folder.log()).unwrap();
    assert_eq!(verify(&log).unwrap().records(), 2);
    for at in 0..log.len() {
        let was = log[at];
        for other in (0..=u8::MAX).filter(|other| *other != was) {
            log[at] = other;
            assert!(verify(&log).is_err(), "{other} for {was} at {at}");
        }
        log[at] = was;
    }
}

#[test]
fn every_added_and_removed_byte_is_found() {
    let folder = Folder::new();
    let log = sample(&folder.log()).into_bytes();
    for at in 0..log.len() {
        let mut shorter = log.clone();
        shorter.remove(at);
        assert!(verify(&shorter).is_err(), "without the byte at {at}");
        for added in *b" \n0\"}" {
            let mut longer = log.clone();
            longer.insert(at, added);
            assert!(verify(&longer).is_err(), "{added} at {at}");
        }
    }
    for end in ["\n", " ", "{}\n", "\0"] {
        assert!(verify([&log, end.as_bytes()].concat()).is_err());
    }
}

#[test]
fn lines_that_are_removed_repeated_or_moved_are_found() {
    let folder = Folder::new();
    let log = sample(&folder.log());
    let lines: Vec<&str> = log.split_inclusive('\n').collect();
    let without = |at: usize| [&lines[..at], &lines[at + 1..]].concat().concat();
    assert_eq!(lines.len(), 4);
    assert_eq!(fault(without(0)), "Beheaded");
    assert_eq!(fault(without(1)), "Sequence");
    assert_eq!(fault(without(2)), "Sequence");
    for from in 0..lines.len() {
        let mut twice = lines.clone();
        twice.insert(from, lines[from]);
        assert_eq!(fault(twice.concat()), "Sequence");
        for to in (0..lines.len()).filter(|to| *to != from) {
            let mut moved = lines.clone();
            moved.swap(from, to);
            assert!(matches!(fault(moved.concat()).as_str(), "Sequence" | "Beheaded"));
        }
    }
}

#[test]
fn a_record_of_another_log_does_not_fit() {
    let (one, other) = (Folder::new(), Folder::new());
    let (one, other) = (sample(&one.log()), sample(&other.log()));
    let mut lines: Vec<&str> = one.lines().collect();
    lines[3] = other.lines().nth(3).unwrap();
    assert_eq!(fault(lines.join("\n") + "\n"), "Unlinked");
}

#[test]
fn a_known_head_shows_what_the_chain_cannot() {
    let folder = Folder::new();
    let log = sample(&folder.log());
    let head = verify(&log).unwrap().head();
    let holds = |log: &str| Verifier::new().holds(head).read("log", log.as_bytes());
    assert_eq!(holds(&log).unwrap().head(), head);

    let cut = log.split_inclusive('\n').take(3).collect::<String>();
    assert_eq!(verify(&cut).unwrap().records(), 3, "nothing in the log itself shows it");
    assert!(matches!(holds(&cut).unwrap_err().kind(), FaultKind::CutOff { .. }));
    assert!(matches!(holds("").unwrap_err().kind(), FaultKind::CutOff { .. }));

    let rewritten = sample(&folder.path("other.jsonl"));
    assert_eq!(verify(&rewritten).unwrap().records(), 4);
    assert!(matches!(holds(&rewritten).unwrap_err().kind(), FaultKind::Rewritten { .. }));

    // A log that has grown since has it too.
    kept(&Audit::open(folder.log()).unwrap()).close();
    let grown = fs::read_to_string(folder.log()).unwrap();
    assert!(holds(&grown).unwrap().records() > 4);
}
