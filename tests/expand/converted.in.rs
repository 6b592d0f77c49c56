#[serde(try_from = "RawSettings")]
struct Settings {
    url: Url,
}
