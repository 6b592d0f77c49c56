// A message does not show a secret.
use confkit::{Config, Secret};

#[derive(Config)]
#[config(check(self.token.expose() != "x", "this token is refused"))]
struct Settings {
    #[config(validate(non_empty(message = "{field} is no token")))]
    token: Secret<String>,
}

fn main() {}
