from __future__ import annotations

import json

from workshop import instance_only


def test_a_template_is_read_from_a_bucket_of_this_machine(aws):
    s3 = aws.client("s3")
    s3.create_bucket(Bucket="assets", CreateBucketConfiguration={"LocationConstraint": "eu-west-3"})
    s3.put_object(Bucket="assets", Key="template.json", Body=json.dumps(instance_only()))
    aws.client("cloudformation").create_stack(
        StackName="Workshop", TemplateURL=f"{aws.url}/assets/template.json"
    )
    assert aws.url.startswith("http://127.0.0.1:")
    assert aws.status() == "CREATE_COMPLETE"
