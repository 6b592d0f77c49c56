// What a function reads from text is put together by a function.
use confkit::Config;

fn words(text: &str) -> Result<Vec<String>, std::convert::Infallible> {
    text.split(' ').map(str::parse).collect()
}

fn joined(lower: Vec<String>, upper: Vec<String>) -> Vec<String> {
    [lower, upper].concat()
}

#[derive(Config)]
struct Settings {
    #[config(parse = words, merge(with = joined))]
    words: Vec<String>,
}

fn main() {}
