//! Serves a test's site on a port of this machine.

use narthex_served::{Served, must};
use std::num::NonZeroUsize;
use tokio::sync::oneshot;

/// A site that is served until this is dropped.
#[derive(Debug)]
pub struct Host {
    url: String,
    /// Dropping it ends the serving.
    _stop: oneshot::Sender<()>,
}

impl Host {
    /// Serves the site on a free port of the loopback address.
    pub async fn of(served: &Served) -> Self {
        let listener = must(tokio::net::TcpListener::bind("127.0.0.1:0").await);
        let address = must(listener.local_addr());
        let (stop, stopped) = oneshot::channel::<()>();
        let router = served.router();
        tokio::spawn(narthex_server::serve(
            listener,
            NonZeroUsize::MIN,
            router,
            async move {
                // It fails when the host is dropped: nothing is ever sent.
                let _ = stopped.await;
            },
        ));
        Self {
            url: format!("http://{address}"),
            _stop: stop,
        }
    }

    /// Returns `http://127.0.0.1:port` followed by a path.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }
}
