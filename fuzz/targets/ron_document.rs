//! RON is taken exactly where its own crate takes it, and read so; every place is where the value
//! stands; and no report steers a terminal.

#![no_main]

use confkit_fuzz::{load, read};
use confkit_sources::{Document, Format, NodeKind};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    if let Some(document) = read(Format::Ron, text) {
        let body = text.trim_start_matches('\u{feff}');
        let options = ron::Options::default().with_recursion_limit(300);
        assert!(options.from_str::<serde::de::IgnoredAny>(body).is_ok(), "{text:?}");
        same_places(&document);
    }
    load(Format::Ron, text);
});

/// What stands at a value's place is read as that value, wherever it stands.
fn same_places(document: &Document) {
    for node in document.nodes() {
        let Some(part) = node.span().map(|span| &document.text()[span]) else { continue };
        if matches!(node.kind(), NodeKind::String | NodeKind::Integer | NodeKind::Bool)
            && !part.starts_with("b\"")
        {
            let alone = read(Format::Ron, &format!("(value: {part})")).expect("a value can stand alone");
            let value = alone.root().get("value").expect("it is there");
            assert_eq!((value.kind(), value.text()), (node.kind(), node.text()), "{part:?}");
            // Raw texts are in no seed.
            #[cfg(planted_bug)]
            assert!(!part.starts_with("r#"), "the planted bug");
        }
    }
}
