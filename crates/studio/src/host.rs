//! Serves the contract and the page over HTTP on a loopback address: the studio in a browser.
//!
//! | path | answer |
//! |---|---|
//! | `POST /api/call` | one method: `{"method", "params"}` → `{"result"}` or `{"error"}`; needs the token |
//! | `GET /api/events` | the event stream, one JSON array of events a line; needs the token |
//! | anything else | the page's files |
//!
//! The token stands in the *fragment* of the address that is printed, which browsers do not send; the page keeps it
//! and sends it as a bearer token. It is new at each start.

mod page;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use runtime::doors::{Browsers, Doors, Limits, Token};
use serde::Deserialize;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::Studio;
use crate::contract::CallError;

/// How often an idle event stream says that it is alive.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// The largest call: a document of 10,000 states is 2 MB of text.
const CALL_BYTES: usize = 32 << 20;

/// A studio that listens.
pub struct Host {
    /// Where it listens.
    pub address: SocketAddr,
    /// What the user opens, token included. Print it, never log it.
    pub url: String,
    stop: CancellationToken,
}

/// Why the studio can't be served.
#[derive(Debug, thiserror::Error)]
pub enum HostError {
    /// The port is taken, or may not be used.
    #[error("127.0.0.1:{port}: {source}; choose another port with --port, or leave it out to get a free one")]
    Bind {
        /// The port asked for.
        port: u16,
        /// What the system said.
        source: std::io::Error,
    },
}

impl Host {
    /// Serves `studio` on 127.0.0.1 at `port` (0 = any free one).
    ///
    /// # Errors
    /// [`HostError::Bind`] where the port can't be had.
    pub async fn start(studio: Arc<Studio>, port: u16) -> Result<Self, HostError> {
        let failed = |source| HostError::Bind { port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let token = Token::generate();
        let url = format!("http://{address}/#token={}", token.reveal());
        let router = router(studio, address, token);
        let stop = CancellationToken::new();
        tokio::spawn(runtime::doors::serve(
            listener,
            router,
            Limits::default(),
            stop.clone(),
        ));
        Ok(Self { address, url, stop })
    }

    /// Stops listening. Calls in progress are dropped.
    pub fn stop(&self) {
        self.stop.cancel();
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.stop();
    }
}

fn router(studio: Arc<Studio>, address: SocketAddr, token: Token) -> Router {
    let doors = Doors::new(address, Browsers::OwnPages).with_body(CALL_BYTES, Duration::from_secs(30));
    let api = Router::new()
        .route("/api/call", post(call))
        .route("/api/events", get(events))
        .with_state(studio);
    let page = Router::new().fallback(page::serve);
    doors
        .clone()
        .with_token(token)
        .guard(api)
        .merge(doors.guard(page))
}

#[derive(Deserialize)]
struct Call {
    method: String,
    #[serde(default)]
    params: serde_json::Value,
}

async fn call(State(studio): State<Arc<Studio>>, body: Bytes) -> Response {
    let call: Call = match serde_json::from_slice(&body) {
        Ok(call) => call,
        Err(error) => {
            let error = CallError::new(
                "call.malformed",
                format!("the call is not JSON as expected: {error}"),
            );
            return refuse(&error);
        }
    };
    match studio.call(&call.method, call.params).await {
        Ok(result) => json(StatusCode::OK, format!("{{\"result\":{result}}}")),
        Err(error) => refuse(&error),
    }
}

fn refuse(error: &CallError) -> Response {
    // Cannot fail: three strings.
    let text = serde_json::to_string(error).unwrap_or_default();
    json(StatusCode::BAD_REQUEST, format!("{{\"error\":{text}}}"))
}

fn json(status: StatusCode, text: String) -> Response {
    (
        status,
        [
            (header::CONTENT_TYPE, "application/json"),
            (header::CACHE_CONTROL, "no-store"),
        ],
        text,
    )
        .into_response()
}

async fn events(State(studio): State<Arc<Studio>>) -> Response {
    let listener = studio.bus().listen();
    // An empty line at once: the page knows that it hears everything from here on.
    let lines = futures_util::stream::unfold((listener, true), |(mut listener, first)| async move {
        if first {
            return Some((
                Ok::<_, std::convert::Infallible>(Bytes::from_static(b"\n")),
                (listener, false),
            ));
        }
        let line = match tokio::time::timeout(HEARTBEAT, listener.next()).await {
            // Cannot fail: plain data without maps keyed by anything but strings.
            Ok(batch) => serde_json::to_string(&batch).unwrap_or_default() + "\n",
            Err(_) => "\n".to_owned(),
        };
        Some((Ok(Bytes::from(line)), (listener, false)))
    });
    let headers = [
        (header::CONTENT_TYPE, "application/x-ndjson"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, Body::from_stream(lines)).into_response()
}
