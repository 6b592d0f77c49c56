// Types that are flattened say themselves which spellings they accept.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(flatten)]
    limits: Limits,
}

#[derive(Config)]
#[config(relaxed_keys)]
struct Limits {
    max_conn: u16,
}
