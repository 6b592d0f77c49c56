//! Where a log is: opened again, locked, and in several files.

use std::fs;
use std::io::ErrorKind;

use confkit::live::audit::{FaultKind, Head, Verifier};
use confkit::live::{Audit, Live};

use super::{Folder, kept, key, records, sample};
use crate::live::Settings;

#[test]
fn a_log_goes_on_where_it_ended() {
    let folder = Folder::new();
    sample(&folder.log());
    let head = Audit::verify(folder.log()).unwrap().head();
    let audit = Audit::open(folder.log()).unwrap();
    assert_eq!(audit.head(), head);
    kept(&audit).close();
    let records = records(&folder.log());
    assert_eq!((records.len(), &records[4]["sequence"]), (6, &5.into()));
    assert_eq!(records[4]["previous"], head.hash());
    Audit::verify(folder.log()).unwrap();
}

#[test]
fn a_record_longer_than_a_block_is_the_end_of_a_log_too() {
    let folder = Folder::new();
    let long = "x".repeat(300_000);
    for count in 1..=3 {
        let audit =
            Audit::options().filter(|event| event.kind().as_str() == "pinned").open(folder.log()).unwrap();
        kept(&audit).because(&long).pin();
        assert_eq!(Audit::verify(folder.log()).unwrap().records(), count);
    }
}

#[test]
fn a_log_has_one_writer() {
    let folder = Folder::new();
    let audit = Audit::open(folder.log()).unwrap();
    let live = kept(&audit);
    assert_eq!(Audit::open(folder.log()).unwrap_err().kind(), ErrorKind::ResourceBusy);
    live.close();
    assert_eq!(
        Audit::open(folder.log()).unwrap_err().kind(),
        ErrorKind::ResourceBusy,
        "there is a handle yet"
    );
    drop((live, audit));
    Audit::open(folder.log()).unwrap();
}

#[test]
fn what_is_no_file_is_no_log() {
    let folder = Folder::new();
    assert_eq!(Audit::open(folder.path("")).unwrap_err().kind(), ErrorKind::InvalidInput);
    assert_eq!(Audit::open(folder.path("no/audit.jsonl")).unwrap_err().kind(), ErrorKind::NotFound);
    #[cfg(unix)]
    assert_eq!(Audit::open("/dev/full").unwrap_err().kind(), ErrorKind::InvalidInput);
}

