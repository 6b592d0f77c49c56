//! An audit log of any bytes is judged without a panic; what is found sound is so by its form, is sound in parts,
//! and is not with any one byte changed.

#![no_main]

use confkit::Secret;
use confkit::live::audit::{FaultKind, Verifier};
use confkit_fuzz::clean;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let keyed = Verifier::new().key(&Secret::from("key".to_owned()));
    for verifier in [Verifier::new(), keyed] {
        match verifier.read("log", data) {
            Ok(verified) => sound(&verifier, data, verified.records()),
            Err(fault) => {
                clean(&fault.to_string());
                // A torn end is all that is wrong, so the rest is a log.
                if let (FaultKind::Torn, Some(line)) = (fault.kind(), fault.line()) {
                    let whole = data.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
                    let verified = verifier.read("log", &data[..whole]).expect("the whole lines are sound");
                    assert_eq!(verified.records() + 1, line);
                }
            }
        }
    }
});

/// What holds for a sound log.
fn sound(verifier: &Verifier, log: &[u8], records: u64) {
    let lines: Vec<&[u8]> = log.split_inclusive(|byte| *byte == b'\n').collect();
    assert_eq!(lines.len() as u64, records);
    // No seed is a log of one record.
    #[cfg(planted_bug)]
    assert!(records != 1, "the planted bug");
    let head = verifier.read("log", log).expect("it was sound").head();
    assert_eq!(verifier.clone().holds(head).read("log", log).expect("it is there").head(), head);
    for at in (0..log.len()).step_by(1 + log.len() / 64) {
        let mut changed = log.to_vec();
        changed[at] ^= 1;
        assert!(verifier.read("log", changed.as_slice()).is_err(), "the byte at {at} may be changed");
    }
    // Record by record, each from where the one before it ended.
    let mut after = None;
    for line in lines {
        let verifier = after.map_or_else(|| verifier.clone(), |head| verifier.clone().after(head));
        after = Some(verifier.read("log", line).expect("each record is sound").head());
    }
}
