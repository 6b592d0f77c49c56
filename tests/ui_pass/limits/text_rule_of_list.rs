// A rule on text is put on the elements of a list with `each`.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(each(email)))]
    admins: Vec<String>,
}

fn main() {}
