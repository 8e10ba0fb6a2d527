//! Amazon S3, addressed by path (S3 API Reference; Service Authorization Reference, "Actions,
//! resources, and condition keys for Amazon S3").

use super::row::{Answer, Row};
use crate::wire::service::Service;

const fn change(name: &'static str, call: &'static str, about: &'static [&'static str]) -> Row {
    Row::new(Service::S3, name, Answer::Change)
        .at(call)
        .about(about)
}

const BUCKET: &[&str] = &["{Bucket}"];
const OBJECT: &[&str] = &["id {Bucket}", "{Bucket}/{Key}"];

/// A call of a bucket may name what of it is meant as a parameter without value.
pub(super) const ROWS: &[Row] = &[
    change("CreateBucket", "PUT /{Bucket}", &["+{Bucket}"]),
    change("DeleteBucket", "DELETE /{Bucket}", BUCKET),
    change("DeleteObject", "DELETE /{Bucket}/{Key}", OBJECT),
    Row::new(Service::S3, "GetObject", Answer::Shown)
        .at("GET /{Bucket}/{Key}")
        .about(OBJECT),
    Row::new(
        Service::S3,
        "ListBucket",
        Answer::List("ListBucketResult", ""),
    )
    .at("GET /{Bucket}")
    .about(BUCKET),
    change("PutBucketPolicy", "PUT /{Bucket}?policy", BUCKET),
    change("PutBucketTagging", "PUT /{Bucket}?tagging", BUCKET),
    change(
        "PutLifecycleConfiguration",
        "PUT /{Bucket}?lifecycle",
        BUCKET,
    ),
    change(
        "PutObject",
        "PUT /{Bucket}/{Key}",
        &["id {Bucket}", "+{Bucket}/{Key}"],
    ),
];
