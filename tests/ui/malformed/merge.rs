// How layers come together is a word, a key or a function.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(merge)]
    tags: Vec<String>,
    #[config(merge("append"))]
    words: Vec<String>,
    #[config(merge(key = 3))]
    numbers: Vec<u8>,
}

fn main() {}
