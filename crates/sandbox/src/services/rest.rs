//! Operations that are told by method and path.

use super::row::Row;
use crate::fault::{Code, Fault};
use crate::wire::percent;
use crate::wire::service::Service;

/// A request of a REST service.
pub(crate) struct Call<'a> {
    pub(crate) method: &'a str,
    /// As it was sent.
    pub(crate) path: &'a str,
    pub(crate) query: &'a [(String, String)],
}

type Found = (&'static Row, Vec<(String, String)>);

/// Parameters without value that make a call of S3 another one.
const SUBRESOURCES: [&str; 26] = [
    "accelerate",
    "acl",
    "analytics",
    "cors",
    "encryption",
    "intelligent-tiering",
    "inventory",
    "lifecycle",
    "location",
    "logging",
    "metrics",
    "notification",
    "object-lock",
    "ownershipControls",
    "policy",
    "policyStatus",
    "publicAccessBlock",
    "replication",
    "requestPayment",
    "retention",
    "tagging",
    "torrent",
    "uploads",
    "versioning",
    "versions",
    "website",
];

/// The operation of that method and path, and the parameters that stand in the path.
pub(crate) fn find(service: Service, call: &Call<'_>) -> Result<Option<Found>, Fault> {
    let rows = super::of(service).filter_map(|row| {
        let (method, template) = row.call.split_once(' ')?;
        (method == call.method).then_some((row, template))
    });
    for (row, template) in rows {
        let (path, wanted) = template.split_once('?').unwrap_or((template, ""));
        if subresource(service, call.query) != wanted {
            continue;
        }
        if let Some(parameters) = matched(service, path, call.path)? {
            return Ok(Some((row, parameters)));
        }
    }
    Ok(None)
}

fn subresource(service: Service, query: &[(String, String)]) -> &str {
    let of_s3 = |name: &&str| service == Service::S3 && SUBRESOURCES.contains(name);
    let mut names = query.iter().map(|(name, _)| name.as_str());
    names.find(of_s3).unwrap_or("")
}

/// The parameters of a path; `None` when it is not of the template. The key of an object may hold
/// slashes, other parts do not.
fn matched(
    service: Service,
    template: &str,
    path: &str,
) -> Result<Option<Vec<(String, String)>>, Fault> {
    let names: Vec<&str> = template.trim_start_matches('/').split('/').collect();
    let path = path.strip_prefix('/').unwrap_or(path);
    let path = if service == Service::S3 && names.len() == 1 {
        path.trim_end_matches('/')
    } else {
        path
    };
    let parts: Vec<&str> = match service {
        Service::S3 => path.splitn(names.len(), '/').collect(),
        _ => path.split('/').collect(),
    };
    let slash_left = service == Service::S3 && names.len() == 1 && path.contains('/');
    if parts.len() != names.len() || slash_left {
        return Ok(None);
    }
    let mut parameters = Vec::new();
    for (name, part) in names.iter().zip(&parts) {
        let decoded = percent::decode(part).ok_or_else(|| {
            Fault::new(
                Code::MalformedQueryString,
                "The path has a broken percent-escape.",
            )
        })?;
        let parameter = name
            .strip_prefix('{')
            .and_then(|name| name.strip_suffix('}'));
        match parameter {
            Some(_) if decoded.is_empty() => return Ok(None),
            Some(name) => parameters.push((name.to_owned(), decoded)),
            None if *name == decoded => {}
            None => return Ok(None),
        }
    }
    Ok(Some(parameters))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(service: Service, method: &str, path: &str, query: &str) -> Option<(String, String)> {
        let pairs = [(query.to_owned(), String::new())];
        let call = Call {
            method,
            path,
            query: if query.is_empty() { &[] } else { &pairs },
        };
        let (row, parameters) = find(service, &call).unwrap()?;
        let values: Vec<String> = parameters.into_iter().map(|(_, value)| value).collect();
        Some((row.name.to_owned(), values.join(" ")))
    }

    #[test]
    fn operations_are_told_by_method_path_and_subresource() {
        for (service, method, path, query, name, values) in [
            (Service::Eks, "GET", "/clusters", "", "ListClusters", ""),
            (
                Service::Eks,
                "GET",
                "/clusters/a",
                "",
                "DescribeCluster",
                "a",
            ),
            (
                Service::Eks,
                "POST",
                "/clusters/a/addons/b/update",
                "",
                "UpdateAddon",
                "a b",
            ),
            (
                Service::Eks,
                "POST",
                "/tags/arn%3Aaws%3Aeks%2Fx",
                "",
                "TagResource",
                "arn:aws:eks/x",
            ),
            (Service::S3, "GET", "/b", "list-type", "ListBucket", "b"),
            (Service::S3, "GET", "/b/", "", "ListBucket", "b"),
            (Service::S3, "PUT", "/b", "policy", "PutBucketPolicy", "b"),
            (Service::S3, "PUT", "/b", "", "CreateBucket", "b"),
            (Service::S3, "PUT", "/b/k/l", "", "PutObject", "b k/l"),
        ] {
            assert_eq!(
                found(service, method, path, query),
                Some((name.to_owned(), values.to_owned())),
                "{method} {path}"
            );
        }
    }

    #[test]
    fn what_is_not_in_the_table_is_not_found() {
        for (service, method, path, query) in [
            (Service::Eks, "PUT", "/clusters", ""),
            (Service::Eks, "GET", "/clusters/", ""),
            (Service::Eks, "GET", "/clusters/a/b", ""),
            (Service::S3, "GET", "/", ""),
            (Service::S3, "GET", "/b", "policy"),
            (Service::S3, "PUT", "/b/k", "tagging"),
        ] {
            assert_eq!(found(service, method, path, query), None, "{method} {path}");
        }
    }
}
