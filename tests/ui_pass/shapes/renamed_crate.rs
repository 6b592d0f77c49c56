// The crate may have another name.
mod vendored {
    pub(crate) use confkit as settings;
}

#[derive(vendored::settings::Config)]
#[config(crate = vendored::settings)]
struct Settings {
    port: u16,
    mode: Mode,
}

#[derive(vendored::settings::Config)]
#[config(crate = "vendored::settings")]
enum Mode {
    Dev,
}

fn main() {}
