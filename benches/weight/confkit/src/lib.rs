//! Nothing but the dependency, to weigh it.
