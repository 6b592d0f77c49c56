// An argument cannot be called as the one that prints the options.
use confkit::Config;

#[derive(Config)]
#[config(args)]
struct Settings {
    #[config(arg(long = "assist"))]
    help: bool,
    #[config(arg(short = 'o'))]
    host: String,
    manual: String,
}

fn main() {}
