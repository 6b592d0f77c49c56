#[derive(Config)]
#[config(args)]
struct Settings {
    #[config(arg(long = "listen", short))]
    port: u16,
    #[config(arg(skip), default = 1)]
    generation: u32,
    #[config(arg(secret_on_command_line))]
    pin: Option<Secret<String>>,
}
