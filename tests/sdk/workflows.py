"""Four workflows as users of an AWS SDK write them, against `stepwell serve`; run by `cargo xtask test conformance`.

    python workflows.py http://127.0.0.1:8083 ../../examples/order-fulfilment
"""
import io
import json
import sys
import threading
import time
import unittest
import zipfile
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT, EXAMPLE = sys.argv[1], Path(sys.argv[2])
ROLE = "arn:aws:iam::123456789012:role/sdk"


def client(service):
    # The prefix `sync-` that SDKs put before the host of StartSyncExecution needs a name server that knows it.
    config = Config(retries={"max_attempts": 1}, read_timeout=70, inject_host_prefix=False)
    return boto3.client(service, endpoint_url=ENDPOINT, region_name="us-east-1", aws_access_key_id="any",
                        aws_secret_access_key="any", config=config)


class Workflows(unittest.TestCase):
    def setUp(self):
        self.sfn = client("stepfunctions")

    def machine(self, name, definition, **more):
        made = self.sfn.create_state_machine(name=name, definition=json.dumps(definition), roleArn=ROLE, **more)
        return made["stateMachineArn"]

    def ended(self, execution):
        for _ in range(1500):
            now = self.sfn.describe_execution(executionArn=execution)
            if now["status"] != "RUNNING":
                return now
            time.sleep(0.02)
        self.fail(f"{execution} still runs")

    def events(self, execution):
        pages = self.sfn.get_paginator("get_execution_history").paginate(
            executionArn=execution, PaginationConfig={"PageSize": 3})
        return [event for page in pages for event in page["events"]]

    def scheduled(self, execution):
        """The first task that was scheduled."""
        for _ in range(1500):
            for event in self.events(execution):
                if event["type"] == "TaskSubmitted":
                    scheduled = self.events(execution)[event["previousEventId"] - 2]
                    return json.loads(scheduled["taskScheduledEventDetails"]["parameters"])
            time.sleep(0.02)
        self.fail("nothing was scheduled")

    def function(self, name, source):
        package = io.BytesIO()
        with zipfile.ZipFile(package, "w") as archive:
            archive.writestr("app.py", source)
        functions = client("lambda")
        functions.create_function(FunctionName=name, Runtime="python3.13", Handler="app.handler", Role=ROLE,
                                  Code={"ZipFile": package.getvalue()})
        functions.get_waiter("function_active_v2").wait(FunctionName=name, WaiterConfig={"Delay": 1})
        return functions

    def test_create_and_run(self):
        machine = self.machine("create-and-run", {"StartAt": "Double", "States": {
            "Double": {"Type": "Pass", "Parameters": {"twice.$": "States.MathAdd($.n, $.n)"}, "Next": "Rest"},
            "Rest": {"Type": "Wait", "Seconds": 1, "End": True}}})
        started = self.sfn.start_execution(stateMachineArn=machine, name="one", input='{"n": 21}')
        again = self.sfn.start_execution(stateMachineArn=machine, name="one", input='{"n": 21}')
        self.assertEqual(started["executionArn"], again["executionArn"])
        with self.assertRaises(self.sfn.exceptions.ExecutionAlreadyExists):
            self.sfn.start_execution(stateMachineArn=machine, name="one", input='{"n": 22}')
        ended = self.ended(started["executionArn"])
        self.assertEqual((ended["status"], ended["output"]), ("SUCCEEDED", '{"twice":42}'))
        ids = [event["id"] for event in self.events(started["executionArn"])]
        self.assertEqual(ids, list(range(1, 7)))
        listed = self.sfn.list_executions(stateMachineArn=machine, statusFilter="SUCCEEDED")["executions"]
        self.assertEqual([run["name"] for run in listed], ["one"])

    def test_a_callback_with_a_token(self):
        functions = self.function("notify", "def handler(event, context):\n    print('told', event['order'])\n")
        machine = self.machine("callback", {"StartAt": "Ask", "States": {"Ask": {
            "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken", "HeartbeatSeconds": 60,
            "Parameters": {"FunctionName": "notify",
                           "Payload": {"order.$": "$.order", "token.$": "$$.Task.Token"}}, "End": True}}})
        for answer in ("yes", "no"):
            execution = self.sfn.start_execution(stateMachineArn=machine, input='{"order": 7}')["executionArn"]
            token = self.scheduled(execution)["Payload"]["token"]
            self.sfn.send_task_heartbeat(taskToken=token)
            if answer == "yes":
                self.sfn.send_task_success(taskToken=token, output='{"approved": true}')
                self.assertEqual(self.ended(execution)["output"], '{"approved":true}')
            else:
                self.sfn.send_task_failure(taskToken=token, error="Refused", cause="too dear")
                ended = self.ended(execution)
                self.assertEqual((ended["error"], ended["cause"]), ("Refused", "too dear"))
            with self.assertRaises(self.sfn.exceptions.TaskTimedOut):
                self.sfn.send_task_success(taskToken=token, output="{}")
        with self.assertRaises(self.sfn.exceptions.InvalidToken):
            self.sfn.send_task_success(taskToken="made up", output="{}")
        functions.delete_function(FunctionName="notify")

    def test_an_activity_worker_with_heartbeats(self):
        activity = self.sfn.create_activity(name="worker")["activityArn"]
        machine = self.machine("activity", {"StartAt": "Work", "States": {"Work": {
            "Type": "Task", "Resource": activity, "HeartbeatSeconds": 1, "TimeoutSeconds": 30,
            "Catch": [{"ErrorEquals": ["States.Timeout"], "ResultPath": "$.error", "Next": "Late"}], "End": True},
            "Late": {"Type": "Fail", "Error": "Late"}}})

        def work(beats):
            sfn = client("stepfunctions")
            task = sfn.get_activity_task(activityArn=activity, workerName="w1")
            for _ in range(beats):
                time.sleep(0.6)
                sfn.send_task_heartbeat(taskToken=task["taskToken"])
            if beats:
                sfn.send_task_success(taskToken=task["taskToken"], output=task["input"])

        for beats, expected in ((3, ("SUCCEEDED", None)), (0, ("FAILED", "Late"))):
            # The worker is there before its work: it is kept waiting.
            worker = threading.Thread(target=work, args=(beats,))
            worker.start()
            execution = self.sfn.start_execution(stateMachineArn=machine, input='{"job": 1}')["executionArn"]
            ended = self.ended(execution)
            worker.join()
            self.assertEqual((ended["status"], ended.get("error")), expected)
        started = [event for event in self.events(execution) if event["type"] == "ActivityStarted"]
        self.assertEqual(started[0]["activityStartedEventDetails"]["workerName"], "w1")

    def test_every_state_of_the_example_alone(self):
        machines = self.sfn.list_state_machines()["stateMachines"]
        machine = next(m for m in machines if m["name"].lower().startswith("order"))
        definition = self.sfn.describe_state_machine(stateMachineArn=machine["stateMachineArn"])["definition"]
        seen = []

        def walk(scope):
            for name, state in scope["States"].items():
                yield name, state
                for inner in [state.get("ItemProcessor"), state.get("Iterator"), *state.get("Branches", [])]:
                    if inner:
                        yield from walk(inner)

        for name, state in walk(json.loads(definition)):
            mocked = state["Type"] in ("Task", "Map", "Parallel")
            mock = {"mock": {"errorOutput": {"error": "Mocked", "cause": "on purpose"}}} if mocked else {}
            tested = self.sfn.test_state(definition=definition, stateName=name, roleArn=ROLE, input="{}",
                                         inspectionLevel="DEBUG", **mock)
            self.assertIn(tested["status"], ("SUCCEEDED", "FAILED", "RETRIABLE", "CAUGHT_ERROR"))
            self.assertEqual(tested["inspectionData"]["input"], "{}")
            seen.append(state["Type"])
        self.assertTrue({"Task", "Choice", "Map", "Parallel", "Wait", "Pass", "Succeed", "Fail"} <= set(seen), seen)

    def test_what_is_not_there_is_named(self):
        with self.assertRaises(ClientError) as refused:
            self.sfn.redrive_execution(executionArn="arn:aws:states:us-east-1:123456789012:execution:m:e")
        self.assertIn("RedriveExecution", str(refused.exception))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
