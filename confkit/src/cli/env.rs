//! `env`: the variables, and what they set.

use super::Status;
use super::failure::Failure;
use super::session::Session;
use super::table::Table;
use crate::config::Config;

pub(super) fn run<T: Config>(session: &mut Session<'_, '_, T>) -> Result<Status, Failure> {
    let set = session.loader.set_variables();
    let set_in = |name: &str| {
        let place = set.iter().find(|(_, variables)| variables.get(name).is_some());
        place.map(|(place, _)| place.clone()).unwrap_or_default()
    };
    let mut table = Table::new(["VARIABLE", "SETS", "SET IN"]);
    if let Some(name) = session.loader.profile_variable() {
        table.row([name.to_owned(), "(the profile)".to_owned(), set_in(name)]);
    }
    for variable in session.loader.declared_variables() {
        let set_in = set_in(&variable.name);
        table.row([variable.name, variable.path, set_in]);
    }
    if table.is_empty() {
        session.note("no setting has a variable: the type has no `env_prefix`, and no field says `env`")?;
    } else {
        session.answer(&table.rendered(session.columns(), session.is_coloured()))?;
    }
    Ok(Status::Done)
}
