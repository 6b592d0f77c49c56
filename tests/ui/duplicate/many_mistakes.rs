// Every mistake of a build is reported in one go.
use confkit::{Config, Secret};

#[derive(Config)]
#[config(env_prefx = "APP", unknown_keys = "denny")]
#[config(exactly_one_of(key), check(self.ports > 1, "{port} is wrong"))]
struct Settings {
    #[config(defualt = 80)]
    port: u16,
    #[config(env_prefix = "DB", validate(rang(min = 1)))]
    workers: u16,
    #[config(rename = "port")]
    listen: u16,
    #[config(default = "hunter2")]
    password: Secret<String>,
    #[config(required_if(prot = 80))]
    key: Option<String>,
    name: &'static str,
    #[config(default = "c", validate(one_of("a", "b", "a"), email(when = key)))]
    letter: String,
    #[config(requires(port), validate(range(min = 9, max = 1), each(non_empty), lenght(max = 2)))]
    level: Option<u16>,
}

#[derive(Config)]
enum Mode {
    #[config(renam = "dev")]
    Dev,
    Production(u8),
}

fn main() {}
