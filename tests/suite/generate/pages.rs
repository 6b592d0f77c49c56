//! Reference pages.

use std::collections::{BTreeMap, BTreeSet};

use confkit::generate::Reference;
use confkit::{Config, testing};
use serde::Serialize;

use super::golden;
use crate::everything::Everything;

fn reference() -> Reference {
    Reference::of::<Everything>().title("Settings of orders")
}

#[test]
fn the_large_type_on_every_page() {
    golden("reference.md", &reference().markdown());
    golden("reference.html", &reference().html());
    golden("reference.man", &reference().man());
}

#[test]
fn every_setting_is_on_every_page_unless_it_is_hidden() {
    let pages = [reference().markdown(), reference().html(), reference().man().replace("\\-", "-")];
    for path in testing::paths::<Everything>() {
        // Below the first menu inside a menu all is said.
        let is_shown = path != "experimental" && !path.starts_with("menu[].entries[].");
        let html = path.replace('<', "&lt;").replace('>', "&gt;");
        let shown =
            [&path, &html, &path].into_iter().zip(&pages).map(|(path, page)| page.contains(path.as_str()));
        assert!(shown.into_iter().all(|found| found == is_shown), "{path}");
    }
}

/// Words that mean something to the languages of pages.
#[derive(Config, Serialize)]
struct Hostile {
    /// `a|b` <script>alert("x")</script> & **bold**, `odd
    ///
    /// .TH 'quoted' "so" \fB -- ~ ^
    #[config(default = "| ` \\ .x </table> \"q\"", example = "<b>|`")]
    one: String,
    /// 'first
    #[config(default = "")]
    two: String,
    #[config(default = "*", validate(regex("^[|`<\\\\]*$", warn)))]
    three: String,
    #[config(nested, rename = "a b.c|<d>")]
    inner: Inner,
}

/// .SH not a heading | <h2>
#[derive(Config, Serialize)]
struct Inner {
    #[config(default = 1, rename = "x|y")]
    x: u8,
}

#[test]
fn words_mean_nothing_to_the_language_of_a_page() {
    let reference = Reference::of::<Hostile>().title("T <1> \"2\" \\3");
    insta::assert_snapshot!("hostile_markdown", reference.markdown());
    insta::assert_snapshot!("hostile_man", reference.man());
    let html = reference.html();
    let body = &html[html.find("<body>").unwrap()..html.find("<script>").unwrap()];
    insta::assert_snapshot!("hostile_html", body);
    balanced(&html);
}

#[test]
fn rows_of_markdown_have_five_cells() {
    for page in [reference().markdown(), Reference::of::<Hostile>().markdown()] {
        for row in page.lines().filter(|line| line.starts_with('|')) {
            let bars = row.replace("\\\\", "").replace("\\|", "").matches('|').count();
            assert_eq!(bars, 6, "{row}");
        }
    }
}

/// Fails unless every element that is opened is closed in its place.
fn balanced(html: &str) {
    const VOID: [&str; 3] = ["meta", "input", "br"];
    let mut open: Vec<&str> = Vec::new();
    let without_script = html.split("<script>").next().unwrap();
    let text = without_script.split("<style>").map(|part| part.split("</style>").last().unwrap());
    let text: String = text.collect();
    for tag in text.split('<').skip(1).map(|rest| rest.split('>').next().unwrap()) {
        let name = tag.trim_start_matches(['/', '!']).split(' ').next().unwrap();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "{tag}");
        } else if !tag.starts_with('!') && !VOID.contains(&name) {
            open.push(name);
        }
    }
    assert_eq!(open, ["html", "body"], "the script comes last");
}

#[test]
fn a_page_of_html_is_whole() {
    let html = reference().html();
    balanced(&html);
    let values = |attribute: &str| -> Vec<String> {
        let parts = html.split(attribute).skip(1).map(|rest| rest.split('"').next().unwrap());
        parts
            .map(|value| {
                value.replace("%5B", "[").replace("%5D", "]").replace("%3C", "&lt;").replace("%3E", "&gt;")
            })
            .collect()
    };
    let ids = values(" id=\"");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "ids are there once");
    let links = values(" href=\"#");
    assert!(links.len() > 15 && links.iter().all(|link| ids.contains(link)), "{links:?} {ids:?}");
    for foreign in ["src=", "@import", "url(", "<link"] {
        assert!(!html.contains(foreign), "nothing is fetched");
    }
}

#[test]
fn links_of_markdown_lead_to_a_section() {
    let page = reference().markdown();
    let between = |start: &str, end: char| -> Vec<String> {
        page.split(start).skip(1).map(|rest| rest.split(end).next().unwrap().to_owned()).collect()
    };
    let ids = between("<a id=\"", '"');
    let links = between("](#", ')');
    let decoded = |link: &String| {
        link.replace("%5B", "[")
            .replace("%5D", "]")
            .replace("%3C", "&lt;")
            .replace("%3E", ">")
            .replace("%20", " ")
    };
    assert_eq!(links.iter().map(decoded).collect::<Vec<_>>(), ids);
}

#[test]
fn defaults_are_shown_as_text_reads_them() {
    #[derive(Config)]
    #[config(env_prefix = "APP")]
    struct Settings {
        #[config(default = std::time::Duration::from_millis(1500))]
        span: std::time::Duration,
        #[config(default = BTreeMap::from([("a".to_owned(), 1)]))]
        map: BTreeMap<String, u8>,
        nothing: Option<String>,
        #[config(default = [1, 2])]
        list: Vec<u8>,
    }
    let page = Reference::of::<Settings>().markdown();
    let defaults: Vec<&str> =
        page.lines().skip(4).map(|line| line.split(" | ").nth(2).unwrap_or_default()).collect();
    assert_eq!(defaults, ["`1s 500ms`", "`{\"a\":1}`", "", "`1,2`"]);
}
