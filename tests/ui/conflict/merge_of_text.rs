// What a function reads from text is put together by a function.
use confkit::Config;

fn words(text: &str) -> Result<Vec<String>, std::convert::Infallible> {
    text.split(' ').map(str::parse).collect()
}

#[derive(Config)]
struct Settings {
    #[config(parse = words, merge = "append")]
    words: Vec<String>,
}

fn main() {}
