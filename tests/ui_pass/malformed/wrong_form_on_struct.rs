// A key of types is written in one of its forms.
use confkit::Config;

#[derive(Config)]
#[config(profiles("dev"), rename_all = "kebab-case", unknown_keys = "deny")]
#[config(check(self.port > 0, "no port"), crate = ::confkit)]
struct Settings {
    port: u16,
}

#[derive(Config)]
#[config(profiles("dev", "test"), crate = "::confkit")]
struct Other {
    port: u16,
}

#[derive(Config)]
#[config(profiles("dev",))]
struct Third {
    port: u16,
}

fn main() {}
