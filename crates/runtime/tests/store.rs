//! The record of runs: streams, group commit, owners, foreign requests, formats.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use runtime::store::{
    Chunk, Claim, Keep, NewRun, RunQuery, Standing, Store, StoreError, Stream, WaitingTask,
};
use stepwell_runtime as runtime;

fn new_run(name: &str) -> NewRun {
    NewRun {
        name: name.into(),
        workflow: "Order".into(),
        document: "order.asl.json".into(),
        definition: "{}".into(),
        digest: "d1".into(),
        start: r#"{"start":500}"#.into(),
        created: 1_000,
        started: 500,
        parent: None,
        debug: false,
        virtual_time: false,
        served: false,
    }
}

fn chunk(stream: Stream, first: u32, lines: &[&str]) -> Chunk {
    let count = u32::try_from(lines.len()).unwrap();
    Chunk {
        stream,
        first,
        count,
        lines: lines.iter().map(|line| format!("{line}\n")).collect(),
    }
}

fn ended() -> Standing {
    Standing {
        status: "SUCCEEDED".into(),
        ended: Some(2_000),
        output: Some("1".into()),
        ..Standing::default()
    }
}

#[tokio::test]
async fn streams_are_read_back_by_range() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let row = store.create(new_run("one"), vec![]).await.unwrap();
    store
        .append(row, vec![chunk(Stream::Events, 0, &["a", "b", "c"])], None)
        .await
        .unwrap();
    store
        .append(
            row,
            vec![
                chunk(Stream::Events, 3, &["d"]),
                chunk(Stream::Journal, 0, &["j"]),
            ],
            Some(ended()),
        )
        .await
        .unwrap();
    for (from, limit, expected) in [
        (0, 9, "abcd"),
        (1, 2, "bc"),
        (2, 2, "cd"),
        (4, 5, ""),
        (3, 1, "d"),
    ] {
        assert_eq!(
            store.lines(row, Stream::Events, from, limit).unwrap().concat(),
            expected,
            "{from}+{limit}"
        );
    }
    assert_eq!(store.count(row, Stream::Events).unwrap(), 4);
    assert_eq!(store.count(row, Stream::Log).unwrap(), 0);
    assert_eq!(store.find("one").unwrap().unwrap().standing, ended());
    assert_eq!(store.definition("d1").unwrap().as_deref(), Some("{}"));
}

#[tokio::test]
async fn a_name_is_taken_once_and_a_failed_job_leaves_its_companions_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let (first, second, third) = tokio::join!(
        store.create(new_run("x"), vec![]),
        store.create(new_run("x"), vec![]),
        store.create(new_run("y"), vec![])
    );
    assert!(first.is_ok() && third.is_ok());
    assert!(matches!(second, Err(StoreError::NameTaken(name)) if name == "x"));
    let row = first.unwrap();
    store
        .append(row, vec![chunk(Stream::Log, 0, &["a"])], None)
        .await
        .unwrap();
    let twice = vec![chunk(Stream::Log, 1, &["b"]), chunk(Stream::Log, 0, &["again"])];
    assert!(store.append(row, twice, None).await.is_err());
    assert_eq!(store.count(row, Stream::Log).unwrap(), 1, "half a job was kept");
}

#[tokio::test]
async fn only_one_process_drives_and_others_ask() {
    let folder = tempfile::tempdir().unwrap();
    let ours = Store::open(folder.path()).unwrap();
    let row = ours.create(new_run("one"), vec![]).await.unwrap();
    let theirs = Store::open(folder.path()).unwrap();
    assert!(theirs.driven_elsewhere(row).unwrap());
    assert!(!ours.driven_elsewhere(row).unwrap());
    assert_eq!(theirs.claim(row, 1).await.unwrap(), Claim::Elsewhere);
    theirs.request(row, "stop".into()).await.unwrap();
    assert!(theirs.requests().unwrap().is_empty(), "a request is its owner's");
    let asked = ours.requests().unwrap();
    assert_eq!(asked[0].what, "stop");
    drop(ours);
    assert!(!theirs.driven_elsewhere(row).unwrap());
    assert_eq!(theirs.claim(row, 2).await.unwrap(), Claim::Ours);
    assert_eq!(
        theirs.requests().unwrap()[0].id,
        asked[0].id,
        "what a dead owner had not done is the next one's"
    );
    theirs.forget_requests(vec![asked[0].id]).await.unwrap();
    assert!(theirs.requests().unwrap().is_empty(), "what is done is forgotten");
    theirs.append(row, vec![], Some(ended())).await.unwrap();
    assert_eq!(theirs.claim(row, 3).await.unwrap(), Claim::Ended);
}

#[tokio::test]
async fn what_the_endpoint_goes_on_with_is_known_from_the_first_commit() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    for (name, served) in [("ours", true), ("a-persons", false), ("ended", true)] {
        let run = NewRun {
            served,
            ..new_run(name)
        };
        let row = store.create(run, vec![]).await.unwrap();
        if name == "ended" {
            store.append(row, vec![], Some(ended())).await.unwrap();
        }
    }
    assert_eq!(store.served_open().unwrap(), ["ours"]);
}

