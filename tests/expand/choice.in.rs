#[config(rename_all = "lowercase")]
enum Mode {
    Dev,
    #[config(alias = "prod")]
    Production,
    #[serde(other)]
    Unknown,
}
