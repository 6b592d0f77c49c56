//! The generated files and variables.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// Number of keys of each case; the first is the small type, the others are services of ten keys.
pub const CASES: [usize; 4] = [30, 1_000, 5_000, 50_000];

/// Variables of a case, those that mean nothing to it included.
const VARIABLES: usize = 50;

/// Writes `<keys>/*.toml`, the same as JSON and YAML for services, and `<keys>/variables` for each case.
pub fn write(folder: &Path) -> io::Result<()> {
    for keys in CASES {
        let case = folder.join(keys.to_string());
        fs::create_dir_all(&case)?;
        let overrides = if keys == 30 {
            fs::write(case.join("base.toml"), SMALL)?;
            SMALL_VARIABLES.map(|(name, value)| format!("BENCH_{name}={value}"))
        } else {
            let services = keys / 10;
            fs::write(case.join("base.toml"), base(services))?;
            fs::write(case.join("a.toml"), changes(services, 7, "weight = 2.5\nretries = 9\n"))?;
            fs::write(case.join("b.toml"), changes(services, 7, "retries = 10\nzone = \"moved\"\n"))?;
            crate::other_formats::write(&case, services)?;
            large_variables(services)
        };
        fs::write(case.join("variables"), environment(&overrides))?;
    }
    Ok(())
}

/// 24 of the 30 keys; the other six have defaults.
const SMALL: &str = r#"# Settings of the orders service.
name = "orders"
listen = "127.0.0.1:8080"
workers = 8
log_level = "info"
debug = false
timeout_ms = 2500
ratio = 0.75
hosts = ["alpha.example", "beta.example", "gamma.example"]
motd = "ready to take orders\n"

[http]
host = "0.0.0.0"
port = 8080
keep_alive = true
max_header = 16384
prefix = "/api/v1"
origins = ["https://shop.example", "https://admin.example"]

[http.tls]
enabled = true
certificate = "/etc/orders/tls.pem"
key = "/etc/orders/tls.key"
min_version = "1.2"

[database]
host = "db.example"
port = 5432
name = "orders"
user = "orders"
pool_size = 12
"#;

const SMALL_VARIABLES: [(&str, &str); 10] = [
    ("LISTEN", "0.0.0.0:9000"),
    ("WORKERS", "16"),
    ("DEBUG", "true"),
    ("RATIO", "0.5"),
    ("HTTP__PORT", "9090"),
    ("HTTP__BACKLOG", "256"),
    ("HTTP__TLS__ENABLED", "false"),
    ("DATABASE__HOST", "replica.example"),
    ("DATABASE__POOL_SIZE", "24"),
    ("DATABASE__SSL", "false"),
];

fn base(services: usize) -> String {
    let mut text = String::from("# Services, ten keys each.\n");
    for index in 0..services {
        let _ = write!(
            text,
            "\n[services.svc{index:04}]\nhost = \"node-{index}.internal.example\"\nport = {}\nweight = {}.25\n\
             enabled = {}\nretries = {}\ntimeout_ms = {}\nzone = \"zone-{}\"\npath = \"/v1/items/{index}\"\n\
             tags = [\"team-{}\", \"tier-{}\"]\nowner = \"owner {} of this service\"\n",
            1024 + index % 60_000,
            index % 10,
            index % 3 != 0,
            index % 7,
            100 + index,
            index % 5,
            index % 11,
            index % 4,
            index % 13,
        );
    }
    text
}

/// A small file that changes some keys of every fiftieth service.
fn changes(services: usize, first: usize, keys: &str) -> String {
    let mut text = String::new();
    for index in (first..services).step_by(50) {
        let _ = write!(text, "[services.svc{index:04}]\n{keys}\n");
    }
    text
}

/// Ten variables for ten services spread over the whole.
fn large_variables(services: usize) -> [String; 10] {
    std::array::from_fn(|number| {
        let service = number * (services / 10) + 3;
        let (key, value) = match number % 5 {
            0 => ("PORT", "65000"),
            1 => ("WEIGHT", "9.5"),
            2 => ("ENABLED", "true"),
            3 => ("HOST", "moved.example"),
            _ => ("TIMEOUT_MS", "77"),
        };
        format!("BENCH_SERVICES__SVC{service:04}__{key}={value}")
    })
}

/// The overrides among variables such as a container has, [`VARIABLES`] in all.
fn environment(overrides: &[String]) -> String {
    let mut lines = vec![
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin".to_owned(),
        "HOME=/home/orders".to_owned(),
        "LANG=C.UTF-8".to_owned(),
        "HOSTNAME=orders-6d4f9c7b5-x2x7q".to_owned(),
        "TZ=UTC".to_owned(),
    ];
    let neighbours = VARIABLES - lines.len() - overrides.len();
    for number in 0..neighbours {
        let service = number / 5;
        lines.push(match number % 5 {
            0 => format!("PEER{service}_SERVICE_HOST=10.0.0.{service}"),
            1 => format!("PEER{service}_SERVICE_PORT=8080"),
            2 => format!("PEER{service}_PORT=tcp://10.0.0.{service}:8080"),
            3 => format!("PEER{service}_PORT_8080_TCP_PROTO=tcp"),
            _ => format!("PEER{service}_PORT_8080_TCP_ADDR=10.0.0.{service}"),
        });
        if let Some(line) = overrides.get(number) {
            lines.push(line.clone());
        }
    }
    lines.join("\n") + "\n"
}
