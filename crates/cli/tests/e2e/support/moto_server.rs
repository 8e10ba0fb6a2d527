//! moto: AWS's wire formats and state, not ours.

use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A running moto; stopped when dropped.
pub(crate) struct Moto {
    pub(crate) endpoint: String,
    child: Child,
}

impl Moto {
    pub(crate) fn start() -> Self {
        Self::with(false)
    }

    /// One that also has AWS's own policies, which takes it longer to start.
    pub(crate) fn with_aws_policies() -> Self {
        Self::with(true)
    }

    fn with(aws_policies: bool) -> Self {
        let server = std::env::var_os("COMMISSARY_MOTO").expect(
            "COMMISSARY_MOTO names no moto_server: run the tests with `cargo xtask test`, which installs moto",
        );
        // Free at the moment of asking, which is all that can be had: moto takes a number.
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let child = Command::new(server)
            .args(["-H", "127.0.0.1", "-p", &port.to_string()])
            .env("MOTO_IAM_LOAD_MANAGED_POLICIES", aws_policies.to_string())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("moto_server starts");
        let moto = Self {
            endpoint: format!("http://127.0.0.1:{port}"),
            child,
        };
        for _ in 0..600 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return moto;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("moto does not answer on port {port}");
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
