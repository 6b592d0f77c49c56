// Only enums without data derive `Config`.
use confkit::Config;

#[derive(Config)]
enum Storage {
    Memory,
    Disk { path: String },
}

fn main() {}
