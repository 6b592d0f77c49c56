// A type may be declared inside a function.
use confkit::Config;

fn check() {
    const LIMIT: u16 = 9;

    #[derive(Config)]
    struct Inner {
        #[config(default = LIMIT, validate(range(max = LIMIT)))]
        port: u16,
    }

    #[derive(Config)]
    struct Settings {
        #[config(nested)]
        inner: Inner,
    }

    fn is_config<T: Config>() {}
    is_config::<Settings>();
}

fn main() {}
