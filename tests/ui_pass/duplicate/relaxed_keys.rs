// Where other spellings are accepted, no two keys can be alike.
use confkit::Config;

#[derive(Config)]
#[config(relaxed_keys)]
struct Settings {
    max_conn: u16,
    #[config(env = "LIMIT")]
    limit: u16,
}
