//! The Runtime API as a custom runtime meets it: the test itself is the runtime, on a raw connection.

use super::*;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinHandle,
};

/// A bootstrap that says where its Runtime API is, and leaves the rest to the test.
const TELLS: &str = "#!/bin/sh\necho \"$AWS_LAMBDA_RUNTIME_API\"\nexec sleep 1000\n";

struct Custom {
    api: String,
    /// Its end brings the project back: the environment lives until then.
    invocation: JoinHandle<(Invocation, Project)>,
}

impl Custom {
    /// An invocation under way, in an environment that waits for the test to serve it.
    async fn start() -> Self {
        let project = Project::new("provided.al2023", "x", &[("bootstrap", TELLS)]).await;
        let mut lines = project.functions.logs();
        let context = InvocationContext {
            trace_id: Some("Root=1-2-3".into()),
            ..Default::default()
        };
        let invocation = tokio::spawn(async move {
            let invocation = project
                .functions
                .invoke("f", r#"{"n": 1.0}"#, context)
                .await
                .unwrap();
            (invocation, project)
        });
        let api = lines.recv().await.unwrap().text;
        Self { api, invocation }
    }

    /// The answer's status, head and body.
    async fn send(&self, method: &str, path: &str, headers: &str, body: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect(&self.api).await.unwrap();
        let length = body.len();
        let head = format!(
            "{method} /2018-06-01/runtime/{path} HTTP/1.1\r\nhost: {}\r\n",
            self.api
        );
        let request = format!("{head}connection: close\r\ncontent-length: {length}\r\n{headers}\r\n{body}");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        // A refused body may be cut off.
        let _ = stream.read_to_string(&mut answer).await;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head[9..12].parse().unwrap(), head.to_owned(), body.to_owned())
    }

    /// Takes the invocation and gives its id.
    async fn next(&self) -> String {
        let (status, head, body) = self.send("GET", "invocation/next", "", "").await;
        assert_eq!((status, body.as_str()), (200, r#"{"n": 1.0}"#));
        for header in [
            "lambda-runtime-deadline-ms: 1",
            "lambda-runtime-invoked-function-arn: arn:aws:lambda:eu-west-1:123456789012:function:f",
            "lambda-runtime-trace-id: Root=1-2-3",
            "content-type: application/json",
        ] {
            assert!(head.contains(header), "{header}\n{head}");
        }
        let id = head.split("lambda-runtime-aws-request-id: ").nth(1).unwrap();
        id.split("\r\n").next().unwrap().to_owned()
    }

    async fn result(self) -> Result<String, String> {
        let (invocation, _project) = self.invocation.await.unwrap();
        invocation
            .result
            .map_err(|error| format!("{} {}", error.error_type, error.payload))
    }
}

#[tokio::test]
async fn a_response() {
    let custom = Custom::start().await;
    let id = custom.next().await;
    let (status, _, body) = custom.send("POST", "invocation/other/response", "", "1").await;
    assert_eq!(
        (status, body.as_str()),
        (
            400,
            r#"{"errorMessage":"Invalid request ID","errorType":"InvalidRequestID"}"#
        )
    );
    let (status, _, body) = custom.send("GET", "invocation/next", "", "").await;
    assert_eq!(status, 403, "{body}");
    assert_eq!(custom.send("POST", "init/error", "", "{}").await.0, 403);
    assert_eq!(custom.send("POST", "nothing", "", "").await.0, 404);
    let (status, _, body) = custom
        .send("POST", &format!("invocation/{id}/response"), "", "not JSON")
        .await;
    assert_eq!((status, body.as_str()), (202, r#"{"status":"OK"}"#));
    assert_eq!(
        custom
            .send("POST", &format!("invocation/{id}/response"), "", "2")
            .await
            .0,
        400
    );
    assert_eq!(custom.result().await, Ok("not JSON".into()));
}

#[tokio::test]
async fn an_error() {
    for (headers, body, expected) in [
        (
            "",
            r#"{"errorType":"E","errorMessage":"m"}"#,
            r#"E {"errorType":"E","errorMessage":"m"}"#,
        ),
        ("lambda-runtime-function-error-type: H\r\n", "{}", "H {}"),
        ("", "oh no", r#"Runtime.Unknown {"errorMessage":"oh no"}"#),
        ("", "", r#"Runtime.Unknown {"errorMessage":""}"#),
    ] {
        let custom = Custom::start().await;
        let id = custom.next().await;
        assert_eq!(
            custom
                .send("POST", &format!("invocation/{id}/error"), headers, body)
                .await
                .0,
            202
        );
        assert_eq!(custom.result().await, Err(expected.into()));
    }
}

#[tokio::test]
async fn an_error_while_initialising() {
    let custom = Custom::start().await;
    assert_eq!(
        custom
            .send("POST", "init/error", "", r#"{"errorType":"Early"}"#)
            .await
            .0,
        202
    );
    assert_eq!(
        custom.result().await,
        Err(r#"Early {"errorType":"Early"}"#.into())
    );
}

/// The largest response there may be, and one byte more.
#[tokio::test]
async fn the_size_of_a_response() {
    let custom = Custom::start().await;
    let id = custom.next().await;
    let largest = format!("\"{}\"", "x".repeat(6_291_554));
    assert_eq!(
        custom
            .send("POST", &format!("invocation/{id}/response"), "", &largest)
            .await
            .0,
        202
    );
    assert_eq!(custom.result().await, Ok(largest.clone()));

    let custom = Custom::start().await;
    let id = custom.next().await;
    assert_eq!(
        custom
            .send(
                "POST",
                &format!("invocation/{id}/response"),
                "",
                &format!("{largest} ")
            )
            .await
            .0,
        413
    );
    assert!(
        custom
            .result()
            .await
            .is_err_and(|error| error.starts_with("Function.ResponseSizeTooLarge "))
    );
}
