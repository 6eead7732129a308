//! The endpoint under load: requests a second and how long they take, with a load generator of our own in the same
//! process (both share the machine's cores).
//!
//! `cargo bench -p stepwell-server --bench endpoint`. Connections are kept open, as SDKs keep them.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement ends at the first surprise, and prints"
)]

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use hyper::Request;
use hyper::body::Incoming;
use hyper::client::conn::http1::SendRequest;
use hyper_util::rt::TokioIo;
use project::Place;
use runtime::clock::Clock;
use serde_json::{Value, json};
use stepwell_server::{Deployment, Endpoint, Served};
use tokio::net::TcpStream;

/// Clients that ask at the same time, each the next thing when it has its answer.
const CLIENTS: usize = 16;

/// Requests of each kind, and before them some to get warm.
const REQUESTS: usize = 8_000;
const WARM: usize = 500;

const MACHINE: &str = r#"{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","Next":"C"},"C":{"Type":"Succeed"}}}"#;

fn main() {
    let threads = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    threads.block_on(measure());
}

async fn measure() {
    let folder = tempfile::tempdir().unwrap();
    let listener = Endpoint::bind(0).await.unwrap();
    let deployment = Deployment::open(&Served {
        project: None,
        data: folder.path().to_owned(),
        place: Place::default(),
        endpoint: format!("http://{}", listener.local_addr().unwrap()),
    })
    .unwrap();
    let endpoint = Endpoint::serve(listener, deployment.runtime(), Place::default()).unwrap();
    let mut client = Client::connect(endpoint.address).await;
    let standard = client.create("standard").await;
    let express = client.create("express").await;
    let first = client
        .call(
            "StartExecution",
            &json!({"stateMachineArn": standard, "input": "{\"n\":1}"}),
        )
        .await;
    let execution = json!({"executionArn": first["executionArn"]});
    let start = |machine: &str| json!({"stateMachineArn": machine, "input": "{\"n\":1}"});
    for (action, request) in [
        ("DescribeExecution", execution.clone()),
        ("GetExecutionHistory", execution),
        ("StartExecution", start(&standard)),
        ("StartSyncExecution", start(&express)),
    ] {
        load(endpoint.address, action, &request, WARM).await;
        load(endpoint.address, action, &request, REQUESTS)
            .await
            .print(action);
    }
    drop(client);
    endpoint.stop(Duration::from_secs(2)).await;
    deployment.suspend().await;
}

/// What came of a load.
struct Loaded {
    /// How long each request took, sorted.
    times: Vec<Duration>,
    whole: Duration,
}

impl Loaded {
    fn print(&self, action: &str) {
        let count = self.times.len();
        let milliseconds = |at: usize| self.times[at.min(count - 1)].as_secs_f64() * 1000.0;
        println!(
            "{action:<20} {:>7.0} requests/s   p50 {:>6.2} ms   p99 {:>6.2} ms   max {:>7.2} ms",
            count as f64 / self.whole.as_secs_f64(),
            milliseconds(count / 2),
            milliseconds(count * 99 / 100),
            milliseconds(count)
        );
    }
}

async fn load(address: SocketAddr, action: &'static str, request: &Value, requests: usize) -> Loaded {
    let clock = Clock::system();
    let left = Arc::new(AtomicUsize::new(requests));
    let mut clients = Vec::new();
    for _ in 0..CLIENTS {
        clients.push(Client::connect(address).await);
    }
    let began = clock.elapsed();
    let tasks: Vec<_> = clients
        .into_iter()
        .map(|mut client| {
            let (clock, left, request) = (clock.clone(), left.clone(), request.clone());
            tokio::spawn(async move {
                let mut times = Vec::new();
                let mine =
                    || left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
                while mine().is_ok() {
                    let began = clock.elapsed();
                    client.call(action, &request).await;
                    times.push(clock.elapsed() - began);
                }
                times
            })
        })
        .collect();
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await.unwrap());
    }
    let whole = clock.elapsed() - began;
    times.sort_unstable();
    Loaded { times, whole }
}

/// One connection that is kept open.
struct Client {
    connection: SendRequest<String>,
    host: String,
}

impl Client {
    async fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        let (connection, driver) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
            .await
            .unwrap();
        tokio::spawn(driver);
        Self {
            connection,
            host: address.to_string(),
        }
    }

    async fn call(&mut self, action: &str, request: &Value) -> Value {
        let request = Request::post("/")
            .header("host", &self.host)
            .header("x-amz-target", format!("AWSStepFunctions.{action}"))
            .header("content-type", "application/x-amz-json-1.0")
            .body(request.to_string())
            .unwrap();
        self.connection.ready().await.unwrap();
        let answer = self.connection.send_request(request).await.unwrap();
        let status = answer.status();
        let body = whole(answer.into_body()).await;
        assert_eq!(status, 200, "{action}: {}", String::from_utf8_lossy(&body));
        serde_json::from_slice(&body).unwrap()
    }

    async fn create(&mut self, kind: &str) -> String {
        let request = json!({
            "name": kind, "type": kind.to_uppercase(), "definition": MACHINE,
            "roleArn": "arn:aws:iam::123456789012:role/r",
        });
        let made = self.call("CreateStateMachine", &request).await;
        made["stateMachineArn"].as_str().unwrap().to_owned()
    }
}

async fn whole(body: Incoming) -> Vec<u8> {
    axum::body::to_bytes(axum::body::Body::new(body), usize::MAX)
        .await
        .unwrap()
        .into()
}
