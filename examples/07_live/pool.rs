//! A pool of buffers whose size follows the settings.

use std::collections::TryReserveError;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use confkit::live::{Hook, Update};
use tokio::sync::Semaphore;

use crate::Settings;

/// How much an order may have.
pub(crate) const BUFFER: usize = 64 * 1024;

/// Buffers for orders. Who finds none waits.
pub(crate) struct Pool {
    /// One for each buffer that is free.
    permits: Semaphore,
    shelf: Mutex<Shelf>,
}

#[derive(Default)]
struct Shelf {
    size: usize,
    free: Vec<Vec<u8>>,
    in_use: usize,
    /// Made for a change that is on the way.
    prepared: Vec<Vec<u8>>,
}

impl Shelf {
    fn count(&self) -> usize {
        self.free.len() + self.in_use
    }
}

/// A buffer, for as long as an order needs it.
pub(crate) struct Lent {
    pub(crate) buffer: Vec<u8>,
    pool: Arc<Pool>,
}

impl Pool {
    pub(crate) fn new(size: usize) -> Self {
        let free = vec![Vec::with_capacity(BUFFER); size];
        Self { permits: Semaphore::new(size), shelf: Mutex::new(Shelf { size, free, ..Shelf::default() }) }
    }

    /// Waits for a buffer.
    pub(crate) async fn lend(self: &Arc<Self>) -> Lent {
        if let Ok(permit) = self.permits.acquire().await {
            permit.forget();
        }
        let mut shelf = self.shelf();
        shelf.in_use += 1;
        Lent { buffer: shelf.free.pop().unwrap_or_default(), pool: Arc::clone(self) }
    }

    /// Returns how many buffers are in use, and how many there may be.
    pub(crate) fn usage(&self) -> (usize, usize) {
        let shelf = self.shelf();
        (shelf.in_use, shelf.size)
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let mut shelf = self.pool.shelf();
        shelf.in_use -= 1;
        // A pool that has become smaller meanwhile does not take it back.
        if shelf.count() < shelf.size {
            self.buffer.clear();
            shelf.free.push(std::mem::take(&mut self.buffer));
            self.pool.permits.add_permits(1);
        }
    }
}

/// Orders that are on their way keep their buffers, whatever becomes of the pool.
impl Hook<Settings> for Arc<Pool> {
    fn prepare(&self, update: &Update<Settings>) -> Result<(), String> {
        let more = update.new().pool.size.saturating_sub(update.old().pool.size);
        let buffers: Result<_, TryReserveError> = (0..more)
            .map(|_| {
                let mut buffer = Vec::new();
                buffer.try_reserve_exact(BUFFER)?;
                Ok(buffer)
            })
            .collect();
        self.shelf().prepared = buffers.map_err(|_| format!("there is no memory for {more} more buffers"))?;
        Ok(())
    }

    fn commit(&self, update: &Update<Settings>) {
        let mut shelf = self.shelf();
        shelf.size = update.new().pool.size;
        let wanted = shelf.size.saturating_sub(shelf.count());
        let new: Vec<_> = std::mem::take(&mut shelf.prepared).into_iter().take(wanted).collect();
        self.permits.add_permits(new.len());
        shelf.free.extend(new);

        let surplus = shelf.count().saturating_sub(shelf.size);
        let left = shelf.free.len() - self.permits.forget_permits(surplus);
        shelf.free.truncate(left);
    }

    fn undo(&self, _: &Update<Settings>) {
        self.shelf().prepared.clear();
    }
}
