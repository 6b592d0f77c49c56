// What is said of an argument stands in parentheses.
use confkit::Config;

#[derive(Config)]
struct Settings {
    port: u16,
    #[config(arg(long = "title"))]
    name: String,
    #[config(arg(short))]
    path: String,
    #[config(arg(long = "address"))]
    host: String,
    #[config(arg(short = 'u'))]
    user: String,
    #[config(arg(skip))]
    group: String,
}

fn main() {}
