//! The tests are in `suite/`, `ui/` and `reports/`.
