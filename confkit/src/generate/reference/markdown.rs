//! A page of Markdown, with the tables of GitHub.

use super::table::{Row, Table};
use crate::settings::code;

pub(super) fn page(title: &str, tables: &[Table]) -> String {
    let mut text = format!("# {title}\n");
    if let [_, inner @ ..] = tables
        && !inner.is_empty()
    {
        text.push('\n');
        for table in inner {
            text.push_str(&format!("- [{}](#{})\n", code(&table.title), link(&table.anchor)));
        }
    }
    for table in tables {
        self::table(&mut text, table);
    }
    text
}

fn table(text: &mut String, table: &Table) {
    if !table.title.is_empty() {
        text.push_str(&format!(
            "\n<a id=\"{}\"></a>\n\n## {}\n",
            attribute(&table.anchor),
            code(&table.title)
        ));
    }
    for paragraph in table.docs.iter().chain(&table.facts) {
        text.push_str(&format!("\n{paragraph}\n"));
    }
    if table.rows.is_empty() {
        return;
    }
    text.push_str(
        "\n| Setting | Value | Default | Variable, argument | Description |\n|---|---|---|---|---|\n",
    );
    for row in &table.rows {
        let cells = [
            code(&row.path),
            row.value.clone(),
            default(row),
            row.names.iter().map(|name| code(name)).collect::<Vec<_>>().join("<br>"),
            row.docs.iter().chain(&row.facts).cloned().collect::<Vec<_>>().join("<br>"),
        ];
        let cells = cells.map(|cell| cell.replace('|', "\\|").replace('\n', " "));
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
}

fn default(row: &Row) -> String {
    let need = row.need.as_ref().map(|need| format!("**{need}**"));
    let default = row.default.as_ref().map(|text| if text.is_empty() { code("\"\"") } else { code(text) });
    need.into_iter().chain(default).collect::<Vec<_>>().join("<br>")
}

fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

/// The target of a link, in which brackets would end it.
fn link(anchor: &str) -> String {
    let encode = |c: char| match c {
        '[' => "%5B".to_owned(),
        ']' => "%5D".to_owned(),
        '<' => "%3C".to_owned(),
        '>' => "%3E".to_owned(),
        '(' => "%28".to_owned(),
        ')' => "%29".to_owned(),
        '"' => "%22".to_owned(),
        c => c.to_string(),
    };
    anchor.chars().map(encode).collect()
}
