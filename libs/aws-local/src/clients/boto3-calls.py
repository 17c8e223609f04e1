"""boto3, unmodified, against the server whose address is the first argument. Prints the name of each part that held."""

import hashlib
import json
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


def objects():
    s3 = client("s3")
    s3.create_bucket(Bucket="b-2")
    names = ["../up", "a+b%2Fc", "a//b", "folder/", "é/ü", "k" * 1024, "x y?z#&=", "日本"]
    for name in names:
        s3.put_object(Bucket="b-2", Key=name, Body=name.encode())
    assert [item["Key"] for item in s3.list_objects(Bucket="b-2")["Contents"]] == sorted(names, key=str.encode)
    for name in names:
        assert s3.get_object(Bucket="b-2", Key=name)["Body"].read() == name.encode(), name
        s3.copy_object(Bucket="b-2", Key="copy", CopySource={"Bucket": "b-2", "Key": name})
        assert s3.get_object(Bucket="b-2", Key="copy")["Body"].read() == name.encode(), name
    assert code_of(s3.put_object, Bucket="b-2", Key="k" * 1025, Body=b"") == "KeyTooLongError"
    raw = s3.list_objects_v2(Bucket="b-2", Delimiter="/", StartAfter="a//b", EncodingType="url")
    assert [item["Prefix"] for item in raw["CommonPrefixes"]] == ["folder/", "%C3%A9/"], raw["CommonPrefixes"]
    page = s3.list_objects(Bucket="b-2", Delimiter="/", MaxKeys=2)
    assert page["IsTruncated"] and page["NextMarker"] == "a+b%2Fc", page

    s3.put_object(Bucket="b-2", Key="t", Body=b"0123456789", Tagging="a=1&b=%2B", CacheControl="no-cache",
        ContentDisposition="attachment", ContentEncoding="gzip", ContentLanguage="de", Metadata={"one": "1"})
    at = {"Bucket": "b-2", "Key": "t"}
    assert s3.get_object_tagging(**at)["TagSet"] == [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "+"}]
    head = s3.head_object(**at)
    assert [head[name] for name in ("CacheControl", "ContentDisposition", "ContentEncoding", "ContentLanguage")] == [
        "no-cache", "attachment", "gzip", "de"]
    assert code_of(s3.copy_object, **at, CopySource=at) == "InvalidRequest"
    s3.copy_object(**at, CopySource=at, MetadataDirective="REPLACE", Metadata={"two": "2"}, TaggingDirective="REPLACE", Tagging="c=3")
    assert s3.head_object(**at)["Metadata"] == {"two": "2"}
    assert s3.get_object_tagging(**at)["TagSet"] == [{"Key": "c", "Value": "3"}]
    s3.put_object_tagging(**at, Tagging={"TagSet": [{"Key": "d", "Value": ""}]})
    s3.delete_object_tagging(**at)
    assert s3.get_object_tagging(**at)["TagSet"] == []

    tag = head["ETag"]
    assert code_of(s3.get_object, **at, IfNoneMatch=tag) == "304"
    assert code_of(s3.get_object, **at, IfMatch='"other"') == "PreconditionFailed"
    assert code_of(s3.put_object, **at, IfNoneMatch="*", Body=b"") == "PreconditionFailed"
    assert code_of(s3.copy_object, Bucket="b-2", Key="u", CopySource=at, CopySourceIfNoneMatch=tag) == "PreconditionFailed"
    part = s3.get_object(**at, Range="bytes=-3")
    assert (part["Body"].read(), part["ContentRange"]) == (b"789", "bytes 7-9/10")
    assert code_of(s3.get_object, **at, Range="bytes=10-") == "InvalidRange"
    for call in (s3.get_bucket_versioning, s3.get_bucket_encryption, s3.get_bucket_acl, s3.get_bucket_lifecycle_configuration):
        assert code_of(call, Bucket="b-2") == "NotImplemented"

    listed = {"Objects": [{"Key": f"gone/{n}"} for n in range(999)] + [{"Key": "t"}], "Quiet": True}
    assert "Deleted" not in s3.delete_objects(Bucket="b-2", Delete=listed)
    assert code_of(s3.head_object, **at) == "404"
    listed["Objects"].append({"Key": "one too many"})
    assert code_of(s3.delete_objects, Bucket="b-2", Delete=listed) == "MalformedXML"


