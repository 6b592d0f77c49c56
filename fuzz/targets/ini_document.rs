//! INI means the same with both kinds of line ends and when it is written anew with every name and
//! value in quotation marks; and no report steers a terminal.

#![no_main]

use confkit_fuzz::{leaves, load, quoted, read, same_with_other_line_ends};
use confkit_sources::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let document = read(Format::Ini, text);
    same_with_other_line_ends(Format::Ini, text, document.as_ref());
    if let Some(document) = &document {
        let mut values = leaves(document);
        // Below a section there is no way back to the root.
        values.sort_by_key(|(path, _)| path.len() > 1);
        let again = read(Format::Ini, &written(&values)).expect("what was read can be written");
        let mut again = leaves(&again);
        values.sort();
        again.sort();
        assert_eq!(values, again, "{text:?}");
        // Names in quotation marks are in no seed.
        #[cfg(planted_bug)]
        for node in document.nodes() {
            let key = node.key_span().map(|span| &document.text()[span]);
            assert!(!key.is_some_and(|key| key.starts_with('"')), "the planted bug");
        }
    }
    load(Format::Ini, text);
});

fn written(values: &[(Vec<String>, String)]) -> String {
    let line = |(path, value): &(Vec<String>, String)| match path.split_last() {
        Some((key, [])) => format!("{key} = {}\n", quoted(value)),
        Some((key, section)) => {
            let names: Vec<String> = section.iter().map(|name| quoted(name)).collect();
            format!("[{}]\n{key} = {}\n", names.join("."), quoted(value))
        }
        None => String::new(),
    };
    // A byte order mark may be the beginning of a key, but not of a file.
    "\n".to_owned() + &values.iter().map(line).collect::<String>()
}
