//! dotenv: settings under the names of their variables, all of them side by side.

use super::outline::{Body, Item, State};
use super::page::Page;
use crate::report::{Code, Problem};

pub(super) fn write(page: &mut Page, items: &[Item]) -> Vec<Problem> {
    let mut problems = Vec::new();
    entries(page, items, State::Given, &mut problems);
    problems
}

/// Writes what is in a table; `around` is the state of the table itself.
fn entries(page: &mut Page, items: &[Item], around: State, problems: &mut Vec<Problem>) {
    for item in items.iter().filter(|item| has_variable(item)) {
        if page.is_commented() && !item.notes.is_empty() {
            page.blank();
        }
        page.notes("", &item.notes);
        let state = if around == State::Example { around } else { item.state };
        match &item.body {
            Body::Value(value) => variable(page, item, value, state, problems),
            Body::Table(items) => entries(page, items, state, problems),
            Body::Elements(elements) => {
                for (notes, items) in elements {
                    page.notes("", notes);
                    entries(page, items, state, problems);
                }
            }
            Body::Nothing => {}
        }
    }
}

fn variable(page: &mut Page, item: &Item, value: &str, state: State, problems: &mut Vec<Problem>) {
    let Some(variable) = item.variable.as_deref().filter(|name| is_name(name)) else {
        let message = format!("{} cannot be written as dotenv: it has no variable", item.path);
        return problems.push(Problem::unplaced(Code::Unwritable, &item.path, &message, None));
    };
    let line = format!("{variable}={value}");
    match state {
        State::Given => page.line(line),
        State::Default => page.default("", &line),
        State::Example => page.example(&line),
    }
}

/// Whether anything of an item can be, or has to be, written.
fn has_variable(item: &Item) -> bool {
    match &item.body {
        Body::Value(_) => item.state == State::Given || item.variable.as_deref().is_some_and(is_name),
        Body::Table(items) => items.iter().any(has_variable),
        Body::Elements(elements) => elements.iter().any(|(_, items)| items.iter().any(has_variable)),
        Body::Nothing => false,
    }
}

/// Whether such a file can have a variable of that name.
fn is_name(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}
