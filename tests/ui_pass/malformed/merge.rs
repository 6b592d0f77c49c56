// How layers come together is a word, a key or a function.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(merge = "append")]
    tags: Vec<String>,
    #[config(merge = "append")]
    words: Vec<String>,
    #[config(merge = "append")]
    numbers: Vec<u8>,
}

fn main() {}
