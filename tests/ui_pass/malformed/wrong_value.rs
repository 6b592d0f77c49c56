// What a key says of a value is written in one of its forms.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = 80, env = "PORT")]
    port: u16,
    #[config(default_fn = port, example = 81)]
    other: u16,
    #[config(flatten)]
    rest: Rest,
    #[config(secret)]
    token: Option<confkit::Secret<String>>,
    #[config(env_delimiter = ';')]
    hosts: Vec<String>,
    #[config(env_delimiter = ":", validate(non_empty))]
    ports: Vec<u16>,
    #[config(env_delimiter = '|')]
    users: Vec<String>,
}

#[derive(Config)]
struct Rest {}

fn port() -> u16 {
    80
}

fn main() {}
