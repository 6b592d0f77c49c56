//! The services once more, in JSON and YAML, as people and tools write them: indented.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// Writes `base`, `a` and `b` in both formats, with the values of the TOML files.
pub(crate) fn write(case: &Path, services: usize) -> io::Result<()> {
    let all: Vec<(usize, Vec<(&str, String)>)> = (0..services).map(|index| (index, service(index))).collect();
    let changes = |members: [(&'static str, &str); 2]| -> Vec<(usize, Vec<(&str, String)>)> {
        let changed = (7..services).step_by(50);
        changed.map(|index| (index, members.map(|(key, value)| (key, value.to_owned())).to_vec())).collect()
    };
    let a = changes([("weight", "2.5"), ("retries", "9")]);
    let b = changes([("retries", "10"), ("zone", "\"moved\"")]);
    for (name, services) in [("base", &all), ("a", &a), ("b", &b)] {
        fs::write(case.join(name).with_extension("json"), json(services))?;
        fs::write(case.join(name).with_extension("yaml"), yaml(services))?;
    }
    Ok(())
}

/// The keys of a service, with values that are written alike in both formats.
fn service(index: usize) -> Vec<(&'static str, String)> {
    vec![
        ("host", format!("\"node-{index}.internal.example\"")),
        ("port", (1024 + index % 60_000).to_string()),
        ("weight", format!("{}.25", index % 10)),
        ("enabled", (!index.is_multiple_of(3)).to_string()),
        ("retries", (index % 7).to_string()),
        ("timeout_ms", (100 + index).to_string()),
        ("zone", format!("\"zone-{}\"", index % 5)),
        ("path", format!("\"/v1/items/{index}\"")),
        ("tags", format!("[\"team-{}\", \"tier-{}\"]", index % 11, index % 4)),
        ("owner", format!("\"owner {} of this service\"", index % 13)),
    ]
}

fn json(services: &[(usize, Vec<(&str, String)>)]) -> String {
    let members = |members: &[(&str, String)]| {
        let members = members.iter().map(|(key, value)| format!("      \"{key}\": {value}"));
        members.collect::<Vec<_>>().join(",\n")
    };
    let services =
        services.iter().map(|(index, keys)| format!("    \"svc{index:04}\": {{\n{}\n    }}", members(keys)));
    format!("{{\n  \"services\": {{\n{}\n  }}\n}}\n", services.collect::<Vec<_>>().join(",\n"))
}

/// Text without quotation marks, as most YAML has it.
fn yaml(services: &[(usize, Vec<(&str, String)>)]) -> String {
    let mut text = String::from("# Services, ten keys each.\nservices:\n");
    for (index, keys) in services {
        let _ = writeln!(text, "  svc{index:04}:");
        for (key, value) in keys {
            let _ = writeln!(text, "    {key}: {}", value.replace('"', ""));
        }
    }
    text
}
