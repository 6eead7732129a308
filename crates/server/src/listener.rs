//! Listens: the doors before everything, then the protocol, health and readiness.
//!
//! | path | answer |
//! |---|---|
//! | `POST /` | an action of Step Functions |
//! | `/2015-03-31/functions…` | an action of Lambda |
//! | `GET /health` | 200 while the process lives |
//! | `GET /ready` | 200 once running executions of the last time are being gone on with, 503 before |

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use project::Place;
use runtime::Runtime;
use runtime::doors::{Browsers, Doors, Limits};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::states::Context;
use crate::{lambda, protocol};

/// How long a body may take.
const BODY_TIME: Duration = Duration::from_secs(30);

/// An endpoint that listens.
pub struct Endpoint {
    /// Where it listens.
    pub address: SocketAddr,
    ready: Arc<AtomicBool>,
    stop: CancellationToken,
    served: tokio::task::JoinHandle<()>,
}

/// Why it can't listen.
#[derive(Debug, thiserror::Error)]
pub enum EndpointError {
    /// The port is taken, or may not be used.
    #[error("127.0.0.1:{port}: {source}; choose another port with --port, or 0 to get a free one")]
    Bind {
        /// The port asked for.
        port: u16,
        /// What the system said.
        source: std::io::Error,
    },
}

impl Endpoint {
    /// Takes the port; nothing is answered until [`Endpoint::serve`].
    ///
    /// # Errors
    /// [`EndpointError::Bind`].
    pub async fn bind(port: u16) -> Result<TcpListener, EndpointError> {
        let failed = |source| EndpointError::Bind { port, source };
        TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .map_err(failed)
    }

    /// Answers on a listener with what a runtime has.
    ///
    /// # Errors
    /// [`EndpointError::Bind`] where the listener is of no use.
    pub fn serve(listener: TcpListener, runtime: &Runtime, place: Place) -> Result<Self, EndpointError> {
        let address = listener
            .local_addr()
            .map_err(|source| EndpointError::Bind { port: 0, source })?;
        let context = Context::new(runtime.clone(), place);
        context.answer_tasks();
        let ready = Arc::new(AtomicBool::new(false));
        let stop = CancellationToken::new();
        let router = router(address, context, ready.clone());
        let served = tokio::spawn(runtime::doors::serve(
            listener,
            router,
            Limits::default(),
            stop.clone(),
        ));
        Ok(Self {
            address,
            ready,
            stop,
            served,
        })
    }

    /// Says that everything that was to be gone on with is.
    pub fn set_ready(&self) {
        self.ready.store(true, Ordering::Relaxed);
    }

    /// Stops listening and waits for answers in progress, but not for ever.
    pub async fn stop(self, patience: Duration) {
        self.stop.cancel();
        let _ = tokio::time::timeout(patience, self.served).await;
    }
}

fn router(address: SocketAddr, context: Context, ready: Arc<AtomicBool>) -> Router {
    let doors = Doors::new(address, Browsers::Refused);
    // A definition is JSON text inside JSON: escaping may double its limit.
    let states = doors
        .clone()
        .with_body(2 * aws::quotas::REQUEST_BYTES, BODY_TIME)
        .guard(
            Router::new()
                .route("/", post(protocol::answer))
                .with_state(context.clone()),
        );
    let functions = doors
        .clone()
        .with_body(lambda::REQUEST_BYTES, BODY_TIME)
        .guard(lambda::router(context));
    let probes = Router::new()
        .route("/health", get(|| async { "alive\n" }))
        .route("/ready", get(answer_ready))
        .with_state(ready);
    states.merge(doors.guard(probes)).merge(functions)
}

async fn answer_ready(State(ready): State<Arc<AtomicBool>>) -> (StatusCode, &'static str) {
    if ready.load(Ordering::Relaxed) {
        (StatusCode::OK, "ready\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
    }
}
