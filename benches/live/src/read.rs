//! Reading one field of the value in force.

use std::hint::black_box;
use std::sync::{Arc, Barrier, RwLock};
use std::thread;
use std::time::Instant;

use arc_swap::{ArcSwap, Cache};
use bench_input::BoxError;
use confkit::live::{Live, Reader};
use confkit::{Config, Format};
use tokio::sync::watch;

/// What is read.
#[derive(Config, PartialEq)]
pub struct Settings {
    workers: u64,
}

const WORKERS: u64 = 8;
/// Reads of one thread in one round of contention, and rounds, of which the fastest counts.
const ROUND: u64 = 2_000_000;
const ROUNDS: u32 = 15;

/// What one reader is made of; it is ready to be read from by several threads.
enum Shared {
    Plain(Arc<Settings>),
    Live(Live<Settings>),
    Swap(Arc<ArcSwap<Settings>>),
    Watch(watch::Sender<Settings>),
    Pointer(RwLock<Arc<Settings>>),
    Locked(RwLock<Settings>),
}

impl Shared {
    fn of(reader: &str) -> Result<Self, BoxError> {
        let settings = || Settings { workers: WORKERS };
        Ok(match reader.split_once(' ').map_or(reader, |(library, _)| library) {
            "plain" => Self::Plain(Arc::new(settings())),
            "confkit" => {
                let loader =
                    Settings::loader().text(Format::Toml, "app.toml", format!("workers = {WORKERS}"));
                Self::Live(loader.watch()?)
            }
            "arc_swap" => Self::Swap(Arc::new(ArcSwap::from_pointee(settings()))),
            "tokio" => Self::Watch(watch::channel(settings()).0),
            "RwLock<Arc>" => Self::Pointer(RwLock::new(Arc::new(settings()))),
            "RwLock" => Self::Locked(RwLock::new(settings())),
            _ => return Err(format!("nothing is read as `{reader}`").into()),
        })
    }

    /// Reads so often, and adds up what is read.
    fn read(&self, reader: &str, times: u64) -> Result<u64, BoxError> {
        let way = reader.split_once(' ').map_or("", |(_, way)| way);
        Ok(match (self, way) {
            (Self::Plain(settings), _) => read_often(times, || black_box(settings).workers),
            (Self::Live(live), "reader") => {
                let mut reader: Reader<Settings> = live.reader();
                read_often(times, || reader.get().workers)
            }
            (Self::Live(live), "get") => read_often(times, || live.get().workers),
            (Self::Live(live), "snapshot") => read_often(times, || live.snapshot().workers),
            (Self::Swap(swap), "Cache::load") => {
                let mut cache = Cache::new(Arc::clone(swap));
                read_often(times, || cache.load().workers)
            }
            (Self::Swap(swap), "load") => read_often(times, || swap.load().workers),
            (Self::Swap(swap), "load_full") => read_often(times, || swap.load_full().workers),
            (Self::Watch(sender), _) => {
                let receiver = sender.subscribe();
                read_often(times, || receiver.borrow().workers)
            }
            (Self::Pointer(lock), _) => {
                read_often(times, || Arc::clone(&*lock.read().expect("nobody panics")).workers)
            }
            (Self::Locked(lock), _) => read_often(times, || lock.read().expect("nobody panics").workers),
            _ => return Err(format!("nothing is read as `{reader}`").into()),
        })
    }
}

/// The loop that is counted.
#[inline(never)]
fn read_often(times: u64, mut read: impl FnMut() -> u64) -> u64 {
    let mut sum = 0;
    for _ in 0..times {
        sum += black_box(read());
    }
    sum
}

/// Reads so often, and tells the sum of what was read for each time.
pub fn count(reader: &str, times: u64) -> Result<String, BoxError> {
    let sum = Shared::of(reader)?.read(reader, times)?;
    Ok((sum / times).to_string())
}

/// Reads on two threads at once, and tells the nanoseconds of one read.
pub fn contend(reader: &str) -> Result<String, BoxError> {
    let shared = Shared::of(reader)?;
    let mut best = f64::INFINITY;
    for _ in 0..ROUNDS {
        let start = Barrier::new(2);
        let time = || {
            start.wait();
            let begin = Instant::now();
            let read = shared.read(reader, ROUND).is_ok();
            read.then(|| begin.elapsed())
        };
        let slower = thread::scope(|scope| {
            let other = scope.spawn(time);
            let one = time();
            one.max(other.join().ok().flatten())
        });
        let slower = slower.ok_or_else(|| format!("nothing is read as `{reader}`"))?;
        best = best.min(slower.as_secs_f64() * 1e9 / ROUND as f64);
    }
    Ok(format!("{best:.1}"))
}
