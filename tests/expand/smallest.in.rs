/// Settings of a small service.
struct Settings {
    /// The port it listens on.
    port: u16,
}
