//! Writers that are killed, and disks that are full: each in a process of its own.

use std::env;
use std::fs;
use std::io::Write as _;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use confkit::live::{Audit, Expiry};

use super::{Folder, kept, records, sample};

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
        let lines = text.split_inclusive(|byte| *byte == b'\n');
        let whole = lines.filter(|line| line.ends_with(b"\n")).count() as u64;
        assert!(whole > before);
        let is_torn = !text.ends_with(b"\n");
        drop(Audit::open(folder.log()).unwrap());
        let verified = Audit::verify(folder.log()).unwrap();
        assert_eq!(verified.records(), whole + u64::from(is_torn), "every whole record is there");
        before = verified.records();
    }
}

/// What the shell does for a limit on the size of files: it cuts writes off in the middle, as a full disk does.
const LIMITED: &str = "trap '' XFSZ; ulimit -f 64;";

#[test]
fn a_full_disk_is_told_and_leaves_the_log_whole() {
    if let Some(log) = env::var_os(LOG) {
        let audit = Audit::open(&log).unwrap();
        let live = kept(&audit);
        live.pin();
        let head = audit.head();
        live.because("x".repeat(1 << 20)).unpin().unwrap();
        assert_eq!((live.counts().unrecorded, audit.head()), (2, head));
        assert_eq!(Audit::verify(&log).unwrap().head(), head);
        live.pin();
        assert_eq!(Audit::verify(&log).unwrap().records(), head.sequence() + 1);
        return;
    }
    let folder = Folder::new();
    assert!(
        again("a_full_disk_is_told_and_leaves_the_log_whole", &folder, LIMITED).wait().unwrap().success()
    );
    let records = records(&folder.log());
    let names: Vec<&str> = records.iter().map(|record| record["event"]["event"].as_str().unwrap()).collect();
    assert_eq!(names, ["changed", "pinned", "pinned", "closed"]);
}

#[test]
fn a_repair_waits_until_there_is_room() {
    if let Some(log) = env::var_os(LOG) {
        let mut file = fs::OpenOptions::new().append(true).open(&log).unwrap();
        file.write_all(&vec![b'x'; 1 << 20]).unwrap_err();
        let full = fs::read(&log).unwrap();
        Audit::open(&log).unwrap_err();
        assert!(fs::read(&log).unwrap() == full, "the log was changed");
        return;
    }
    let folder = Folder::new();
    let whole = sample(&folder.log());
    assert!(again("a_repair_waits_until_there_is_room", &folder, LIMITED).wait().unwrap().success());
    let torn = fs::read_to_string(folder.log()).unwrap().split_off(whole.len());
    assert!(torn.len() > 10_000);
    drop(Audit::open(folder.log()).unwrap());
    assert_eq!(records(&folder.log())[4]["log"]["torn"], torn);
}
