//! A value that is loaded into an `Arc`, to be shared from the start.

use std::sync::Arc;

use confkit_sources::declared::{Metadata, Shape};

use crate::config::Config;
use crate::resolve::{At, Cx, Resolve};

/// A shared value. It has the declaration of what it holds.
pub(super) struct Held<T>(pub(super) Arc<T>);

impl<T> Clone for Held<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: Config> Resolve for Held<T> {
    type Needs = T::Needs;

    const METADATA: &'static Metadata = T::METADATA;

    fn shape() -> Shape {
        T::shape()
    }

    fn resolve(cx: &mut Cx<'_>, at: At) -> Option<Self> {
        T::resolve(cx, at).map(|value| Self(Arc::new(value)))
    }

    fn absent(cx: &mut Cx<'_>) -> Option<Self> {
        T::absent(cx).map(|value| Self(Arc::new(value)))
    }
}

impl<T: Config> Config for Held<T> {
    type Context = T::Context;
}
