"""boto3, unmodified, against the server whose address is the first argument. Prints the name of each part that held."""

import sys
import threading
import time
import urllib.error
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint = sys.argv[1]


def client(service, **more):
    return boto3.client(
        service,
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id="AKIAONE",
        aws_secret_access_key=more.pop("secret", "se/cr+et"),
        config=Config(retries={"max_attempts": 0}, **more),
    )


def code_of(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None


def swf():
    swf = client("swf")
    swf.register_domain(name="D", workflowExecutionRetentionPeriodInDays="7")
    assert code_of(swf.register_domain, name="D", workflowExecutionRetentionPeriodInDays="7") == "DomainAlreadyExistsFault"
    swf.register_workflow_type(
        domain="D", name="W", version="1", defaultTaskList={"name": "l"}, defaultChildPolicy="TERMINATE",
        defaultTaskStartToCloseTimeout="60", defaultExecutionStartToCloseTimeout="600",
    )
    swf.register_activity_type(domain="D", name="A", version="1", defaultTaskList={"name": "a"})
    poll = {"domain": "D", "taskList": {"name": "l"}}
    begun = time.monotonic()
    starter = threading.Timer(0.3, lambda: swf.start_workflow_execution(
        domain="D", workflowId="w", workflowType={"name": "W", "version": "1"}, input=""))
    starter.start()
    task = swf.poll_for_decision_task(**poll)
    assert 0.2 < time.monotonic() - begun < 5, "the poll wakes with the task"
    started = task["events"][0]["workflowExecutionStartedEventAttributes"]
    assert started["input"] == "" and started["parentInitiatedEventId"] == 0
    limits = {name: "60" for name in ("scheduleToStartTimeout", "scheduleToCloseTimeout", "startToCloseTimeout")}
    swf.respond_decision_task_completed(taskToken=task["taskToken"], decisions=[{
        "decisionType": "ScheduleActivityTask",
        "scheduleActivityTaskDecisionAttributes": {
            "activityId": "1", "activityType": {"name": "A", "version": "1"}, "heartbeatTimeout": "NONE", **limits}}])
    activity = swf.poll_for_activity_task(domain="D", taskList={"name": "a"})
    assert swf.record_activity_task_heartbeat(taskToken=activity["taskToken"])["cancelRequested"] is False
    swf.respond_activity_task_completed(taskToken=activity["taskToken"], result="r")
    task = swf.poll_for_decision_task(maximumPageSize=2, reverseOrder=True, **poll)
    assert [event["eventType"] for event in task["events"]] == ["DecisionTaskStarted", "DecisionTaskScheduled"]
    swf.respond_decision_task_completed(taskToken=task["taskToken"], decisions=[{
        "decisionType": "CompleteWorkflowExecution"}])
    assert code_of(swf.respond_decision_task_completed, taskToken=task["taskToken"]) == "UnknownResourceFault"
    pages = swf.get_paginator("get_workflow_execution_history").paginate(
        domain="D", execution=task["workflowExecution"], maximumPageSize=3)
    events = [event for page in pages for event in page["events"]]
    assert [event["eventId"] for event in events] == list(range(1, 12))
    assert events[-1]["eventType"] == "WorkflowExecutionCompleted" and events[0]["eventTimestamp"].year >= 2024


def sqs():
    sqs = client("sqs")
    url = sqs.create_queue(QueueName="q", Attributes={"VisibilityTimeout": "1"})["QueueUrl"]
    try:
        sqs.get_queue_url(QueueName="none")
        raise AssertionError("there is no such queue")
    except sqs.exceptions.QueueDoesNotExist as error:
        assert error.response["Error"]["Code"] == "AWS.SimpleQueueService.NonExistentQueue", error.response
    attributes = {"n": {"DataType": "Number", "StringValue": "1"}, "b": {"DataType": "Binary", "BinaryValue": b"\x00\xff"}}
    sqs.send_message(QueueUrl=url, MessageBody="ü", MessageAttributes=attributes)
    answer = sqs.send_message_batch(QueueUrl=url, Entries=[
        {"Id": "one", "MessageBody": "x"}, {"Id": "two", "MessageBody": "y", "DelaySeconds": 9999}])
    assert [len(answer[name]) for name in ("Successful", "Failed")] == [1, 1]
    found = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"])["Messages"]
    assert found[0]["MessageAttributes"] == attributes
    sqs.delete_message_batch(QueueUrl=url, Entries=[
        {"Id": str(n), "ReceiptHandle": message["ReceiptHandle"]} for n, message in enumerate(found)])
    assert "Messages" not in sqs.receive_message(QueueUrl=url, WaitTimeSeconds=1)
    assert code_of(sqs.send_message_batch, QueueUrl=url, Entries=[]) == "AWS.SimpleQueueService.EmptyBatchRequest"


def s3():
    s3 = client("s3")
    s3.create_bucket(Bucket="b-1")
    s3.put_object(Bucket="b-1", Key="../ü +%41", Body=b"hello", Metadata={"publication": "automatic"}, ContentType="text/x")
    read = s3.get_object(Bucket="b-1", Key="../ü +%41")
    assert (read["Body"].read(), read["Metadata"], read["ContentType"]) == (b"hello", {"publication": "automatic"}, "text/x")
    assert code_of(s3.get_object, Bucket="b-1", Key="none") == "NoSuchKey"
    assert code_of(s3.head_object, Bucket="b-1", Key="none") == "404"
    for n in range(25):
        s3.put_object(Bucket="b-1", Key=f"many/{n:02}", Body=b"")
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket="b-1", Prefix="many/", PaginationConfig={"PageSize": 10})
    assert [item["Key"] for page in pages for item in page["Contents"]] == [f"many/{n:02}" for n in range(25)]
    upload = s3.create_multipart_upload(Bucket="b-1", Key="parts")["UploadId"]
    parts = []
    for number, body in enumerate((b"a" * 5_242_880, b"b"), 1):
        tag = s3.upload_part(Bucket="b-1", Key="parts", UploadId=upload, PartNumber=number, Body=body)["ETag"]
        parts.append({"PartNumber": number, "ETag": tag})
    s3.complete_multipart_upload(Bucket="b-1", Key="parts", UploadId=upload, MultipartUpload={"Parts": parts})
    assert s3.get_object(Bucket="b-1", Key="parts", Range="bytes=-2")["Body"].read() == b"ab"
    s3.copy_object(Bucket="b-1", Key="copy", CopySource={"Bucket": "b-1", "Key": "../ü +%41"})
    deleted = s3.delete_objects(Bucket="b-1", Delete={"Objects": [{"Key": "copy"}, {"Key": "never"}]})["Deleted"]
    assert sorted(item["Key"] for item in deleted) == ["copy", "never"]


