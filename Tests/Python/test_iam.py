"""The evaluation of policies that the tests of `access` rest on."""

from __future__ import annotations

import iam
import pytest


def statement(effect="Allow", action="s3:GetObject", resource="*", **conditions) -> dict:
    return {"Effect": effect, "Action": action, "Resource": resource, "Condition": conditions}


def test_nothing_is_allowed_by_itself_and_a_denial_wins():
    assert not iam.allows([], "s3:GetObject", "arn:aws:s3:::b/k")
    assert iam.allows([statement()], "s3:getobject", "arn:aws:s3:::b/k")
    assert not iam.allows([statement(), statement("Deny", "s3:*")], "s3:GetObject", "arn:aws:s3:::b/k")


def test_resources_have_case_and_actions_have_none():
    own = [statement(action=["S3:get*"], resource=["arn:aws:s3:::b/A?*"])]
    assert iam.allows(own, "s3:GetObject", "arn:aws:s3:::b/Ab/c")
    assert not iam.allows(own, "s3:GetObject", "arn:aws:s3:::b/A")
    assert not iam.allows(own, "s3:GetObject", "arn:aws:s3:::b/ab/c")
    assert not iam.allows(own, "s3:PutObject", "arn:aws:s3:::b/Ab/c")


@pytest.mark.parametrize(
    ("conditions", "context", "holds"),
    [
        ({"StringEquals": {"s3:prefix": ["a", "b"]}}, {"s3_prefix": "b"}, True),
        ({"StringEquals": {"s3:prefix": ["a", "b"]}}, {"s3_prefix": "c"}, False),
        ({"StringEquals": {"s3:prefix": "a"}}, {}, False),
        ({"StringEquals": {"s3:prefix": "a", "s3:delimiter": "/"}}, {"s3_prefix": "a"}, False),
        ({"StringEquals": {"S3:Prefix": "a"}, "StringLike": {"s3:delimiter": "?"}}, {"s3_prefix": "a", "s3_delimiter": "/"}, True),
        ({"StringEquals": {"s3:prefix": "a*"}}, {"s3_prefix": "ab"}, False),
        ({"StringLike": {"s3:prefix": "a/*"}}, {"s3_prefix": "a/"}, True),
        ({"StringLike": {"s3:prefix": "a/*"}}, {"s3_prefix": "a-b/"}, False),
        ({"StringNotEquals": {"s3:prefix": ["a", "b"]}}, {"s3_prefix": "a"}, False),
        ({"StringNotEquals": {"s3:prefix": ["a", "b"]}}, {}, True),
        ({"StringLikeIfExists": {"s3:prefix": "a*"}}, {}, True),
        ({"StringLikeIfExists": {"s3:prefix": "a*"}}, {"s3_prefix": "b"}, False),
        ({"Null": {"s3:prefix": "true"}}, {}, True),
        ({"Null": {"s3:prefix": "true"}}, {"s3_prefix": ""}, False),
        ({"Bool": {"aws:SecureTransport": "true"}}, {"aws_SecureTransport": "True"}, True),
        ({"ForAnyValue:StringEquals": {"aws:TagKeys": ["a"]}}, {"aws_TagKeys": ["b", "a"]}, True),
        ({"ForAnyValue:StringEquals": {"aws:TagKeys": ["a"]}}, {}, False),
        ({"ForAllValues:StringLike": {"aws:TagKeys": ["a*"]}}, {"aws_TagKeys": ["b", "a"]}, False),
        ({"ForAllValues:StringLike": {"aws:TagKeys": ["a*"]}}, {}, True),
        ({"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:1:t"}}, {"aws_SourceArn": "arn:aws:sns:a:1:t"}, True),
        ({"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:t"}}, {"aws_SourceArn": "arn:aws:sns:a:1:t"}, False),
    ],
)
def test_conditions_hold_or_do_not(conditions, context, holds):
    assert iam.allows([statement(**conditions)], "s3:GetObject", "arn:aws:s3:::b", **context) is holds


def test_what_is_deployed_has_no_function_of_cloudformation_in_it():
    value = {"Fn::Join": ["", [{"Fn::Sub": "a-${AWS::Region}-"}, {"Ref": "AWS::AccountId"}]]}
    assert iam.deployed([value], region="cn-north-1") == [f"a-cn-north-1-{iam.ACCOUNT}"]
