from __future__ import annotations

import pytest
from botocore.exceptions import ClientError


def test_the_vcpus_that_may_run_at_a_time_are_told(aws):
    quotas = aws.client("service-quotas")
    quota = quotas.get_service_quota(ServiceCode="ec2", QuotaCode="L-1216C47A")["Quota"]
    assert quota["QuotaName"].startswith("Running On-Demand Standard")
    assert quota["Value"] == 64
    answer = quotas.get_service_quota(ServiceCode="ec2", QuotaCode="L-DB2E81BA")["ResponseMetadata"]
    assert answer["HTTPHeaders"]["content-type"] == "application/x-amz-json-1.1"
    addresses = quotas.get_service_quota(ServiceCode="ec2", QuotaCode="L-0263D0A3")["Quota"]
    assert (addresses["QuotaName"], addresses["Value"]) == ("EC2-VPC Elastic IPs", 5)
    with pytest.raises(ClientError, match="NoSuchResource"):
        quotas.get_service_quota(ServiceCode="ec2", QuotaCode="L-00000000")
