// Migrations lead to a version.
use confkit::Config;

#[derive(Config)]
#[config(migrations = steps)]
struct Settings {
    port: u16,
}

fn steps() -> confkit::migrate::Migrations {
    confkit::migrate::Migrations::new()
}

fn main() {}
