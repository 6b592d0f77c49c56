//! What is made from declarations: samples, pages, files for platforms.

mod kept;
mod pages;
mod platforms;
mod samples;
mod secrets;

use confkit::testing;

/// Holds what is made of the large type against the file of that name.
fn golden(name: &str, text: &str) {
    testing::assert_generated(format!("golden/{name}"), text);
}