#[tokio::test]
async fn a_task_is_put_up_again_unless_its_worker_has_started() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let row = store.create(new_run("one"), vec![]).await.unwrap();
    let task = WaitingTask {
        token: "t".into(),
        row,
        command: 2,
        activity: Some("a".into()),
        input: Some("{}".into()),
        made: 1,
    };
    for (started, there) in [(false, true), (true, false), (false, true)] {
        store.add_waiting(task.clone(), started).await.unwrap();
        let taken = store.take_waiting("a").await.unwrap();
        assert_eq!(taken.as_ref(), there.then_some(&task), "started: {started}");
        assert_eq!(store.take_waiting("a").await.unwrap(), None, "it is taken once");
    }
    store.close_waiting(row, 2).await.unwrap();
    store.add_waiting(task, false).await.unwrap();
    assert_eq!(store.take_waiting("a").await.unwrap(), None, "it is over");
}

#[tokio::test]
async fn a_newer_format_is_refused_unharmed() {
    let folder = tempfile::tempdir().unwrap();
    drop(Store::open(folder.path()).unwrap());
    let path = folder.path().join(".stepwell/runs.sqlite");
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.pragma_update(None, "user_version", 99).unwrap();
    drop(raw);
    let before = std::fs::read(&path).unwrap();
    let error = Store::open(folder.path()).err().unwrap();
    assert!(
        matches!(
            error,
            StoreError::Newer {
                found: 99,
                known: 2,
                ..
            }
        ),
        "{error}"
    );
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn a_record_of_the_format_before_is_taken_over() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let row = store.create(new_run("one"), vec![]).await.unwrap();
    let line = r#"{"frame":0,"state":"\u001a0\u001a","event":{}}"#;
    store
        .append(row, vec![chunk(Stream::Events, 0, &[line])], None)
        .await
        .unwrap();
    drop(store);
    let path = folder.path().join(".stepwell/runs.sqlite");
    let raw = rusqlite::Connection::open(&path).unwrap();
    let format = |raw: &rusqlite::Connection| -> i64 {
        raw.query_row("pragma user_version", [], |row| row.get(0))
            .unwrap()
    };
    let newest = format(&raw);
    raw.execute_batch(
        "update execution set started = created; alter table execution drop column created; pragma user_version = 1;",
    )
    .unwrap();
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(format(&raw), newest);
    let run = store.find("one").unwrap().unwrap();
    assert_eq!((run.created, run.started), (1_000, 500));
    assert_eq!(store.lines(row, Stream::Events, 0, 9).unwrap(), [line]);
}

/// What a full disk refused is missing before what it took.
#[tokio::test]
async fn a_stream_has_no_gaps() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let row = store.create(new_run("one"), vec![]).await.unwrap();
    for (first, fits) in [(1, false), (0, true), (0, false), (2, false), (1, true)] {
        let appended = store
            .append(row, vec![chunk(Stream::Events, first, &["e"])], None)
            .await;
        match appended {
            Ok(()) => assert!(fits, "{first}"),
            Err(error) => assert!(
                !fits && matches!(error, StoreError::OutOfOrder),
                "{first}: {error}"
            ),
        }
    }
}

#[tokio::test]
async fn a_full_disk_is_said_and_nothing_is_half_written() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let row = store.create(new_run("one"), vec![]).await.unwrap();
    store.limit_pages(64).await.unwrap();
    let noise = noise(400_000);
    let big = vec![
        chunk(Stream::Events, 0, &["small"]),
        chunk(Stream::Events, 1, &[&noise]),
    ];
    assert!(matches!(
        store.append(row, big.clone(), None).await,
        Err(StoreError::Full)
    ));
    assert_eq!(store.count(row, Stream::Events).unwrap(), 0);
    store.limit_pages(100_000).await.unwrap();
    store.append(row, big, None).await.unwrap();
    assert_eq!(store.count(row, Stream::Events).unwrap(), 2);
}

#[tokio::test]
async fn old_ended_runs_are_pruned_and_open_ones_kept() {
    let text = noise(100_000);
    for (keep, expected) in [
        (Keep::default(), "543210"),
        (
            Keep {
                runs: 2,
                ..Keep::default()
            },
            "541",
        ),
        (
            Keep {
                runs: 0,
                ..Keep::default()
            },
            "51",
        ),
        (
            Keep {
                bytes: 350_000,
                ..Keep::default()
            },
            "5431",
        ),
        (
            Keep {
                bytes: 0,
                ..Keep::default()
            },
            "51",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        for name in ["0", "1", "2", "3", "4", "5"] {
            let row = store
                .create(new_run(name), vec![chunk(Stream::Events, 0, &[&text])])
                .await
                .unwrap();
            if name != "1" {
                store.append(row, vec![], Some(ended())).await.unwrap();
            }
        }
        let removed = store.prune(keep).await.unwrap() as usize;
        let names: Vec<_> = store
            .list(&RunQuery::default())
            .unwrap()
            .into_iter()
            .map(|run| run.name)
            .collect();
        assert_eq!(
            (names.concat(), removed),
            (expected.to_owned(), 6 - expected.len()),
            "{keep:?}"
        );
    }
}

/// Text that does not shrink when it is packed.
fn noise(length: usize) -> String {
    let mut random = 88_172_645_463_325_252_u64;
    let next = || {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        char::from(b'!' + (random % 90) as u8)
    };
    std::iter::repeat_with(next).take(length).collect()
}

#[test]
fn many_may_open_a_new_record_at_the_same_moment() {
    for _ in 0..20 {
        let folder = tempfile::tempdir().unwrap();
        let start = std::sync::Barrier::new(8);
        std::thread::scope(|scope| {
            let open = || {
                start.wait();
                Store::open(folder.path())
                    .map(drop)
                    .map_err(|error| error.to_string())
            };
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(open)).collect();
            for thread in threads {
                assert_eq!(thread.join().unwrap(), Ok(()));
            }
        });
    }
}
