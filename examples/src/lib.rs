//! The examples are in folders of their own; see each `main.rs`.
