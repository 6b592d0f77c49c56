//! dotenv means the same with both kinds of line ends and when it is written anew with every value
//! in quotation marks; names keep their order; and no report steers a terminal.

#![no_main]

use confkit_fuzz::{leaves, load, quoted, read, same_with_other_line_ends};
use confkit_sources::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let document = read(Format::Dotenv, text);
    same_with_other_line_ends(Format::Dotenv, text, document.as_ref());
    if let Some(document) = &document {
        let values = leaves(document);
        let line = |(path, value): &(Vec<String>, String)| format!("export {}={}\n", path[0], quoted(value));
        let written: String = values.iter().map(line).collect();
        let again = read(Format::Dotenv, &written).expect("what was read can be written");
        assert_eq!(values, leaves(&again), "{text:?}");
        let places: Vec<_> = document.root().items().filter_map(|node| node.key_span()).collect();
        assert!(places.is_sorted_by_key(|span| span.start), "{text:?}");
        // Values of several lines are in no seed.
        #[cfg(planted_bug)]
        assert!(values.iter().all(|(_, value)| !value.contains('\n')), "the planted bug");
    }
    load(Format::Dotenv, text);
});
