//! Parameters that several operations take, with the constraints of the IAM API Reference.

use std::ops::RangeInclusive;

use crate::account::directory::key_of;
use crate::account::grants::Holder;
use crate::account::principal::Principal;
use crate::account::tags::Tag;
use crate::call::Call;
use crate::fault::Fault;
use crate::wire::params::{Params, member_name};

const NEW_USER_NAME: usize = 64;
const ROLE_NAME: usize = 64;
const NAME: usize = 128;
const PATH: usize = 512;
const ARN: usize = 2048;
const DOCUMENT: usize = 131_072;
const TAG_KEY: usize = 128;
const TAG_VALUE: usize = 256;

/// A name of a user, group, policy or policy version, at most `most` characters long.
fn name<'a>(params: &'a Params, parameter: &str, most: usize) -> Result<&'a str, Fault> {
    let text = params.required(parameter)?;
    check_length(parameter, text, 1, most)?;
    if text.chars().all(is_name_character) {
        Ok(text)
    } else {
        Err(Fault::validation(format!(
            "The specified value for {} is invalid. It must contain only alphanumeric characters \
             and/or the following: +=,.@_-",
            member_name(parameter)
        )))
    }
}

fn is_name_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || "+=,.@_-".contains(character)
}

/// The name of a user to be made.
pub(crate) fn new_user_name(params: &Params) -> Result<&str, Fault> {
    name(params, "UserName", NEW_USER_NAME)
}

/// `RoleName`.
pub(crate) fn role_name(params: &Params) -> Result<&str, Fault> {
    name(params, "RoleName", ROLE_NAME)
}

/// `RoleSessionName` (STS API Reference, "AssumeRole").
pub(crate) fn session_name(params: &Params) -> Result<&str, Fault> {
    let text = name(params, "RoleSessionName", ROLE_NAME)?;
    check_length("RoleSessionName", text, 2, ROLE_NAME)?;
    Ok(text)
}

/// A whole number within bounds, if it is given.
pub(crate) fn number(
    params: &Params,
    parameter: &str,
    bounds: RangeInclusive<u32>,
) -> Result<Option<u32>, Fault> {
    let Some(text) = params.get(parameter) else {
        return Ok(None);
    };
    let number = text.parse().ok().filter(|number| bounds.contains(number));
    number.map(Some).ok_or_else(|| {
        Fault::validation(format!(
            "1 validation error detected: Value '{text}' at '{}' failed to satisfy constraint: \
             Member must have value between {} and {}",
            member_name(parameter),
            bounds.start(),
            bounds.end()
        ))
    })
}

/// `UserName`, `GroupName`, `PolicyName` or `InstanceProfileName`.
pub(crate) fn entity_name<'a>(params: &'a Params, parameter: &str) -> Result<&'a str, Fault> {
    name(params, parameter, NAME)
}

/// Whose keys or details are meant: `UserName`, or else the caller.
pub(crate) fn user_or_caller(call: &Call<'_>) -> Result<Principal, Fault> {
    if call.params.get("UserName").is_none() {
        return Ok(call.caller.clone());
    }
    entity_name(call.params, "UserName").map(|name| Principal::User(name.to_owned()))
}

/// The path of an entity to be made; `/` when it is not given.
pub(crate) fn path(params: &Params) -> Result<&str, Fault> {
    checked_path("Path", params.get("Path").unwrap_or("/"))
}

/// The path that an entity is moved to, if it is.
pub(crate) fn new_path(params: &Params) -> Result<Option<&str>, Fault> {
    let path = params.get("NewPath");
    path.map(|path| checked_path("NewPath", path)).transpose()
}

fn checked_path<'a>(parameter: &str, path: &'a str) -> Result<&'a str, Fault> {
    check_length(parameter, path, 1, PATH)?;
    let framed = path == "/" || (path.len() > 2 && path.starts_with('/') && path.ends_with('/'));
    if framed && path.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(path)
    } else {
        Err(Fault::validation(
            "The specified value for path is invalid. It must begin and end with / and contain \
             only alphanumeric characters and/or / characters.",
        ))
    }
}

/// The start of the paths to list; `/` when it is not given.
pub(crate) fn path_prefix(params: &Params) -> Result<&str, Fault> {
    let prefix = params.get("PathPrefix").unwrap_or("/");
    check_length("PathPrefix", prefix, 1, PATH)?;
    if prefix.starts_with('/') && prefix.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(prefix)
    } else {
        Err(Fault::validation(
            "The specified value for pathPrefix is invalid. It must begin with / and contain \
             only alphanumeric characters and/or / characters.",
        ))
    }
}

