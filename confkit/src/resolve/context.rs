//! The context of a load: facts from outside that rules use, and the parts of them that nested types
//! need.
//!
//! What a type needs is [`Resolve::Needs`]. Every hand-over from a type to one inside it is judged by
//! the compiler; here at run time only the value at hand changes.

use std::any::Any;
use std::marker::PhantomData;
use std::ops::Deref;

use super::{Cx, Resolve, Scope};

/// A context whose type only those know who need it.
pub(crate) type Facts = dyn Any + Send + Sync;

/// The context of a type that is loaded without one: none.
#[diagnostic::on_unimplemented(
    message = "`{T}` needs the context `{Self}`",
    label = "this loads it without one",
    note = "hand it over: `loader().declared().context(…).load()`, or `load_with` where it is loaded from `Layers`"
)]
pub trait Unneeded<T> {}

impl<T> Unneeded<T> for () {}

/// The context of a type inside one that has none: none.
#[diagnostic::on_unimplemented(
    message = "`{T}` needs the context `{Self}`; write `#[config(context = …)]` on the type that holds it",
    label = "the type that holds it has no context"
)]
pub trait Unheld<T> {}

impl<T> Unheld<T> for () {}

/// A context of which another one is a part.
#[diagnostic::on_unimplemented(
    message = "`{Self}` holds no context `{P}`; implement `AsRef<{P}>` for `{Self}`",
    label = "this type needs the context `{P}`"
)]
pub trait Gives<P> {
    /// Returns the part.
    fn part(&self) -> &P;
}

#[diagnostic::do_not_recommend]
impl<C: AsRef<P>, P> Gives<P> for C {
    fn part(&self) -> &P {
        self.as_ref()
    }
}

/// How a type inside another gets its context.
///
/// The first of three ways that fits is taken: this type and the two behind it each have a method
/// `of`, and methods are looked for along `Deref`. Three implementations of one trait would not do:
/// many a context, such as a `Vec`, is its own `AsRef`.
#[derive(Debug)]
pub struct Part<C, P>(Nothing<C, P>);

/// The second way: nothing is needed.
#[derive(Debug)]
pub struct Nothing<C, P>(Inside<C, P>);

/// The third way: by reference.
#[derive(Debug)]
pub struct Inside<C, P>(PhantomData<fn(&C) -> &P>);

/// Says who holds and who is held.
pub fn part<H: Resolve, T: Resolve>() -> Part<H::Needs, T::Needs> {
    Part(Nothing(Inside(PhantomData)))
}

impl<Same> Part<Same, Same> {
    /// The context as it is.
    pub fn of(&self) -> fn(&Same) -> &Same {
        |context| context
    }
}

impl<C> Nothing<C, ()> {
    /// No context.
    pub fn of(&self) -> fn(&C) -> &() {
        |_| &()
    }
}

impl<C, P> Inside<C, P> {
    /// A part of the context.
    pub fn of(&self) -> fn(&C) -> &P
    where
        C: Gives<P>,
    {
        C::part
    }
}

impl<C, P> Deref for Part<C, P> {
    type Target = Nothing<C, P>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<C, P> Deref for Nothing<C, P> {
    type Target = Inside<C, P>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

/// The state of a load while a type inside another one is read.
#[derive(Debug)]
pub struct Given<'c, 'a, P> {
    cx: &'c mut Cx<'a>,
    outer: Option<&'a Facts>,
    part: PhantomData<fn(P)>,
}

impl<P> Drop for Given<'_, '_, P> {
    fn drop(&mut self) {
        self.cx.terms.context = self.outer;
    }
}

impl<P> Given<'_, '_, P> {
    /// [`Cx::nested`], with this context.
    pub fn nested<T: Resolve<Needs = P>>(&mut self, scope: &Scope, index: usize) -> Option<T> {
        self.cx.read_nested(scope, index)
    }

    /// [`Cx::nested_or`], with this context.
    pub fn nested_or<T: Resolve<Needs = P>>(
        &mut self,
        scope: &Scope,
        index: usize,
        default: impl FnOnce() -> T,
    ) -> Option<T> {
        self.cx.read_nested_or(scope, index, default)
    }

    /// [`Cx::flatten`], with this context.
    pub fn flatten<T: Resolve<Needs = P>>(&mut self, scope: &Scope, _: usize) -> Option<T> {
        self.cx.read_flattened(scope)
    }

    /// [`Cx::rest_nested`], with this context.
    pub fn rest_nested<T: Resolve<Needs = P>>(&mut self, scope: &Scope, index: usize) -> Option<T> {
        self.cx.read_rest(scope, index)
    }
}

impl<'a> Cx<'a> {
    /// Returns the context, if the load was given one.
    pub fn context<C: 'static>(&self) -> Option<&'a C> {
        self.terms.context?.downcast_ref()
    }

    /// Gives what is read next its part of the context.
    pub fn give<C: 'static, P: Send + Sync + 'static>(&mut self, part: fn(&C) -> &P) -> Given<'_, 'a, P> {
        let inner = self.context().map(|context| part(context) as &Facts);
        let outer = std::mem::replace(&mut self.terms.context, inner);
        Given { cx: self, outer, part: PhantomData }
    }

    /// Reads a nested settings type.
    #[inline]
    pub fn nested<T: Resolve>(&mut self, scope: &Scope, index: usize) -> Option<T>
    where
        T::Needs: Unheld<T>,
    {
        self.read_nested(scope, index)
    }

    /// Reads a nested settings type, which has a default for when no layer has anything of it.
    #[inline]
    pub fn nested_or<T: Resolve>(
        &mut self,
        scope: &Scope,
        index: usize,
        default: impl FnOnce() -> T,
    ) -> Option<T>
    where
        T::Needs: Unheld<T>,
    {
        self.read_nested_or(scope, index, default)
    }

    /// Reads a settings type whose fields stand beside the section's own.
    #[inline]
    pub fn flatten<T: Resolve>(&mut self, scope: &Scope, _: usize) -> Option<T>
    where
        T::Needs: Unheld<T>,
    {
        self.read_flattened(scope)
    }

    /// Reads a map of settings types from the keys that no field takes.
    #[inline]
    pub fn rest_nested<T: Resolve>(&mut self, scope: &Scope, index: usize) -> Option<T>
    where
        T::Needs: Unheld<T>,
    {
        self.read_rest(scope, index)
    }
}
