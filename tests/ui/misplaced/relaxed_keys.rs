// Types that are flattened say themselves which spellings they accept.
use confkit::Config;

#[derive(Config)]
#[config(relaxed_keys)]
struct Settings {
    #[config(flatten)]
    limits: Limits,
}

#[derive(Config)]
struct Limits {
    max_conn: u16,
}

fn main() {}
