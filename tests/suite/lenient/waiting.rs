//! Rules that have to be waited for.

use std::collections::BTreeMap;
use std::future::{Ready, ready};

use confkit::{Code, Config, Format, Lenient, Loader, testing};

use super::warned;

fn free(port: u16) -> Ready<Result<(), String>> {
    assert!(port != 1, "nobody asks for this");
    ready(if port == 80 { Err("another service has it".into()) } else { Ok(()) })
}

#[derive(Debug, Config)]
struct Server {
    #[config(validate(custom_async(free)))]
    port: u16,
}

#[derive(Debug, Config)]
struct Settings {
    #[config(nested)]
    servers: BTreeMap<String, Lenient<Server>>,
}

const TEXT: &str = "servers.a.port = 79\nservers.b.port = 80\nservers.c.port = 1\n";

fn loader() -> Loader<Settings> {
    Settings::loader().text(Format::Toml, "app.toml", TEXT)
}

#[test]
fn what_they_refuse_is_set_aside() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let settings = runtime.block_on(loader().load_async()).unwrap();
    let aside: Vec<bool> = settings.servers.values().map(Lenient::is_set_aside).collect();
    // A rule that panics has not judged.
    assert_eq!(aside, [false, true, true]);
}

#[test]
fn a_mistake_of_the_program_is_a_problem() {
    let result = loader().load();
    testing::assert_codes(&result, &[Code::Declaration, Code::Declaration, Code::Declaration]);
    let none =
        Settings::loader().text(Format::Toml, "app.toml", "servers.a.port = 'x'").load_traced().unwrap();
    assert_eq!(warned(&none), [(Code::Type, "servers.a.port")]);
}
