#[config(rename_all = "lowercase")]
enum Mode {
    /// Where it is written.
    Dev,
    #[config(alias = "prod")]
    Production,
    #[serde(other)]
    Unknown,
}
