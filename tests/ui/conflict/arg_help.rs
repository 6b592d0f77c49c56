// An argument cannot be called as the one that prints the options.
use confkit::Config;

#[derive(Config)]
#[config(args)]
struct Settings {
    help: bool,
    #[config(arg(short = 'h'))]
    host: String,
    #[config(arg(long = "help"))]
    manual: String,
}

fn main() {}
