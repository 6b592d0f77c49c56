// An old key is none that the field has now.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(renamed_from = "bind_port")]
    port: u16,
    #[config(renamed_from = "name")]
    host: String,
}
