//! Mistakes of a declaration that only its whole can show: expressions that are none.

use confkit::{Code, Config, testing};

use super::{over, refused};

#[derive(Debug, Config)]
struct Inner {
    #[config(default = "a", validate(regex("[a-")))]
    name: String,
}

#[derive(Debug, Config)]
struct Wrong {
    #[config(validate(regex("(unclosed")))]
    never_given: Option<String>,
    #[config(default, validate(each(regex("*"))))]
    list: Vec<String>,
    #[config(nested)]
    inner: Option<Inner>,
    #[config(nested, default)]
    inners: Vec<Inner>,
    #[config(nested, refine(name, validate(regex("a{2,1}"))))]
    refined: Inner,
    #[config(flatten)]
    flat: Flat,
    #[config(nested)]
    choice: Option<Choice>,
}

#[derive(Debug, Config)]
struct Flat {
    #[config(default = "a", validate(regex("(?<", profile = "production", warn)))]
    flat: String,
}

#[derive(Debug, Config)]
enum Choice {
    Named {
        #[config(validate(regex(r"\8")))]
        value: String,
    },
    Value(#[config(validate(regex("(?z)")))] String),
}

#[test]
fn every_expression_of_a_declaration_is_read() {
    let report = testing::check_declaration::<Wrong>().unwrap_err();
    assert!(report.problems().iter().all(|problem| problem.code() == Code::Declaration), "{report}");
    insta::assert_snapshot!(report);
}

#[test]
fn a_load_tells_an_expression_that_is_none() {
    let report = refused::<Inner>("name = 'b'");
    testing::assert_codes(&Err::<(), _>(report.clone()), &[Code::Declaration]);
    insta::assert_snapshot!(report);
}

#[test]
fn expressions_that_are_some_are_accepted() {
    #[derive(Debug, Config)]
    struct Right {
        #[config(default = "äb", validate(regex(r"^\w{2}$"), regex(r"(?i)^ÄB$"), regex(r"^\p{Greek}?")))]
        name: String,
        // An expression of the program, and no text of one.
        #[config(default = "ab", validate(regex(path = compiled("(a|"))))]
        other: String,
    }
    testing::check_declaration::<Right>().unwrap();
    assert!(over::<Right>("").load().is_ok());
}

fn compiled(start: &str) -> regex::Regex {
    regex::Regex::new(&format!("{start}b)+")).expect("an expression")
}

#[test]
fn a_type_that_holds_itself_is_read_once() {
    #[derive(Debug, Config)]
    struct Tree {
        #[config(default = "a", validate(regex("(")))]
        name: String,
        #[config(nested, default)]
        children: Vec<Tree>,
    }
    let report = testing::check_declaration::<Tree>().unwrap_err();
    testing::assert_codes(&Err::<(), _>(report), &[Code::Declaration]);
}
