//! The one way from Python into long work.
//!
//! [`pass`] releases the GIL and does the work on another thread, while the calling thread stays free to see Ctrl-C
//! and to move a progress bar. The pools are ours and belong to one process: a pool that came through a `fork` has
//! lost its threads, so a child makes its own. A panic becomes an `InternalError`.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

use pyo3::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::errors;
use crate::corpus::{Progress, said_in_panic};
use crate::error::{Error, Result};

/// Text that is read at once on the calling thread: starting another would take longer than the work.
const INLINE_BYTES: usize = 1 << 16;
/// How often the calling thread looks for Ctrl-C.
const LOOK: Duration = Duration::from_millis(20);
/// How often a progress bar moves.
const REPORT: Duration = Duration::from_millis(200);

/// Does `work` on `bytes` of text without the GIL, with a pool of `threads` (or as many as the machine has). One thread has a
/// pool too: a thread of its own for each call would ask the system for fresh memory each time.
///
/// `progress` is called now and then with the documents and bytes done, and once at the end.
pub(super) fn pass<T: Send>(
    py: Python<'_>,
    bytes: usize,
    threads: Option<usize>,
    progress: Option<Py<PyAny>>,
    work: impl FnOnce(Option<&ThreadPool>, &Progress) -> Result<T> + Send,
) -> PyResult<T> {
    let done = Progress::default();
    let report = |py: Python<'_>| match &progress {
        Some(callback) => callback.call1(py, (done.documents(), done.bytes())).map(drop),
        None => Ok(()),
    };
    let guarded = |pool: Option<&ThreadPool>| {
        catch_unwind(AssertUnwindSafe(|| work(pool, &done)))
            .unwrap_or_else(|panic| Err(Error::Internal(said_in_panic(panic.as_ref()))))
    };
    let out = if bytes <= INLINE_BYTES {
        py.detach(|| guarded(None))
    } else {
        let threads = threads.filter(|&n| n > 0).unwrap_or_else(default_threads);
        let pool = pool(threads).map_err(|e| errors::raise(py, &e))?;
        py.detach(|| wait(&done, || guarded(Some(&pool)), report))?
    };
    let out = out.map_err(|error| errors::raise(py, &error))?;
    report(py)?;
    Ok(out)
}

/// Runs `work` on a thread of its own and waits for it; on Ctrl-C or an error of `report`, cancels it and says so.
fn wait<T: Send>(
    done: &Progress,
    work: impl FnOnce() -> Result<T> + Send,
    report: impl Fn(Python<'_>) -> PyResult<()>,
) -> PyResult<Result<T>> {
    std::thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        scope.spawn(move || sender.send(work()));
        let mut reported = Instant::now();
        loop {
            match receiver.recv_timeout(LOOK) {
                Ok(out) => return Ok(out),
                Err(mpsc::RecvTimeoutError::Disconnected) => {
                    return Ok(Err(Error::Internal("the reading thread ended early".into())));
                }
                Err(mpsc::RecvTimeoutError::Timeout) => {}
            }
            let due = reported.elapsed() >= REPORT;
            let asked = Python::attach(|py| {
                py.check_signals()?;
                if due { report(py) } else { Ok(()) }
            });
            if due {
                reported = Instant::now();
            }
            if let Err(stop) = asked {
                done.cancel();
                return Err(stop);
            }
        }
    })
}

/// `ONRECORD_NUM_THREADS`, else the cores this process may use (affinity and cgroup quota counted).
fn default_threads() -> usize {
    std::env::var("ONRECORD_NUM_THREADS")
        .ok()
        .and_then(|n| n.trim().parse().ok())
        .filter(|&n| n > 0)
        .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
}

/// Pools by process and number of threads.
type Pools = HashMap<(u32, usize), Arc<ThreadPool>>;

/// The pool of this process with so many threads.
fn pool(threads: usize) -> Result<Arc<ThreadPool>> {
    static POOLS: Mutex<Option<Pools>> = Mutex::new(None);
    let build = || {
        ThreadPoolBuilder::new()
            .num_threads(threads)
            .thread_name(|n| format!("onrecord-{n}"))
            .build()
            .map(Arc::new)
            .map_err(|e| Error::Internal(format!("no thread pool of {threads}: {e}; try threads=1")))
    };
    // A fork may have happened while another thread held the lock: then this process does without the store.
    let Ok(mut pools) = POOLS.try_lock() else { return build() };
    let pools = pools.get_or_insert_default();
    let key = (std::process::id(), threads);
    if let Some(pool) = pools.get(&key) {
        return Ok(Arc::clone(pool));
    }
    let pool = build()?;
    // A pool of the parent must not be dropped here: it would wait for threads that this process does not have.
    pools.insert(key, Arc::clone(&pool));
    Ok(pool)
}
