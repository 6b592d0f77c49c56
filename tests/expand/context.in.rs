#[config(context = App)]
struct Settings {
    name: String,
    #[config(nested)]
    pool: Option<Pool>,
    #[config(flatten)]
    log: Log,
}
