// Every mistake of a build is reported in one go.
use confkit::{Config, Secret};

#[derive(Config)]
#[config(env_prefix = "APP", unknown_keys = "deny")]
#[config(exactly_one_of(key, level), check(self.port > 1, "{port} is wrong"))]
struct Settings {
    #[config(default = 80)]
    port: u16,
    #[config(validate(range(min = 1)))]
    workers: u16,
    listen: u16,
    password: Secret<String>,
    #[config(required_if(port = 80))]
    key: Option<String>,
    name: String,
    #[config(default = "a", validate(one_of("a", "b"), non_empty(when = self.port > 80)))]
    letter: String,
    #[config(validate(range(min = 1, max = 9)))]
    level: Option<u16>,
}

#[derive(Config)]
enum Mode {
    #[config(rename = "dev")]
    Dev,
    Production,
}

fn main() {}
