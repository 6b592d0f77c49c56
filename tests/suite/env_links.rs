//! Variables that Docker and Kubernetes set for services: ignored, and told where that matters.

use confkit::{Code, Config, Report, testing};

#[derive(Debug, Config)]
#[config(env_prefix = "ORDERS")]
struct Settings {
    port: u16,
    #[config(default = "localhost")]
    host: String,
    #[config(nested)]
    db: Database,
}

#[derive(Debug, Config)]
struct Database {
    #[config(default = 5432)]
    port: u16,
}

/// What Kubernetes sets for a service called `orders`.
const SERVICE: [(&str, &str); 7] = [
    ("ORDERS_SERVICE_HOST", "10.0.0.7"),
    ("ORDERS_SERVICE_PORT", "8080"),
    ("ORDERS_PORT", "tcp://10.0.0.7:8080"),
    ("ORDERS_PORT_8080_TCP", "tcp://10.0.0.7:8080"),
    ("ORDERS_PORT_8080_TCP_PROTO", "tcp"),
    ("ORDERS_PORT_8080_TCP_PORT", "8080"),
    ("ORDERS_PORT_8080_TCP_ADDR", "10.0.0.7"),
];

/// What Docker's links set for a container called `orders-db`.
const LINK: [(&str, &str); 6] = [
    ("ORDERS_DB_NAME", "/web/orders-db"),
    ("ORDERS_DB_PORT", "tcp://172.17.0.5:5432"),
    ("ORDERS_DB_PORT_5432_TCP", "tcp://172.17.0.5:5432"),
    ("ORDERS_DB_PORT_5432_TCP_PROTO", "tcp"),
    ("ORDERS_DB_PORT_5432_TCP_PORT", "5432"),
    ("ORDERS_DB_PORT_5432_TCP_ADDR", "172.17.0.5"),
];

fn report(vars: &[(&str, &str)]) -> Report {
    Settings::loader().env_vars(vars.iter().copied()).load().unwrap_err()
}

#[test]
fn links_are_ignored_without_a_warning() {
    let loader = Settings::loader().set("port", 1).env_vars(SERVICE).env_vars(LINK);
    let loaded = loader.load_traced().unwrap();
    assert_eq!((loaded.port, loaded.db.port), (1, 5432));
    assert!(loaded.warnings().is_empty(), "{:?}", loaded.warnings());
    let together = SERVICE.into_iter().chain(LINK).chain([("ORDERS_SERVICE_PORT_HTTPS", "443")]);
    let loaded = Settings::loader().set("port", 1).env_vars(together).load_traced().unwrap();
    assert!(loaded.warnings().is_empty(), "{:?}", loaded.warnings());
}

#[test]
fn the_missing_problem_says_that_a_link_was_ignored() {
    let report = report(&SERVICE);
    assert_eq!(report.problems().len(), 1, "{report}");
    let problem = testing::problem_at(&report, "port");
    assert_eq!(problem.code(), Code::Missing);
    assert!(report.to_string().contains("ORDERS_PORT"), "{report}");
    insta::assert_snapshot!(report);
}

#[test]
fn the_smallest_family_is_enough() {
    // The example of the contract: the port beside `ORDERS_SERVICE_HOST`.
    let vars = [("ORDERS_PORT", "tcp://10.0.0.7:8080"), ("ORDERS_SERVICE_HOST", "10.0.0.7")];
    let report = report(&vars);
    assert_eq!(report.problems()[0].code(), Code::Missing, "{report}");
    // The rest of the family is no unknown variable.
    let loaded = Settings::loader().set("port", 1).env_vars(vars).load_traced().unwrap();
    assert!(loaded.warnings().is_empty(), "{:?}", loaded.warnings());
}

#[test]
fn explain_says_that_a_link_was_ignored() {
    let loaded = Settings::loader().set("port", 1).env_vars(SERVICE).env_vars(LINK).load_traced().unwrap();
    let port = loaded.explain("port").unwrap();
    assert_eq!(port.value(), Some("1"));
    assert!(port.steps().iter().any(|step| step.contains("ORDERS_PORT")), "{port}");
    let db = loaded.explain("db.port").unwrap();
    assert!(db.steps().iter().any(|step| step.contains("ORDERS_DB_PORT")), "{db}");
    insta::assert_snapshot!(format!("{port}\n{db}"));
}

#[test]
fn an_address_alone_is_no_link() {
    let report = report(&[("ORDERS_PORT", "tcp://10.0.0.7:8080")]);
    assert_eq!(report.problems()[0].code(), Code::Type, "{report}");
}

#[test]
fn a_number_beside_a_service_is_a_value() {
    let vars = SERVICE.map(|(name, value)| if name == "ORDERS_PORT" { (name, "81") } else { (name, value) });
    let loaded = Settings::loader().env_vars(vars).load_traced().unwrap();
    assert_eq!(loaded.port, 81);
}

#[test]
fn a_declared_setting_named_as_part_of_a_service_keeps_its_value() {
    #[derive(Debug, Config)]
    #[config(env_prefix = "APP")]
    struct Settings {
        service_host: String,
        name: String,
    }
    let loaded = Settings::loader().env_vars([("APP_SERVICE_HOST", "a"), ("APP_NAME", "/b")]).load().unwrap();
    assert_eq!((loaded.service_host.as_str(), loaded.name.as_str()), ("a", "/b"));
}

#[test]
fn udp_and_sctp_are_links_too() {
    for scheme in ["udp", "sctp"] {
        let address = format!("{scheme}://10.0.0.7:8080");
        let vars = [
            ("ORDERS_PORT", address.as_str()),
            ("ORDERS_SERVICE_HOST", "10.0.0.7"),
            ("ORDERS_SERVICE_PORT", "1"),
        ];
        assert_eq!(report(&vars).problems()[0].code(), Code::Missing, "{scheme}");
    }
}
