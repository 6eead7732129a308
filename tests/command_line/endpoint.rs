//! The AWS-compatible endpoint in a process of its own, asked by plain HTTP.

use std::io::{Read, Write};
use std::net::TcpStream;

use nix::sys::signal::Signal;
use serde_json::{Value, json};

use crate::scene::{Scene, Started};

/// `stepwell serve` in a scene.
pub(crate) struct Server {
    pub(crate) process: Started,
    pub(crate) address: String,
}

/// Starts it on a free port.
pub(crate) fn start(scene: &Scene, arguments: &[&str]) -> Server {
    let mut all = vec!["serve", "--port", "0"];
    all.extend(arguments);
    let mut process = scene.start(&all);
    let line = process.line();
    let address = line.trim().strip_prefix("http://").unwrap().to_owned();
    Server { process, address }
}

/// Sends a request to an address, and reads status, head and body.
pub(crate) fn send(
    address: &str,
    line: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> std::io::Result<(u16, String, String)> {
    let length = body.len().to_string();
    let mut all = vec![
        ("Host", address),
        ("Connection", "close"),
        ("Content-Length", &length),
    ];
    for (name, value) in headers {
        all.retain(|(other, _)| other != name);
        all.push((name, value));
    }
    let headers: String = all
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"))
        .collect();
    let mut stream = TcpStream::connect(address)?;
    // A server that has refused already may close before all is written.
    let _ = stream.write_all(format!("{line} HTTP/1.1\r\n{headers}\r\n{body}").as_bytes());
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let answer = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    let status = status.ok_or_else(|| std::io::Error::other(format!("no answer to\n{line}\n{headers}")))?;
    Ok((status, head.to_lowercase(), body.to_owned()))
}

/// Performs an action: what it answers, or how it refuses; an error where the server is gone.
pub(crate) fn call(address: &str, action: &str, request: &Value) -> std::io::Result<Result<Value, Value>> {
    let target = format!("AWSStepFunctions.{action}");
    let headers = [
        ("X-Amz-Target", target.as_str()),
        ("Content-Type", "application/x-amz-json-1.0"),
    ];
    let (status, _, body) = send(address, "POST /", &headers, &request.to_string())?;
    let body = serde_json::from_str(&body)?;
    Ok(if status == 200 { Ok(body) } else { Err(body) })
}

impl Server {
    /// As [`send`].
    pub(crate) fn send(&self, line: &str, headers: &[(&str, &str)], body: &str) -> (u16, String, String) {
        send(&self.address, line, headers, body).unwrap()
    }

    /// As [`call`].
    pub(crate) fn call(&self, action: &str, request: &Value) -> Result<Value, Value> {
        call(&self.address, action, request).unwrap()
    }

    pub(crate) fn create(&self, name: &str, definition: &Value) -> String {
        let request = json!({
            "name": name,
            "definition": definition.to_string(),
            "roleArn": "arn:aws:iam::123456789012:role/r",
        });
        let made = self.call("CreateStateMachine", &request).unwrap();
        made["stateMachineArn"].as_str().unwrap().to_owned()
    }

    pub(crate) fn begin(&self, machine: &str, input: &Value) -> String {
        let request = json!({"stateMachineArn": machine, "input": input.to_string()});
        let started = self.call("StartExecution", &request).unwrap();
        started["executionArn"].as_str().unwrap().to_owned()
    }

    /// Waits until an execution is in another state than this.
    pub(crate) fn after(&self, execution: &str, status: &str) -> Value {
        loop {
            let now = self
                .call("DescribeExecution", &json!({"executionArn": execution}))
                .unwrap();
            if now["status"] != status {
                return now;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }

    pub(crate) fn history(&self, execution: &str) -> Vec<String> {
        let history = self
            .call("GetExecutionHistory", &json!({"executionArn": execution}))
            .unwrap();
        let events = history["events"].as_array().unwrap().iter();
        events
            .map(|event| event["type"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Ends it in order.
    pub(crate) fn stop(self) {
        self.process.signal(Signal::SIGTERM);
        let ended = self.process.wait();
        assert_eq!(ended.code, Some(0), "{}", ended.err);
    }
}