/// The ARN of a policy.
pub(crate) fn arn<'a>(params: &'a Params, parameter: &str) -> Result<&'a str, Fault> {
    let text = params.required(parameter)?;
    check_length(parameter, text, 20, ARN)?;
    if text.starts_with("arn:") && text.split(':').count() >= 6 {
        Ok(text)
    } else {
        Err(Fault::invalid_input(format!("ARN {text} is not valid.")))
    }
}

/// The ARN of a permissions boundary, if one is asked for.
pub(crate) fn boundary(params: &Params) -> Result<Option<String>, Fault> {
    params
        .get("PermissionsBoundary")
        .map(|_| arn(params, "PermissionsBoundary").map(str::to_owned))
        .transpose()
}

/// The text of a policy.
pub(crate) fn document(params: &Params) -> Result<&str, Fault> {
    long_text(params, "PolicyDocument")
}

/// The text of a policy under a name of its own.
pub(crate) fn long_text<'a>(params: &'a Params, parameter: &str) -> Result<&'a str, Fault> {
    let text = params.required(parameter)?;
    check_length(parameter, text, 1, DOCUMENT)?;
    Ok(text)
}

/// The name of a policy version (`v3`).
pub(crate) fn version_id(params: &Params) -> Result<&str, Fault> {
    let text = params.required("VersionId")?;
    let number = text.strip_prefix('v').unwrap_or("");
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    if digits && !number.starts_with('0') {
        Ok(text)
    } else {
        Err(Fault::validation(format!(
            "1 validation error detected: Value '{text}' at 'versionId' failed to satisfy \
             constraint: Member must satisfy regular expression pattern: v[1-9][0-9]*"
        )))
    }
}

/// The tags in `Tags`.
pub(crate) fn tags(params: &Params) -> Result<Vec<Tag>, Fault> {
    let mut tags: Vec<Tag> = Vec::new();
    for prefix in params.structures("Tags", "Key") {
        let key = params.required(&format!("{prefix}.Key"))?;
        let value = params.required(&format!("{prefix}.Value"))?;
        check_tag("tags.key", key, 1, TAG_KEY)?;
        check_tag("tags.value", value, 0, TAG_VALUE)?;
        if key_of(key).starts_with("aws:") {
            return Err(Fault::invalid_input(
                "System tags cannot be added: a tag key may not begin with aws:.",
            ));
        }
        if tags.iter().any(|tag| key_of(&tag.key) == key_of(key)) {
            return Err(Fault::invalid_input(
                "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
            ));
        }
        tags.push(Tag {
            key: key.to_owned(),
            value: value.to_owned(),
        });
    }
    Ok(tags)
}

fn check_tag(member: &str, text: &str, least: usize, most: usize) -> Result<(), Fault> {
    check_length(member, text, least, most)?;
    let allowed = |c: char| c.is_alphanumeric() || c.is_whitespace() || "_.:/=+-@".contains(c);
    if text.chars().all(allowed) {
        Ok(())
    } else {
        Err(Fault::validation(format!(
            "1 validation error detected: Value '{text}' at '{member}' failed to satisfy \
             constraint: Member must satisfy regular expression pattern: \
             [\\p{{L}}\\p{{Z}}\\p{{N}}_.:/=+\\-@]*"
        )))
    }
}

/// Fails unless `text` has between `least` and `most` characters.
pub(crate) fn check_length(
    parameter: &str,
    text: &str,
    least: usize,
    most: usize,
) -> Result<(), Fault> {
    let length = text.chars().count();
    let (word, bound) = if length < least {
        ("greater", least)
    } else if length > most {
        ("less", most)
    } else {
        return Ok(());
    };
    // A document is too long to be repeated in a sentence.
    let shown = if length <= NAME { text } else { "..." };
    Err(Fault::validation(format!(
        "1 validation error detected: Value '{shown}' at '{}' failed to satisfy constraint: \
         Member must have length {word} than or equal to {bound}",
        member_name(parameter)
    )))
}

/// The parameter that names a holder of policies.
pub(crate) fn holder_parameter(holder: Holder) -> &'static str {
    match holder {
        Holder::User => "UserName",
        Holder::Group => "GroupName",
        Holder::Role => "RoleName",
    }
}

/// The name of a holder of policies.
pub(crate) fn holder_name(params: &Params, holder: Holder) -> Result<&str, Fault> {
    entity_name(params, holder_parameter(holder))
}
