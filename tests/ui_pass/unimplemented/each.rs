// `each` needs a collection.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(each(|v| *v > 0, "must not be zero")))]
    levels: Vec<u8>,
}

fn main() {}
