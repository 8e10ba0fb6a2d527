//! No secret in a log, whatever happens.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::support::{Credentials, World};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Log;

    fn make_writer(&self) -> Log {
        self.clone()
    }
}

#[tokio::test]
async fn the_log_tells_what_happened_and_no_secret() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_writer(log.clone())
        .finish();
    // Set for the whole process: requests are handled on threads of their own.
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let world = World::start().await;
    let anna = world.user("anna").await;
    world
        .iam(&anna, "ListUsers", &[])
        .await
        .refused(403, "AccessDenied");
    let forger = Credentials {
        id: anna.id.clone(),
        secret: "x".repeat(40),
        token: None,
    };
    world
        .identity(&forger)
        .await
        .refused(403, "SignatureDoesNotMatch");
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains("CreateAccessKey") && text.contains("SignatureDoesNotMatch"));
    for credentials in [&anna, &world.admin, &world.root, &forger] {
        assert!(!text.contains(&credentials.secret));
    }
}
