// What is said of a deprecated setting is text.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(deprecated(note = "use `listen`"))]
    port: Option<u16>,
    #[config(deprecated = "")]
    host: Option<String>,
    #[config(renamed_from("pool"))]
    max_conn: u16,
}

fn main() {}
