// What is said of an argument stands in parentheses.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(arg)]
    port: u16,
    #[config(arg = "name")]
    name: String,
    #[config(arg())]
    path: String,
    #[config(arg(long))]
    host: String,
    #[config(arg(short = "u"))]
    user: String,
    #[config(arg(skip = true))]
    group: String,
}

fn main() {}
