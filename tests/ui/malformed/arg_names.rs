// Names of arguments consist of letters, digits, `-` and `_`, without the dashes in front.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(arg(long = "--listen"))]
    port: u16,
    #[config(arg(long = "user name"))]
    user: String,
    #[config(arg(long = ""))]
    group: String,
    #[config(arg(short = '1'))]
    first: String,
    #[config(rename = "2nd", arg(short))]
    second: String,
}

fn main() {}
