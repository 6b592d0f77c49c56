//! Logs whose writers stopped in the middle.

use std::fs;

use confkit::live::Audit;
use confkit::live::audit::{FaultKind, Verifier};

use super::{Folder, kept, records, sample};

#[test]
fn a_record_that_was_cut_off_anywhere_is_repaired_and_kept() {
    let folder = Folder::new();
    let log = sample(&folder.log());
    let begin = log.trim_end().rfind('\n').unwrap() + 1;
    for cut in begin..log.len() {
        fs::write(folder.log(), &log[..cut]).unwrap();
        if cut > begin {
            let fault = Audit::verify(folder.log()).unwrap_err();
            assert!(matches!(fault.kind(), FaultKind::Torn), "cut at {cut}: {fault}");
        }
        let audit = Audit::open(folder.log()).unwrap();
        kept(&audit).close();

        let is_torn = cut > begin;
        let verified = Audit::verify(folder.log()).unwrap();
        assert_eq!(verified.repairs(), u64::from(is_torn), "cut at {cut}");
        assert_eq!(verified.records(), 3 + u64::from(is_torn) + 2);
        if is_torn {
            let repair = &records(&folder.log())[3]["log"];
            assert_eq!((&repair["record"], &repair["torn"]), (&"repaired".into(), &log[begin..cut].into()));
        }
    }
}

/// The repair itself is cut off: first behind what was torn, then over it, then before its end.
#[test]
fn a_repair_that_was_cut_off_anywhere_is_repaired() {
    let folder = Folder::new();
    let log = sample(&folder.log());
    let begin = log.trim_end().rfind('\n').unwrap() + 1;
    let torn = log.len() - 20;
    fs::write(folder.log(), &log[..torn]).unwrap();
    drop(Audit::open(folder.log()).unwrap());
    let repaired = fs::read_to_string(folder.log()).unwrap();
    let text = repaired.trim_end();
    let behind = (torn..=text.len()).map(|cut| format!("{}{}", &log[..torn], &text[torn..cut]));
    let over = (begin..torn).map(|cut| format!("{}{}{}", &text[..cut], &log[cut..torn], &text[torn..]));
    for cut_off in behind.chain(over).chain([text.to_owned()]) {
        fs::write(folder.log(), &cut_off).unwrap();
        drop(Audit::open(folder.log()).unwrap());
        let verified = Audit::verify(folder.log()).unwrap();
        assert_eq!((verified.records(), verified.repairs()), (4, 1));
        assert_eq!(records(&folder.log())[3]["log"]["torn"], cut_off[begin..]);
    }
}

#[test]
fn what_is_torn_may_be_any_bytes() {
    let folder = Folder::new();
    let torn = [0, 0xff, b'"', 0xc3];
    fs::write(folder.log(), torn).unwrap();
    drop(Audit::open(folder.log()).unwrap());
    assert_eq!(records(&folder.log())[0]["log"]["torn_hex"], "00ff22c3");
    assert_eq!(Audit::verify(folder.log()).unwrap().records(), 1);
}

#[test]
fn a_rotation_that_was_cut_off_is_finished_or_forgotten() {
    let folder = Folder::new();
    let audit = Audit::open(folder.log()).unwrap();
    kept(&audit).close();
    audit.rotate(folder.path("old.jsonl")).unwrap();
    let head = audit.head();
    drop(audit);
    let (old, next) = (folder.path("old.jsonl"), folder.path("audit.jsonl.next"));

    // Between the two renames.
    fs::rename(folder.log(), &next).unwrap();
    assert_eq!(Audit::open(folder.log()).unwrap().head(), head);
    assert!(!next.exists());
    Verifier::new().files([&old, &folder.log()]).unwrap();

    // Before them, with the new file written in part.
    let begun = fs::read(folder.log()).unwrap();
    fs::write(&next, &begun[..40]).unwrap();
    fs::rename(&old, folder.log()).unwrap();
    let audit = Audit::open(folder.log()).unwrap();
    assert_eq!(audit.head().sequence() + 1, head.sequence());
    assert!(!next.exists());
    audit.rotate(&old).unwrap();
    Verifier::new().files([&old, &folder.log()]).unwrap();
}
