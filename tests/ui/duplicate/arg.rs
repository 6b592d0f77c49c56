// An argument belongs to one setting.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(arg(short = 'p', long = "listen"))]
    port: u16,
    #[config(arg(short))]
    path: String,
    #[config(arg(long = "listen"))]
    address: String,
}

fn main() {}
