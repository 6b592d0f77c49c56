// Types may have parameters, bounds, defaults and constants.
use std::fmt::Debug;
use std::marker::PhantomData;

use confkit::Config;

#[derive(Config)]
struct Settings<T, S: Clone, M = u8, const N: usize = 2>
where
    M: Debug,
{
    value: T,
    #[config(nested)]
    section: Vec<S>,
    #[config(default)]
    other: Option2<T>,
    #[config(skip)]
    marker: PhantomData<(M, [u8; N])>,
}

#[derive(Config, Default)]
struct Option2<T>(T);

#[derive(Config)]
struct Associated<I: Iterator> {
    first: I::Item,
}

#[derive(Config)]
#[config(bound = "T: Config<Context = ()>")]
struct Outer<T> {
    #[config(nested)]
    inner: Box<T>,
}

#[derive(Config, Clone)]
struct Section {}

#[derive(Config)]
pub struct Tree<T, K: Ord + serde::de::DeserializeOwned> {
    value: T,
    #[config(nested)]
    leaf: Leaf<T>,
    #[config(nested)]
    optional: Option<Vec<Leaf<Option<T>>>>,
    #[config(nested)]
    children: Vec<Tree<T, K>>,
    #[config(nested)]
    parent: Option<Box<Tree<T, K>>>,
    #[config(nested)]
    named: std::collections::BTreeMap<K, Leaf<T>>,
    #[config(flatten)]
    flat: Flat<T>,
}

#[derive(Config)]
struct Leaf<T> {
    leaf: T,
}

#[derive(Config)]
struct Flat<T> {
    flat: T,
}

fn check() {
    fn is_config<T: Config>() {}
    is_config::<Settings<u16, Section>>();
    is_config::<Associated<std::vec::IntoIter<u8>>>();
    is_config::<Outer<Section>>();
    is_config::<Tree<u16, String>>();
    is_config::<Leaf<Leaf2>>();
}

#[derive(Config)]
struct Leaf2(u8);

fn main() {}