def parts():
    s3 = client("s3")
    at = {"Bucket": "b-2", "Key": "parts +é"}
    s3.put_object(Bucket="b-2", Key="source +é", Body=b"s" * 6_000_000)
    upload = {**at, "UploadId": s3.create_multipart_upload(**at)["UploadId"]}
    source = {"Bucket": "b-2", "Key": "source +é"}
    one = s3.upload_part_copy(**upload, PartNumber=1, CopySource=source, CopySourceRange="bytes=0-5242879")["CopyPartResult"]["ETag"]
    two, three = (s3.upload_part(**upload, PartNumber=n, Body=b"small")["ETag"] for n in (2, 3))
    pages = s3.get_paginator("list_parts").paginate(**upload, PaginationConfig={"PageSize": 1})
    assert [part["PartNumber"] for page in pages for part in page.get("Parts", [])] == [1, 2, 3]
    named = [{"PartNumber": n, "ETag": tag} for n, tag in enumerate((one, two, three), 1)]
    for listed, code in ((named, "EntityTooSmall"), (named[1::-1], "InvalidPartOrder"), ([{**named[0], "ETag": two}], "InvalidPart")):
        assert code_of(s3.complete_multipart_upload, **upload, MultipartUpload={"Parts": listed}) == code, code
    s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": named[:2]})
    assert s3.head_object(**at)["ContentLength"] == 5_242_885
    for n in range(3):
        s3.create_multipart_upload(Bucket="b-2", Key=f"open/{n}")
    pages = s3.get_paginator("list_multipart_uploads").paginate(Bucket="b-2", PaginationConfig={"PageSize": 1})
    uploads = [item for page in pages for item in page.get("Uploads", [])]
    assert [item["Key"] for item in uploads] == ["open/0", "open/1", "open/2"]
    for item in uploads:
        s3.abort_multipart_upload(Bucket="b-2", Key=item["Key"], UploadId=item["UploadId"])
    assert code_of(s3.list_parts, Bucket="b-2", Key="open/0", UploadId=uploads[0]["UploadId"]) == "NoSuchUpload"


def public():
    s3 = client("s3")
    s3.put_object(Bucket="b-2", Key="cdn/a b.txt", Body=b"seen", ContentType="text/plain")
    s3.delete_public_access_block(Bucket="b-2")
    s3.put_bucket_policy(Bucket="b-2", Policy=json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b-2/cdn/*"}]}))
    rules = [{"AllowedMethods": ["GET"], "AllowedOrigins": ["https://journal.example"], "AllowedHeaders": ["range"]}]
    s3.put_bucket_cors(Bucket="b-2", CORSConfiguration={"CORSRules": rules})
    assert s3.get_bucket_cors(Bucket="b-2")["CORSRules"] == rules
    address = f"{endpoint}/b-2/cdn/a%20b.txt"
    origin = {"origin": "https://journal.example"}
    with urllib.request.urlopen(urllib.request.Request(address, headers=origin)) as reply:
        assert (reply.read(), reply.headers["access-control-allow-origin"]) == (b"seen", "https://journal.example")
    asked = {**origin, "access-control-request-method": "GET", "access-control-request-headers": "range"}
    assert urllib.request.urlopen(urllib.request.Request(address, method="OPTIONS", headers=asked)).status == 200
    for path in ("t", "?list-type=2"):
        try:
            urllib.request.urlopen(f"{endpoint}/b-2/{path}")
            raise AssertionError("what is not public was read")
        except urllib.error.HTTPError as error:
            assert error.code == 403, path


def queues():
    sqs = client("sqs")
    dead = sqs.create_queue(QueueName="dead")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    redrive = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": "1"})
    url = sqs.create_queue(QueueName="live", Attributes={"RedrivePolicy": redrive, "MessageRetentionPeriod": "60"}, tags={"a": "1"})["QueueUrl"]
    assert sqs.list_queue_tags(QueueUrl=url)["Tags"] == {"a": "1"}
    assert sqs.list_dead_letter_source_queues(QueueUrl=dead)["queueUrls"] == [url]
    sent = sqs.send_message(QueueUrl=url, MessageBody="é")
    assert sent["MD5OfMessageBody"] == hashlib.md5("é".encode()).hexdigest()
    for _ in range(2):
        found = sqs.receive_message(QueueUrl=url, VisibilityTimeout=0).get("Messages", [])
    assert found == [] and sqs.receive_message(QueueUrl=dead, VisibilityTimeout=0)["Messages"][0]["MessageId"] == sent["MessageId"]
    sqs.start_message_move_task(SourceArn=arn)
    assert sqs.receive_message(QueueUrl=url, WaitTimeSeconds=5)["Messages"][0]["Body"] == "é"
    begun = time.monotonic()
    sqs.send_message(QueueUrl=dead, MessageBody="late", DelaySeconds=1)
    assert len(sqs.receive_message(QueueUrl=dead, WaitTimeSeconds=5)["Messages"]) == 1 and time.monotonic() - begun > 0.9

    url = sqs.create_queue(QueueName="q.fifo", Attributes={"FifoQueue": "true", "ContentBasedDeduplication": "true"})["QueueUrl"]
    for body, group in (("1", "a"), ("1", "a"), ("2", "a"), ("3", "b")):
        sqs.send_message(QueueUrl=url, MessageBody=body, MessageGroupId=group)
    first = sqs.receive_message(QueueUrl=url, AttributeNames=["All"])["Messages"][0]
    assert (first["Body"], first["Attributes"]["MessageGroupId"]) == ("1", "a")
    assert [message["Body"] for message in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]] == ["3"]
    sqs.delete_message(QueueUrl=url, ReceiptHandle=first["ReceiptHandle"])
    assert [message["Body"] for message in sqs.receive_message(QueueUrl=url)["Messages"]] == ["2"]
    assert code_of(sqs.send_message, QueueUrl=url, MessageBody="x") == "MissingParameter"


for part in (swf, sqs, s3, presigned, signatures, events, objects, parts, public, queues):
    part()
    print(part.__name__, flush=True)
