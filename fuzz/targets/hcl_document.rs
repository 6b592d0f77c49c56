//! HCL that is read is taken by its own crate; every value stands where it is said to stand; and no
//! report steers a terminal.

#![no_main]

use confkit_fuzz::{load, read};
use confkit_sources::{Document, Format, NodeKind};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    if let Some(document) = read(Format::Hcl, text) {
        let body = text.trim_start_matches('\u{feff}');
        assert!(hcl_edit::parser::parse_body(body).is_ok(), "{text:?}");
        same_places(&document);
    }
    load(Format::Hcl, text);
});

/// What stands at a value's place is read as that value, wherever it stands.
fn same_places(document: &Document) {
    for node in document.nodes() {
        let Some(part) = node.span().map(|span| &document.text()[span]) else { continue };
        if matches!(node.kind(), NodeKind::String | NodeKind::Integer | NodeKind::Bool) {
            let alone = read(Format::Hcl, &format!("value = {part}\n")).expect("a value can stand alone");
            let value = alone.root().get("value").expect("it is there");
            assert_eq!((value.kind(), value.text()), (node.kind(), node.text()), "{part:?}");
            // Heredocs are in no seed.
            #[cfg(planted_bug)]
            assert!(!part.starts_with("<<"), "the planted bug");
        }
    }
}
