//! Rules: what they accept, what they refuse, how they are told, and the place they name.

mod across;
mod by_type;
mod declared;
mod elements;
mod hidden;
mod hostile;
mod inside;
mod json_schema;
mod kinds;
mod layers;
mod limits;
mod messages;
mod presence;
mod reload;
mod same_verdict;
mod table;
mod terms;
mod types;
mod waiting;

use confkit::{Config, Format, Loader, Problem, Report, System, Warnings};

/// A loader over one text, with nothing else around it.
fn over<T: Config>(text: &str) -> Loader<T> {
    T::loader().system(System::memory()).text(Format::Toml, "app.toml", text).warnings(Warnings::Ignore)
}

/// The report of a load of one text that has to fail.
fn refused<T: Config>(text: &str) -> Report {
    over::<T>(text).load().err().unwrap_or_else(|| panic!("this was accepted: {text}"))
}

/// The messages of a load of one text; none if it is accepted.
fn told<T: Config>(text: &str) -> Vec<String> {
    messages(&over::<T>(text))
}

fn messages<T: Config>(loader: &Loader<T>) -> Vec<String> {
    let problems = loader.load().err().map(|report| report.problems().to_vec()).unwrap_or_default();
    problems.iter().map(|problem| problem.message().to_owned()).collect()
}

/// The rules that a report names, in its order.
fn rules(report: &Report) -> Vec<&str> {
    report.problems().iter().map(|problem| problem.rule().unwrap_or("-")).collect()
}

/// The messages of warnings.
fn warned<T: Config>(loader: &Loader<T>) -> Vec<String> {
    let loaded = loader.load_traced().unwrap_or_else(|report| panic!("{report}"));
    loaded.warnings().iter().map(Problem::message).map(str::to_owned).collect()
}
