//! Every fault in its quick size.

#![cfg(target_os = "linux")]

use std::process::Command;

#[test]
fn live_settings_survive_every_fault() {
    let output = Command::new(env!("CARGO_BIN_EXE_confkit-faults")).arg("--quick").output().unwrap();
    let table = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{table}{}", String::from_utf8_lossy(&output.stderr));
    let rows = table.lines().take_while(|line| !line.is_empty());
    assert!(rows.map(|line| line.chars().count()).max() <= Some(80), "{table}");
}
