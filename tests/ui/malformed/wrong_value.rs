// What a key says of a value is written in one of its forms.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default(80), env(name))]
    port: u16,
    #[config(default_fn = 80, example(81), env = PORT)]
    other: u16,
    #[config(flatten = true)]
    rest: Rest,
    #[config(secret = true, default = pub)]
    token: String,
    #[config(secret(clear), env_delimiter = ';' + 1)]
    hosts: Vec<String>,
    #[config(env_delimiter = 1, validate = "range")]
    ports: Vec<u16>,
    #[config(env_delimiter = comma)]
    users: Vec<String>,
}

fn main() {}
