#[serde(tag = "type", rename_all = "lowercase")]
enum Store<T> {
    /// Forgets all at the end.
    Memory,
    Disk(#[config(nested)] T),
    S3 {
        bucket: String,
        #[config(default = 3, validate(range(1..=9)))]
        retries: u8,
    },
}
