// A key of types is written in one of its forms.
use confkit::Config;

#[derive(Config)]
#[config(profiles = "dev", rename_all = kebab, unknown_keys(deny))]
#[config(check(self.port), crate = 1, bound(T: Clone))]
struct Settings {
    port: u16,
}

#[derive(Config)]
#[config(profiles(), crate = "a b", bound = 1)]
struct Other {
    port: u16,
}

#[derive(Config)]
#[config(profiles(dev))]
struct Third {
    port: u16,
}

fn main() {}
