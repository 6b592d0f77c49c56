//! A page of HTML in one file.

use super::spans::{Span, spans};
use super::table::{Row, Table};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

pub(super) fn page(title: &str, tables: &[Table]) -> String {
    let title = escaped(title);
    let mut text = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header>\n<h1>{title}</h1>\n\
         <p id=\"search-box\" hidden><label for=\"search\">Search</label> \
         <input id=\"search\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\"> \
         <span id=\"found\" role=\"status\"></span></p>\n</header>\n"
    );
    navigation(&mut text, tables);
    text.push_str("<main>\n");
    for table in tables {
        section(&mut text, table);
    }
    text.push_str(&format!("</main>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n"));
    text
}

fn navigation(text: &mut String, tables: &[Table]) {
    if tables.len() < 2 {
        return;
    }
    text.push_str("<nav aria-label=\"Sections\">\n<ul>\n");
    for table in tables.iter().filter(|table| !table.title.is_empty()) {
        text.push_str(&format!(
            "<li><a href=\"#{}\">{}</a></li>\n",
            escaped(&encoded(&table.anchor)),
            escaped(&table.title)
        ));
    }
    text.push_str("</ul>\n</nav>\n");
}

fn section(text: &mut String, table: &Table) {
    let id =
        if table.anchor.is_empty() { String::new() } else { format!(" id=\"{}\"", escaped(&table.anchor)) };
    text.push_str(&format!("<section{id}>\n"));
    if !table.title.is_empty() {
        text.push_str(&format!("<h2>{}</h2>\n", escaped(&table.title)));
    }
    for paragraph in table.docs.iter().chain(&table.facts) {
        text.push_str(&self::paragraph(paragraph));
        text.push('\n');
    }
    if !table.rows.is_empty() {
        let label =
            if table.title.is_empty() { "Settings of the root".to_owned() } else { escaped(&table.title) };
        text.push_str(&format!(
            "<table aria-label=\"{label}\">\n<thead><tr><th scope=\"col\">Setting</th><th scope=\"col\">Value</th>\
             <th scope=\"col\">Default</th><th scope=\"col\">Variable, argument</th>\
             <th scope=\"col\">Description</th></tr></thead>\n<tbody>\n"
        ));
        table.rows.iter().for_each(|row| self::row(text, row));
        text.push_str("</tbody>\n</table>\n");
    }
    text.push_str("</section>\n");
}

fn row(text: &mut String, row: &Row) {
    let need = row.need.as_ref().map(|need| format!("<strong>{}</strong>", inline(need)));
    let shown = |default: &String| if default.is_empty() { code("\"\"") } else { code(default) };
    let default = need.into_iter().chain(row.default.as_ref().map(shown)).collect::<Vec<_>>().join("<br>");
    let names = row.names.iter().map(|name| code(name)).collect::<Vec<_>>().join("<br>");
    let words: Vec<String> = row.docs.iter().chain(&row.facts).map(|words| paragraph(words)).collect();
    let words = words.concat();
    text.push_str(&format!(
        "<tr><th scope=\"row\">{}</th><td data-label=\"Value\">{}</td><td data-label=\"Default\">{default}</td>\
         <td data-label=\"Variable, argument\">{names}</td><td data-label=\"Description\">{words}</td></tr>\n",
        code(&row.path),
        inline(&row.value),
    ));
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", escaped(text))
}

fn paragraph(words: &str) -> String {
    format!("<p>{}</p>", inline(words))
}

fn inline(words: &str) -> String {
    let tagged = |span| match span {
        Span::Plain(text) => escaped(text),
        Span::Bold(text) => format!("<strong>{}</strong>", escaped(text)),
        Span::Code(text) => code(text),
    };
    spans(words).into_iter().map(tagged).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// An id in a link.
fn encoded(id: &str) -> String {
    let encode = |c: char| match c {
        '%' | '[' | ']' | '<' | '>' | '"' | '|' => format!("%{:02X}", u32::from(c)),
        c => c.to_string(),
    };
    id.chars().map(encode).collect()
}
