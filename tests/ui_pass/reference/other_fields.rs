// Rules on several fields name fields that exist.
use confkit::Config;

#[derive(Config)]
#[config(exactly_one_of(port, socket), check_with(whole, fields(port)))]
struct Settings {
    port: Option<u16>,
    #[config(validate(must_match(port)), conflicts_with(port))]
    socket: Option<u16>,
}

fn whole(settings: &Settings) -> Result<(), String> {
    if settings.socket == Some(0) { Err("is wrong".into()) } else { Ok(()) }
}

fn main() {}
