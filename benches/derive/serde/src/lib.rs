//! A hundred structs of twenty fields with `serde::Deserialize`.

include!(concat!(env!("OUT_DIR"), "/structs.rs"));

mod defaults {
    pub(crate) fn text() -> String {
        "text".to_owned()
    }

    pub(crate) fn port() -> u16 {
        8080
    }

    pub(crate) fn flag() -> bool {
        true
    }

    pub(crate) fn size() -> u64 {
        4096
    }

    pub(crate) fn ratio() -> f64 {
        0.5
    }

    pub(crate) fn list() -> Vec<String> {
        vec!["one".to_owned(), "two".to_owned()]
    }
}
