//! What editing the files of a whole system found.

use std::fmt::Write as _;

use confkit_sources::Format;

use super::edited;

#[test]
fn a_long_document_gets_a_key() {
    let mut text = "{\n".to_owned();
    (0..4000).for_each(|at| writeln!(text, "  \"key{at}\": [],").unwrap());
    let last = "  \"last\": 1";
    let new = edited(Format::Json, &format!("{text}{last}\n}}\n"), &["set fresh 8080"]).unwrap();
    assert_eq!(new, format!("{text}{last},\n  \"fresh\": 8080\n}}\n"));
}

#[test]
fn an_address_is_no_comment() {
    let text = "{\"url\": \"https://localhost\", \"size\": 1}";
    let new = edited(Format::Json, text, &["set fresh 8080"]).unwrap();
    assert_eq!(new, "{\"url\": \"https://localhost\", \"size\": 1, \"fresh\": 8080}");
}

#[test]
fn the_last_line_of_toml_stays_open() {
    for text in ["# [server]\n[server.http]\nport = 80", "[[server.ports]]\n[[server.ports]]"] {
        let new = edited(Format::Toml, text, &["set fresh 8080"]).unwrap();
        assert!(new.starts_with("fresh = 8080\n") && new.ends_with(text), "{new}");
    }
}

#[test]
fn a_comment_alone_in_toml_gets_a_key_below() {
    assert_eq!(edited(Format::Toml, "# defaults", &["set fresh 1"]).unwrap(), "# defaults\nfresh = 1");
}

#[test]
fn the_header_that_comes_first_need_not_be_the_outermost() {
    let text = "# inner\n[a.b]\nx = 1\n[a]\ny = 2\n";
    let new = edited(Format::Toml, text, &["set fresh 1"]).unwrap();
    assert_eq!(new, format!("fresh = 1\n\n{text}"));
}

#[test]
fn blank_lines_below_a_block_of_yaml_stay_below() {
    let text = "a: |\n  one\n\n  two\n  \n\nb: 1\n";
    assert_eq!(edited(Format::Yaml, text, &["set a \"x\""]).unwrap(), "a: x\n  \n\nb: 1\n");
    let text = "b: 1\na: |\n  one\n   ";
    assert_eq!(edited(Format::Yaml, text, &["set a \"x\""]).unwrap(), "b: 1\na: x\n   ");
}
