//! A hundred structs of twenty fields with `confkit::Config`.

include!(concat!(env!("OUT_DIR"), "/structs.rs"));
