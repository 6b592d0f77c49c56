//! Every fault in its quick size.

use std::process::Command;

#[test]
fn live_settings_survive_every_fault() {
    let output = Command::new(env!("CARGO_BIN_EXE_confkit-faults")).arg("--quick").output().unwrap();
    let table = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{table}{}", String::from_utf8_lossy(&output.stderr));
    assert!(table.lines().all(|line| line.chars().count() <= 80 || line.contains(": ")), "{table}");
}
