//! Fields that say how their layers come together.

mod associative;
mod blocks;
mod explained;
mod exported;
mod function;
mod judged;
mod keyed;
mod lists;
mod tables;
mod unset;

use confkit::{Config, Format, Loader};

/// Texts in TOML as layers, lowest first.
fn over<T: Config>(layers: &[&str]) -> Loader<T> {
    let names = ["base.toml", "middle.toml", "top.toml", "last.toml"];
    let layers = layers.iter().zip(names);
    layers.fold(T::loader(), |loader, (text, name)| loader.text(Format::Toml, name, (*text).to_owned()))
}
