// `args` stands on the type that is loaded, `arg` on its fields.
use confkit::Config;

#[derive(Config)]
#[config(arg(short = 'p'))]
struct Settings {
    #[config(args)]
    port: u16,
}

fn main() {}
