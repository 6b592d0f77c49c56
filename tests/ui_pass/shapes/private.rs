// Private types may be used by public ones, and public types by private ones.
use confkit::Config;

mod inner {
    #[derive(confkit::Config)]
    pub(super) struct Database {
        port: u16,
        pub(crate) host: Host,
    }

    #[derive(confkit::Config)]
    pub(crate) struct Host(String);
}

#[derive(Config)]
pub struct Settings {
    #[config(nested)]
    database: inner::Database,
}

fn main() {}
