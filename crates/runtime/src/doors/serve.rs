//! Serves a router over HTTP/1 with limits on the head of a request, which `axum::serve` does not offer.

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use std::{sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// What one connection may use.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Most bytes of a request line and its headers; more is answered with 431.
    pub head_bytes: usize,
    /// How long a head may take, idling between two requests included; `None` for a peer that we started.
    pub head_time: Option<Duration>,
    /// Most connections at a time; the next one waits.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head_bytes: 64 * 1024,
            head_time: Some(Duration::from_secs(60)),
            connections: 512,
        }
    }
}

/// Serves until `stop` is cancelled, then lets running requests finish; whoever cannot wait drops the future,
/// which closes every connection.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, stop: CancellationToken) {
    let slots = Arc::new(Semaphore::new(limits.connections));
    // Dropped with this future: the connections end with the server.
    let ended = CancellationToken::new();
    let _end_with_server = ended.clone().drop_guard();
    let connections = TaskTracker::new();
    loop {
        let Ok(slot) = slots.clone().acquire_owned().await else {
            break;
        };
        let stream = tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                // Out of file descriptors, or the peer went away while it waited: neither ends the server.
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    continue;
                }
            },
        };
        let connection = connection(stream, router.clone(), limits, stop.clone());
        let ended = ended.clone();
        connections.spawn(async move {
            ended.run_until_cancelled(connection).await;
            drop(slot);
        });
    }
    connections.close();
    connections.wait().await;
}

async fn connection(stream: TcpStream, router: Router, limits: Limits, stop: CancellationToken) {
    // Small answers must not wait for the acknowledgement of the last one.
    let _ = stream.set_nodelay(true);
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head_time)
        .max_header_size(limits.head_bytes);
    builder.half_close(false);
    let connection = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let mut connection = std::pin::pin!(connection);
    let result = tokio::select! {
        result = connection.as_mut() => result,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = result {
        tracing::debug!(%error, "a connection ended early");
    }
}
