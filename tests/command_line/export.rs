//! What is exported is what runs.

use serde_json::Value;

use crate::scene::Scene;

const INPUT: &str = "order-fulfilment/events/in-stock.json";

#[test]
fn the_exported_file_runs_to_the_same_result() {
    let scene = Scene::with_examples();
    let exported = scene.run(&["export", "order-fulfilment", "-o", "elsewhere/order.asl.json"]);
    assert_eq!(exported.code, Some(0), "{}", exported.err);
    let project = scene.run(&[
        "run",
        "order-fulfilment",
        "--input",
        INPUT,
        "--virtual-time",
        "--json",
    ]);
    let file = scene.run(&[
        "run",
        "elsewhere/order.asl.json",
        "--input",
        INPUT,
        "--virtual-time",
        "--json",
    ]);
    assert_eq!(file.output(), project.output(), "{}", file.err);
    assert!(
        file.err.contains("from which this file was exported"),
        "{}",
        file.err
    );

    // A copy that nobody knows the origin of has no functions, says so, and can be told where they are.
    std::fs::create_dir(scene.path("copy")).unwrap();
    std::fs::copy(
        scene.path("elsewhere/order.asl.json"),
        scene.path("copy/order.asl.json"),
    )
    .unwrap();
    let lost = scene.run(&["run", "copy/order.asl.json", "--input", INPUT, "--virtual-time"]);
    assert_eq!(lost.code, Some(1));
    assert!(lost.err.contains("--functions FOLDER"), "{}", lost.err);
    let arguments = [
        "run",
        "copy/order.asl.json",
        "--functions",
        "order-fulfilment",
        "--input",
        INPUT,
    ];
    let told = scene.run(&[&arguments[..], &["--virtual-time", "--json"]].concat());
    assert_eq!(told.output(), project.output(), "{}", told.err);
    scene.nothing_left_behind();
}

#[test]
fn formats() {
    let scene = Scene::with_examples();
    let source =
        std::fs::read_to_string(scene.path("order-fulfilment/workflows/order-fulfilment.asl.json")).unwrap();
    let kept = scene.run(&["export", "order-fulfilment", "--keep-substitutions"]);
    assert_eq!(kept.out, source, "nothing but substitutions may differ");

    let resolved = scene.run(&["export", "order-fulfilment"]);
    let arn = "arn:aws:lambda:us-east-1:123456789012:function:";
    let expected = [
        ("PriceOrder", "price-order"),
        ("ChargeCard", "charge-card"),
        ("ReserveLine", "reserve-line"),
        ("Refund", "refund"),
    ]
    .iter()
    .fold(source, |text, (id, name)| {
        text.replace(&format!("${{{id}FunctionArn}}"), &format!("{arn}{name}"))
    });
    assert_eq!(resolved.out, expected);

    let yaml = scene.run(&["export", "hello"]);
    let json: Value = serde_json::from_str(&yaml.out).unwrap();
    assert_eq!(json["States"]["Done"]["Type"], "Succeed");

    let svg = scene.run(&["export", "order-fulfilment", "--format", "svg"]);
    assert!(
        svg.out.starts_with("<svg") && svg.out.contains("Charge card"),
        "{}",
        &svg.out[..80]
    );
}
