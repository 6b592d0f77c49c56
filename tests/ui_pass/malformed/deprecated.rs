// What is said of a deprecated setting is text.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(deprecated = "use `listen`")]
    port: Option<u16>,
    #[config(deprecated)]
    host: Option<String>,
    #[config(renamed_from = "pool")]
    max_conn: u16,
}
