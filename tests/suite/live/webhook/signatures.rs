//! Signatures as receivers see them.

use std::time::{Duration, SystemTime};

use confkit::Secret;
use confkit::live::{SignatureError, Webhook};
use proptest::prelude::*;

/// Made with Python: `hmac.new(secret, b"1700000000." + body, hashlib.sha256).hexdigest()`.
const BODY: &str = r#"{"event":"changed","by":"Zoë"}"#;
const BY_HUNTER2: &str = "dc5d6c46f4c1030613b7092c815559d974e8ab794ab4a90237e6eacd44d6d08a";
/// The same by two hundred times the letter a, which is longer than a block of the hash.
const BY_LONG: &str = "1f83af0eae09d19caa7911b91c0dfa52abbab1f6a289f869994faa640f1b0294";

fn verify(secret: &str, header: &str, body: &[u8], at: u64) -> Result<(), SignatureError> {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(at);
    Webhook::verify(&Secret::from(secret.to_owned()), header, body, now, Duration::from_secs(300))
}

fn header() -> String {
    format!("t=1700000000,v1={BY_LONG},v1={BY_HUNTER2}")
}

#[test]
fn another_program_signs_the_same() {
    for secret in ["hunter2", &"a".repeat(200)] {
        assert_eq!(verify(secret, &header(), BODY.as_bytes(), 1_700_000_010), Ok(()));
    }
    let spaced = format!("v2=new, v1={}, t=1700000000", BY_HUNTER2.to_uppercase());
    assert_eq!(verify("hunter2", &spaced, BODY.as_bytes(), 1_700_000_000), Ok(()));
    for secret in ["hunter3", "hunter", "hunter2 ", ""] {
        assert_eq!(verify(secret, &header(), BODY.as_bytes(), 1_700_000_010), Err(SignatureError::Wrong));
    }
}

#[test]
fn what_is_old_or_from_the_future_is_refused() {
    for (at, is_right) in
        [(1_699_999_700, true), (1_699_999_699, false), (1_700_000_300, true), (1_700_000_301, false)]
    {
        let expected = if is_right { Ok(()) } else { Err(SignatureError::Outdated) };
        assert_eq!(verify("hunter2", &header(), BODY.as_bytes(), at), expected);
    }
}

#[test]
fn every_changed_byte_is_seen() {
    for place in 0..BODY.len() {
        let mut body = BODY.as_bytes().to_vec();
        body[place] ^= 1;
        assert_eq!(verify("hunter2", &header(), &body, 1_700_000_000), Err(SignatureError::Wrong));
    }
    let header = format!("t=1700000000,v1={BY_HUNTER2}");
    for place in 0..header.len() {
        let mut changed = header.clone().into_bytes();
        changed[place] ^= 1;
        let changed = String::from_utf8(changed).unwrap();
        assert!(verify("hunter2", &changed, BODY.as_bytes(), 1_700_000_000).is_err(), "{changed}");
    }
}

#[test]
fn headers_that_are_none() {
    let many = format!("t=1,t=1700000000,v1={BY_HUNTER2}");
    let (short, long) = (format!("t=1,v1={}", &BY_HUNTER2[1..]), format!("t=1,v1={BY_HUNTER2}0"));
    let (signed, wide) = (format!("t=+1,v1={BY_HUNTER2}"), format!("t=1,v1={}ß", &BY_HUNTER2[2..]));
    let huge = format!("t=99999999999999999999,v1={BY_HUNTER2}");
    let headers =
        ["", "t=1", "v1=", "t=1,v1=", "t=,v1=00", "t=1,v1", &many, &short, &long, &signed, &wide, &huge];
    for header in headers {
        assert_eq!(verify("hunter2", header, BODY.as_bytes(), 1), Err(SignatureError::Malformed), "{header}");
    }
    let told: Vec<String> = [SignatureError::Malformed, SignatureError::Wrong, SignatureError::Outdated]
        .iter()
        .map(ToString::to_string)
        .collect();
    insta::assert_snapshot!(told.join("\n"));
}

proptest! {
    #[test]
    fn no_header_ends_the_receiver(header in "(t=[0-9+-]{0,22}|v1=[0-9a-fß]{0,66}|[,= ])*", at in any::<u32>()) {
        let body = BODY.as_bytes();
        prop_assert!(verify("hunter2", &header, body, at.into()).is_err());
    }
}
