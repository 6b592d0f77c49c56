struct Settings<T> {
    #[config(nested(env_prefix = "DB"))]
    database: T,
    #[config(nested, default)]
    replicas: Vec<Database>,
    #[config(flatten)]
    pool: Pool,
    #[config(flatten)]
    labels: BTreeMap<String, String>,
}
