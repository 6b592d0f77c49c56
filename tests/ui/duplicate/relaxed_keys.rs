// Where other spellings are accepted, no two keys can be alike.
use confkit::Config;

#[derive(Config)]
#[config(relaxed_keys)]
struct Settings {
    max_conn: u16,
    #[config(rename = "maxConn", env = "LIMIT")]
    limit: u16,
}

fn main() {}
