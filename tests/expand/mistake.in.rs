struct Settings {
    #[config(defualt = 1)]
    port: u16,
}
