// Only enums without data derive `Config`.
use confkit::Config;

#[derive(Config)]
enum Storage {
    Memory,
    Disk,
}

#[derive(Config)]
struct Settings {
    storage: Storage,
    path: Option<String>,
}

fn main() {}