def presigned():
    for version in ("s3v4", "s3"):
        s3 = client("s3", signature_version=version)
        address = s3.generate_presigned_url("get_object", Params={"Bucket": "b-1", "Key": "../ü +%41"})
        assert urllib.request.urlopen(address).read() == b"hello", version
        put = s3.generate_presigned_url("put_object", Params={"Bucket": "b-1", "Key": version})
        urllib.request.urlopen(urllib.request.Request(put, data=b"sent", method="PUT", headers={"content-type": ""}))
        assert client("s3").get_object(Bucket="b-1", Key=version)["Body"].read() == b"sent"
        forged = client("s3", secret="guessed", signature_version=version)
        try:
            urllib.request.urlopen(forged.generate_presigned_url("get_object", Params={"Bucket": "b-1", "Key": version}))
            raise AssertionError("a forged address was let in")
        except urllib.error.HTTPError as error:
            assert error.code == 403


def signatures():
    assert code_of(client("swf", secret="guessed").list_domains, registrationStatus="REGISTERED") == "InvalidSignatureException"
    assert code_of(client("sqs", secret="guessed").list_queues) == "SignatureDoesNotMatch"
    assert code_of(client("s3", secret="guessed").list_buckets) == "SignatureDoesNotMatch"


def events():
    s3, sqs = client("s3"), client("sqs")
    url = sqs.create_queue(QueueName="events")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},' \
        '"Action":"sqs:SendMessage","Resource":"%s"}]}' % arn
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    s3.put_bucket_notification_configuration(Bucket="b-1", NotificationConfiguration={
        "QueueConfigurations": [{"QueueArn": arn, "Events": ["s3:ObjectCreated:*"]}]})
    s3.put_object(Bucket="b-1", Key="new", Body=b"")
    bodies = [message["Body"] for message in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]]
    assert len(bodies) == 2 and "s3:TestEvent" in bodies[0] and '"key":"new"' in bodies[1]


for part in (swf, sqs, s3, presigned, signatures, events):
    part()
    print(part.__name__, flush=True)