#[cfg(unix)]
#[test]
fn a_log_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new();
    let audit = Audit::open(folder.log()).unwrap();
    kept(&audit).close();
    audit.rotate(folder.path("old.jsonl")).unwrap();
    for name in ["audit.jsonl", "audit.jsonl.lock", "old.jsonl"] {
        let mode = fs::metadata(folder.path(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn a_log_that_was_changed_is_left_as_it_is() {
    let folder = Folder::new();
    let changed = sample(&folder.log()).replace("\"closed\"", "\"opened\"");
    fs::write(folder.log(), &changed).unwrap();
    let error = Audit::open(folder.log()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidData);
    assert!(error.to_string().contains("audit.jsonl:4: record 4 was changed"), "{error}");
    assert_eq!(fs::read_to_string(folder.log()).unwrap(), changed);
}

#[test]
fn a_log_of_several_files_is_one() {
    let folder = Folder::new();
    let audit = Audit::open(folder.log()).unwrap();
    let live = kept(&audit);
    let old = [folder.path("1.jsonl"), folder.path("2.jsonl")];
    for old in &old {
        live.pin();
        audit.rotate(old).unwrap();
        live.unpin().unwrap();
    }
    live.close();
    assert_eq!(records(&folder.log())[0]["log"]["file"], "2.jsonl");

    let files = [&old[0], &old[1], &folder.log()];
    let verified = Verifier::new().holds(audit.head()).files(files).unwrap();
    assert_eq!((verified.first(), verified.head()), (Some(1), audit.head()));
    assert_eq!(verified.records(), verified.head().sequence());

    let wrong = Verifier::new().files([&old[0], &folder.log()]).unwrap_err();
    assert!(matches!(wrong.kind(), FaultKind::Sequence { .. }));
    assert_eq!((wrong.file(), wrong.line()), (folder.log().as_path(), Some(1)));
    let first = Verifier::new().files([&old[0]]).unwrap().head();
    Verifier::new().after(first).files([&old[1], &folder.log()]).unwrap();
    Verifier::new().after(first).files([&folder.log()]).unwrap_err();
    let later = Verifier::new().holds(first).files([&folder.log()]).unwrap_err();
    assert!(matches!(later.kind(), FaultKind::BeginsLater { .. }));
    assert!(Audit::verify(folder.log()).unwrap().first() > Some(1), "a file by itself is a log too");

    drop((live, audit));
    assert_eq!(Audit::open(folder.log()).unwrap().head(), verified.head());
}

#[test]
fn a_name_that_is_taken_is_not_overwritten() {
    let folder = Folder::new();
    let audit = Audit::open(folder.log()).unwrap();
    let live = kept(&audit);
    fs::write(folder.path("old.jsonl"), "precious").unwrap();
    assert_eq!(audit.rotate(folder.path("old.jsonl")).unwrap_err().kind(), ErrorKind::AlreadyExists);
    assert_eq!(audit.rotate(folder.path("no/old.jsonl")).unwrap_err().kind(), ErrorKind::NotFound);
    live.close();
    assert_eq!(fs::read_to_string(folder.path("old.jsonl")).unwrap(), "precious");
    assert_eq!(Audit::verify(folder.log()).unwrap().records(), 2);
    assert!(!folder.path("audit.jsonl.next").exists());
}

#[test]
fn a_log_that_is_full_goes_on_in_a_new_file() {
    let folder = Folder::new();
    let audit = Audit::options().rotate_at(2000).open(folder.log()).unwrap();
    let live = kept(&audit);
    for _ in 0..20 {
        live.pin();
        live.unpin().unwrap();
    }
    live.close();
    assert_eq!(live.counts().unrecorded, 0);
    let mut files: Vec<(u64, _)> = fs::read_dir(folder.path(""))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter_map(|path| Some((path.extension()?.to_str()?.parse().ok()?, path)))
        .collect();
    files.sort();
    assert!(files.len() > 3);
    for (last, file) in &files {
        assert_eq!(Audit::verify(file).unwrap().head().sequence(), *last);
        assert!((2000..3000).contains(&fs::metadata(file).unwrap().len()));
    }
    let all = files.into_iter().map(|(_, file)| file).chain([folder.log()]);
    assert_eq!(Verifier::new().files(all).unwrap().records(), audit.head().sequence());
}

/// A log that cannot be rotated goes on, and says so.
#[test]
fn what_cannot_be_rotated_is_told_and_kept() {
    let folder = Folder::new();
    let audit = Audit::options().rotate_at(1).open(folder.log()).unwrap();
    fs::create_dir(folder.path("audit.jsonl.1")).unwrap();
    let live = kept(&audit);
    live.pin();
    assert_eq!(live.counts().unrecorded, 1);
    assert_eq!(Audit::verify(folder.log()).unwrap().records(), 2);
}

/// Tells once that a log is begun anew.
fn is_told(live: &Live<Settings>, change: impl FnOnce()) {
    let before = live.counts().unrecorded;
    change();
    live.pin();
    live.unpin().unwrap();
    assert_eq!(live.counts().unrecorded, before + 1);
}

#[test]
#[cfg(unix)]
fn a_log_whose_file_is_gone_is_begun_anew_and_says_so() {
    let folder = Folder::new();
    let audit = Audit::open(folder.log()).unwrap();
    let live = kept(&audit);
    is_told(&live, || fs::rename(folder.log(), folder.path("renamed")).unwrap());
    let first = &records(&folder.log())[0];
    assert_eq!((&first["log"]["record"], &first["log"]["found"]), (&"restarted".into(), &"nothing".into()));
    // Who renames it, as tools that rotate do, has a log of two files.
    let whole = Verifier::new().files([&folder.path("renamed"), &folder.log()]).unwrap();
    assert_eq!((whole.first(), whole.restarts()), (Some(1), 1));

    is_told(&live, || fs::remove_file(folder.log()).unwrap());
    let alone = Audit::verify(folder.log()).unwrap();
    assert_eq!((alone.records(), alone.restarts(), alone.head()), (3, 1, audit.head()));
    let missing = Verifier::new().files([&folder.path("renamed"), &folder.log()]).unwrap_err();
    assert!(matches!(missing.kind(), FaultKind::Sequence { .. }), "{missing}");
    live.close();
    let head = audit.head();
    drop((live, audit));
    assert_eq!(Audit::open(folder.log()).unwrap().head(), head);
}

#[test]
fn a_log_that_was_replaced_emptied_or_written_by_others_is_kept_aside_and_begun_anew() {
    let folder = Folder::new();
    let audit = Audit::open(folder.log()).unwrap();
    let live = kept(&audit);
    let aside = |head: Head| folder.path(&format!("audit.jsonl.found.{}", head.sequence()));

    let (head, text) = (audit.head(), fs::read_to_string(folder.log()).unwrap());
    let other = text.replace("\"port\"", "\"prot\"") + "more\n";
    is_told(&live, || {
        fs::write(folder.path("other"), &other).unwrap();
        fs::rename(folder.path("other"), folder.log()).unwrap();
    });
    assert_eq!(fs::read_to_string(aside(head)).unwrap(), other, "nothing is thrown away");
    assert_eq!(records(&folder.log())[0]["log"]["found"], format!("audit.jsonl.found.{}", head.sequence()));

    let (head, text) = (audit.head(), fs::read_to_string(folder.log()).unwrap());
    is_told(&live, || {
        let mut log = fs::OpenOptions::new().append(true).open(folder.log()).unwrap();
        std::io::Write::write_all(&mut log, b"{}\n").unwrap();
    });
    assert_eq!(fs::read_to_string(aside(head)).unwrap(), text + "{}\n");

    is_told(&live, || fs::write(folder.log(), "").unwrap());
    let verified = Audit::verify(folder.log()).unwrap();
    assert_eq!((verified.records(), verified.head()), (3, audit.head()));

    // Where what is there cannot be moved, nothing is written over it.
    let head = audit.head();
    fs::create_dir(aside(head)).unwrap();
    let before = live.counts().unrecorded;
    fs::write(folder.path("other"), "precious").unwrap();
    fs::rename(folder.path("other"), folder.log()).unwrap();
    live.pin();
    assert_eq!(live.counts().unrecorded, before + 1);
    assert_eq!(fs::read_to_string(folder.log()).unwrap(), "precious");
}

#[test]
fn what_keeps_a_log_from_being_opened_is_said_with_its_file_and_what_to_do() {
    let folder = Folder::new();
    let audit = Audit::open(folder.log()).unwrap();
    let said = [
        Audit::open(folder.path("")).unwrap_err(),
        Audit::open(folder.path("no/audit.jsonl")).unwrap_err(),
        Audit::open(folder.log()).unwrap_err(),
        Audit::keyed(&key("")).open(folder.path("keyed.jsonl")).unwrap_err(),
        audit.rotate(folder.log()).unwrap_err(),
        audit.rotate(folder.path("no/old.jsonl")).unwrap_err(),
    ];
    let said = said.map(|error| format!("{:?}\n{error}", error.kind())).join("\n\n");
    insta::assert_snapshot!(said.replace(&folder.path("").display().to_string(), "/var/log/"));
}
