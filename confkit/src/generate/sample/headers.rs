//! TOML and INI: the values of a table, then its tables under headers.

use confkit_sources::{Format, WriteError};

use super::outline::{Body, Item, State};
use super::page::Page;
use crate::report::{Code, Problem};

pub(super) fn write(page: &mut Page, items: &[Item]) -> Vec<Problem> {
    let mut writer = Writer { format: page.format, problems: Vec::new() };
    writer.table(page, items, &[]);
    writer.problems
}

struct Writer {
    format: Format,
    problems: Vec<Problem>,
}

impl Writer {
    /// Writes what stands under a header.
    fn table(&mut self, page: &mut Page, items: &[Item], path: &[&str]) {
        let is_value = |item: &&Item| matches!(item.body, Body::Value(_) | Body::Nothing);
        for (at, item) in items.iter().filter(is_value).enumerate() {
            page.space(at, &item.notes);
            self.value(page, item);
        }
        for item in items.iter().filter(|item| !is_value(item)) {
            page.blank();
            page.notes("", &item.notes);
            let path: Vec<&str> = path.iter().copied().chain([item.key.as_str()]).collect();
            if item.state == State::Given {
                self.headed(page, item, &path);
            } else {
                let mut inner = page.inner();
                self.headed(&mut inner, item, &path);
                page.comment("", inner);
            }
        }
    }

    fn value(&mut self, page: &mut Page, item: &Item) {
        page.notes("", &item.notes);
        let Body::Value(value) = &item.body else { return };
        let Some(key) = self.written(item, self.format.write_key(&item.key)) else { return };
        let line = format!("{key} = {value}").trim_end().to_owned();
        match item.state {
            State::Given => page.line(line),
            State::Default => page.default("", &line),
            State::Example => page.example(&line),
        }
    }

    fn headed(&mut self, page: &mut Page, item: &Item, path: &[&str]) {
        let Some(header) = self.written(item, self.format.write_header(path)) else { return };
        match &item.body {
            Body::Table(items) => {
                // A longer header says as much.
                let are_tables = |item: &Item| {
                    matches!(item.body, Body::Table(_) | Body::Elements(_)) && item.state == State::Given
                };
                if items.is_empty() || !items.iter().all(are_tables) {
                    page.line(format!("[{header}]"));
                }
                self.table(page, items, path);
            }
            Body::Elements(_) if self.format.as_str() != "toml" => {
                if item.state == State::Given {
                    let message = format!("{} cannot be written as ini: it is a list of sections", item.path);
                    self.problems.push(Problem::unplaced(
                        Code::Unwritable,
                        &item.path,
                        &message,
                        Some("choose another format"),
                    ));
                } else {
                    page.line(format!("{header}: lists of sections need another format"));
                }
            }
            Body::Elements(elements) => {
                for (at, (notes, items)) in elements.iter().enumerate() {
                    if at > 0 {
                        page.blank();
                    }
                    page.notes("", notes);
                    page.line(format!("[[{header}]]"));
                    self.table(page, items, path);
                }
            }
            Body::Value(_) | Body::Nothing => {}
        }
    }

    fn written(&mut self, item: &Item, written: Result<String, WriteError>) -> Option<String> {
        let error = match written {
            Ok(text) => return Some(text),
            Err(error) => error,
        };
        self.problems.push(Problem::unplaced(
            Code::Unwritable,
            &item.path,
            &error.message,
            error.help.as_deref(),
        ));
        None
    }
}
