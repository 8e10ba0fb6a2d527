//! Everything that is logged in this process, at the finest level.

use std::io::Write;
use std::sync::{Mutex, MutexGuard, Once};

use tracing_subscriber::fmt::MakeWriter;

static LOGGED: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Collector;

struct Line(MutexGuard<'static, Vec<u8>>);

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Collector {
    type Writer = Line;

    fn make_writer(&'a self) -> Line {
        Line(locked())
    }
}

/// A test that failed while it logged must not fail the others.
fn locked() -> MutexGuard<'static, Vec<u8>> {
    LOGGED
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// Begins to collect, once per process.
pub(crate) fn collect() {
    static BEGUN: Once = Once::new();
    BEGUN.call_once(|| {
        tracing_subscriber::fmt()
            .with_ansi(false)
            .with_max_level(tracing::Level::TRACE)
            .with_writer(|| Collector.make_writer())
            .init();
    });
}

/// What was logged so far.
pub(crate) fn logged() -> String {
    String::from_utf8_lossy(&locked()).into_owned()
}
