#[config(rename_all = "kebab-case")]
struct Settings {
    #[config(default = "127.0.0.1:8080", alias = "bind")]
    listen: SocketAddr,
    #[config(default = [1, 2])]
    weights: Vec<u16>,
    #[config(default = Duration::from_secs(5), hidden)]
    request_timeout: Duration,
    #[config(default_fn = retries)]
    retries: Option<u8>,
    #[config(parse = parse_colour, example = "ff0000")]
    colour: Option<Colour>,
    #[config(skip)]
    cache: Cache,
}
