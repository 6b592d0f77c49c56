// Each flattened setting says itself what is true of it.
use confkit::Config;

#[derive(Config)]
struct Database {
    port: u16,
}

#[derive(Config)]
struct Settings {
    #[config(flatten, default, example = 80, secret)]
    one: Database,
    #[config(flatten, default_fn = database, required(profile = "production"))]
    two: Option<Database>,
    #[config(flatten, nested, required_if(one = 1))]
    three: Option<Database>,
    #[config(flatten, skip)]
    four: Database,
}

fn main() {}
