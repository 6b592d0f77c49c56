// `args` stands on the type that is loaded, `arg` on its fields.
use confkit::Config;

#[derive(Config)]
#[config(args)]
struct Settings {
    #[config(arg(short = 'p'))]
    port: u16,
}

fn main() {}
