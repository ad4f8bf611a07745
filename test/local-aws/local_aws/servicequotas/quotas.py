"""The quotas of EC2; moto knows those of networks only."""

from __future__ import annotations

from typing import Any

from moto.servicequotas.models import ServiceQuotasBackend

from local_aws.patches import extends

# https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html; the values are those of no account.
QUOTAS = {
    "L-1216C47A": ("Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances", 64.0),
    "L-DB2E81BA": ("Running On-Demand G and VT instances", 0.0),
    "L-417A185B": ("Running On-Demand P instances", 0.0),
    "L-0263D0A3": ("EC2-VPC Elastic IPs", 5.0),
}


@extends(ServiceQuotasBackend)
def get_service_quota(
    original: Any, self: ServiceQuotasBackend, service_code: str, quota_code: str
) -> dict[str, Any]:
    if service_code != "ec2" or quota_code not in QUOTAS:
        return original(self, service_code, quota_code)
    name, value = QUOTAS[quota_code]
    return {
        "ServiceCode": "ec2",
        "ServiceName": "Amazon Elastic Compute Cloud (Amazon EC2)",
        "QuotaCode": quota_code,
        "QuotaName": name,
        "Value": value,
        "Unit": "None",
        "Adjustable": True,
        "GlobalQuota": False,
    }
