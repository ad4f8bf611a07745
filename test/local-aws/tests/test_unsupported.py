from __future__ import annotations

import pytest
from botocore.exceptions import ClientError


@pytest.mark.parametrize(
    ("service", "call", "arguments"),
    [
        ("ec2", "describe_local_gateways", {}),
        ("cloudformation", "detect_stack_drift", {"StackName": "Workshop"}),
        ("cloudtrail", "lookup_events", {}),
    ],
)
def test_a_call_without_an_implementation_is_refused_and_not_repeated(aws, service, call, arguments):
    with pytest.raises(ClientError, match="has not been implemented") as error:
        getattr(aws.client(service), call)(**arguments)
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
