//! dotenv: settings under the names of their variables.

use super::outline::{Body, Item, State};
use super::page::Page;
use crate::report::{Code, Problem};

pub(super) fn write(page: &mut Page, items: &[Item]) -> Vec<Problem> {
    let mut problems = Vec::new();
    entries(page, items, &mut problems);
    problems
}

fn entries(page: &mut Page, items: &[Item], problems: &mut Vec<Problem>) {
    for item in items.iter().filter(|item| has_variable(item)) {
        page.space(!item.notes.is_empty());
        page.notes("", &item.notes);
        if item.state == State::Example {
            let mut inner = page.inner();
            entry(&mut inner, item, problems);
            page.comment("", inner);
        } else {
            entry(page, item, problems);
        }
    }
}

fn entry(page: &mut Page, item: &Item, problems: &mut Vec<Problem>) {
    match (&item.body, &item.variable) {
        (Body::Value(value), Some(variable)) => {
            let line = format!("{variable}={value}");
            if item.state == State::Default { page.default("", &line) } else { page.line(line) }
        }
        (Body::Value(_), None) => {
            let message = format!("{} cannot be written as dotenv: it has no variable", item.path);
            problems.push(Problem::unplaced(Code::Unwritable, &item.path, &message, None));
        }
        (Body::Table(items), _) => entries(page, items, problems),
        (Body::Elements(elements), _) => {
            for (notes, items) in elements {
                page.notes("", notes);
                entries(page, items, problems);
            }
        }
        (Body::Nothing, _) => {}
    }
}

/// Whether anything of an item can be, or has to be, written.
fn has_variable(item: &Item) -> bool {
    match &item.body {
        Body::Value(_) => item.variable.is_some() || item.state == State::Given,
        Body::Table(items) => items.iter().any(has_variable),
        Body::Elements(elements) => elements.iter().any(|(_, items)| items.iter().any(has_variable)),
        Body::Nothing => false,
    }
}
