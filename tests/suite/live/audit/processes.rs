//! Writers that are killed, and disks that are full: each in a process of its own.

use std::env;
use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use confkit::live::audit::FaultKind;
use confkit::live::{Audit, Expiry};

use super::{Folder, kept, records};

/// Where the second process of a test has its log.
const LOG: &str = "CONFKIT_TEST_AUDIT_LOG";

/// This test again, in a process of its own. `wrapper` is what the shell does before.
fn again(test: &str, folder: &Folder, wrapper: &str) -> Child {
    Command::new("sh")
        .args(["-c", &format!("{wrapper} exec \"$0\" \"$@\"")])
        .arg(env::current_exe().unwrap())
        .args(["--exact", &format!("live::audit::processes::{test}"), "--nocapture"])
        .env(LOG, folder.log())
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn a_killed_writer_leaves_a_log_that_goes_on() {
    if let Some(log) = env::var_os(LOG) {
        let live = kept(&Audit::options().sync(false).open(log).unwrap());
        for number in 0_u64.. {
            let reason = "x".repeat(usize::try_from(number % 20_000).unwrap());
            live.because(reason).set_override("port", number % 60_000, Expiry::Never).unwrap();
        }
    }
    let folder = Folder::new();
    let mut before = 0;
    for _ in 0..6 {
        let mut writer = again("a_killed_writer_leaves_a_log_that_goes_on", &folder, "");
        // It is at work once the log has grown well.
        let size = || fs::metadata(folder.log()).map_or(0, |found| found.len());
        let (begun, least) = (Instant::now(), size() + 100_000);
        while size() < least {
            assert!(begun.elapsed() < Duration::from_secs(60), "the writer does not write");
            thread::yield_now();
        }
        writer.kill().unwrap();
        writer.wait().unwrap();

        let text = fs::read(folder.log()).unwrap();
        let whole = text.iter().filter(|byte| **byte == b'\n').count() as u64;
        assert!(whole > before);
        let is_torn = !text.ends_with(b"\n");
        drop(Audit::open(folder.log()).unwrap());
        let verified = Audit::verify(folder.log()).unwrap();
        assert_eq!(verified.records(), whole + u64::from(is_torn), "every whole record is there");
        before = verified.records();
    }
}

/// A limit on the size of files cuts a write off in the middle, as a full disk does.
#[test]
fn a_full_disk_is_told_and_the_log_goes_on_when_there_is_room() {
    if let Some(log) = env::var_os(LOG) {
        let audit = Audit::open(&log).unwrap();
        let live = kept(&audit);
        live.pin();
        let head = audit.head();
        live.because("x".repeat(1 << 20)).unpin().unwrap();
        assert!(live.counts().unrecorded > 0);
        assert_eq!(audit.head(), head);
        let text = fs::read(&log).unwrap();
        let whole = text.iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
        assert!(text.len() > whole, "some of the record was written");
        // Somebody makes room.
        fs::OpenOptions::new().write(true).open(&log).unwrap().set_len(whole as u64).unwrap();
        live.pin();
        assert_eq!(audit.head().sequence(), head.sequence() + 1);
        live.because("x".repeat(1 << 20)).unpin().unwrap();
        return;
    }
    let folder = Folder::new();
    let mut writer = again(
        "a_full_disk_is_told_and_the_log_goes_on_when_there_is_room",
        &folder,
        "trap '' XFSZ; ulimit -f 64;",
    );
    assert!(writer.wait().unwrap().success());
    assert!(matches!(Audit::verify(folder.log()).unwrap_err().kind(), FaultKind::Torn));
    kept(&Audit::open(folder.log()).unwrap()).close();
    let names: Vec<String> = records(&folder.log())
        .iter()
        .map(|record| {
            record["event"]["event"].as_str().or(record["log"]["record"].as_str()).unwrap().to_owned()
        })
        .collect();
    assert_eq!(names, ["changed", "pinned", "pinned", "repaired", "changed", "closed"]);
    assert_eq!(Audit::verify(folder.log()).unwrap().repairs(), 1);
}
