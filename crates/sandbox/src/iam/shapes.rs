//! The structures that several answers contain, in the order AWS writes them.

use jiff::Timestamp;

use crate::account::Account;
use crate::account::documents::Document;
use crate::account::grants::Grants;
use crate::account::groups::Group;
use crate::account::instance_profiles::InstanceProfile;
use crate::account::policies::{ManagedPolicy, Version};
use crate::account::roles::Role;
use crate::account::tags::Tags;
use crate::account::users::User;
use crate::wire::percent;
use crate::wire::xml::Xml;

/// `2026-11-23T21:15:34Z`.
pub(super) fn date(xml: &mut Xml, tag: &str, time: Timestamp) {
    xml.text(tag, time.strftime("%Y-%m-%dT%H:%M:%SZ"));
}

/// A policy document, percent-encoded as IAM returns it (IAM API Reference, "PolicyVersion").
pub(super) fn document(xml: &mut Xml, tag: &str, document: &Document) {
    xml.text(tag, percent::encode(document.text()));
}

/// What every listing of users tells.
pub(super) fn user_summary(xml: &mut Xml, account: &Account, user: &User) {
    xml.text("Path", &user.path);
    xml.text("UserName", &user.name);
    xml.text("UserId", &user.id);
    xml.text("Arn", account.user_arn(user));
    date(xml, "CreateDate", user.created_at);
}

/// What a listing leaves out of a user: boundary and tags.
pub(super) fn user_extras(xml: &mut Xml, user: &User) {
    boundary(xml, user.boundary.as_deref());
    tags(xml, &user.tags);
}

/// The list of tags, left out when there are none.
pub(super) fn tags(xml: &mut Xml, tags: &Tags) {
    if !tags.is_empty() {
        tag_list(xml, tags.iter());
    }
}

pub(super) fn tag_list<'a>(
    xml: &mut Xml,
    tags: impl IntoIterator<Item = &'a crate::account::tags::Tag>,
) {
    xml.list("Tags", tags, |xml, tag| {
        xml.text("Key", &tag.key);
        xml.text("Value", &tag.value);
    });
}

/// What every listing of roles tells.
pub(super) fn role_summary(xml: &mut Xml, account: &Account, role: &Role) {
    xml.text("Path", &role.path);
    xml.text("RoleName", &role.name);
    xml.text("RoleId", &role.id);
    xml.text("Arn", account.role_arn(role));
    date(xml, "CreateDate", role.created_at);
    document(xml, "AssumeRolePolicyDocument", &role.trust);
    if let Some(description) = &role.description {
        xml.text("Description", description);
    }
    xml.text("MaxSessionDuration", role.longest_session);
}

/// What a listing leaves out of a role: boundary and tags.
pub(super) fn role_extras(xml: &mut Xml, role: &Role) {
    boundary(xml, role.boundary.as_deref());
    tags(xml, &role.tags);
}

fn boundary(xml: &mut Xml, arn: Option<&str>) {
    if let Some(arn) = arn {
        xml.element("PermissionsBoundary", |xml| {
            xml.text("PermissionsBoundaryType", "PermissionsBoundaryPolicy");
            xml.text("PermissionsBoundaryArn", arn);
        });
    }
}

/// An instance profile with its role.
pub(super) fn profile(xml: &mut Xml, account: &Account, profile: &InstanceProfile) {
    xml.text("Path", &profile.path);
    xml.text("InstanceProfileName", &profile.name);
    xml.text("InstanceProfileId", &profile.id);
    xml.text("Arn", account.profile_arn(profile));
    date(xml, "CreateDate", profile.created_at);
    let role = profile.role.as_ref();
    let role = role.and_then(|role| account.roles.get(role));
    xml.list("Roles", role, |xml, role| role_summary(xml, account, role));
}

pub(super) fn group(xml: &mut Xml, account: &Account, group: &Group) {
    xml.text("Path", &group.path);
    xml.text("GroupName", &group.name);
    xml.text("GroupId", &group.id);
    xml.text("Arn", account.group_arn(group));
    date(xml, "CreateDate", group.created_at);
}

/// What every listing of managed policies tells.
pub(super) fn policy_summary(xml: &mut Xml, account: &Account, policy: &ManagedPolicy) {
    xml.text("PolicyName", &policy.name);
    xml.text("PolicyId", &policy.id);
    xml.text("Arn", &policy.arn);
    xml.text("Path", &policy.path);
    xml.text("DefaultVersionId", format!("v{}", policy.default_version));
    xml.text("AttachmentCount", account.attachments(&policy.arn));
    xml.text(
        "PermissionsBoundaryUsageCount",
        account.boundary_uses(&policy.arn),
    );
    xml.text("IsAttachable", true);
    date(xml, "CreateDate", policy.created_at);
    date(xml, "UpdateDate", policy.updated_at);
}

/// What a listing leaves out of a managed policy: description and tags.
pub(super) fn policy_extras(xml: &mut Xml, policy: &ManagedPolicy) {
    if let Some(description) = &policy.description {
        xml.text("Description", description);
    }
    tags(xml, &policy.tags);
}

pub(super) fn version_summary(
    xml: &mut Xml,
    policy: &ManagedPolicy,
    number: u32,
    version: &Version,
) {
    xml.text("VersionId", format!("v{number}"));
    xml.text("IsDefaultVersion", number == policy.default_version);
    date(xml, "CreateDate", version.created_at);
}

pub(super) fn version(xml: &mut Xml, policy: &ManagedPolicy, number: u32, version: &Version) {
    document(xml, "Document", &version.document);
    version_summary(xml, policy, number, version);
}

/// The managed policies attached to a user or group.
pub(super) fn attached<'a>(
    xml: &mut Xml,
    tag: &str,
    policies: impl IntoIterator<Item = &'a ManagedPolicy>,
) {
    xml.list(tag, policies, |xml, policy| {
        xml.text("PolicyName", &policy.name);
        xml.text("PolicyArn", &policy.arn);
    });
}

/// The managed policies behind the ARNs of a grant, by name.
pub(super) fn attached_to<'a>(
    account: &'a Account,
    grants: &'a Grants,
) -> impl Iterator<Item = &'a ManagedPolicy> {
    grants.attached.iter().filter_map(|arn| account.policy(arn))
}
