
# make_role NAME DESCRIPTION TRUST makes a role.
make_role() {
    if there aws iam get-role --role-name="$1"; then
        found=$(aws iam get-role --role-name="$1" \
            --query Role.AssumeRolePolicyDocument --output json)
        same "$found" "$3" || fail "the role $1 is there with another trust policy, and was not" \
            "changed; give it this one with 'aws iam update-assume-role-policy': $3"
        found=$(aws iam get-role --role-name="$1" \
            --query Role.PermissionsBoundary.PermissionsBoundaryArn --output text)
        [ "$found" = "${boundary:-None}" ] || fail "the role $1 is there with the permissions" \
            "boundary $found, and was not changed"
        say "role $1: was there"
        return 0
    fi
    aws iam create-role --role-name="$1" --description="$2" --assume-role-policy-document="$3" \
        ${boundary:+"--permissions-boundary=$boundary"} --tags="$tags" >/dev/null
    aws iam wait role-exists --role-name="$1"
    say "role $1: made"
}

# attach ROLE ARN gives a role a managed policy; again does no harm.
attach() {
    aws iam attach-role-policy --role-name="$1" --policy-arn="$2"
}

# make_profile NAME makes an instance profile with the role of the same name.
make_profile() {
    if there aws iam get-instance-profile --instance-profile-name="$1"; then
        say "instance profile $1: was there"
    else
        aws iam create-instance-profile --instance-profile-name="$1" --tags="$tags" >/dev/null
        aws iam wait instance-profile-exists --instance-profile-name="$1"
        say "instance profile $1: made"
    fi
    found=$(aws iam get-instance-profile --instance-profile-name="$1" \
        --query 'InstanceProfile.Roles[].RoleName' --output text)
    case $found in
    "$1") ;;
    '') aws iam add-role-to-instance-profile --instance-profile-name="$1" --role-name="$1" ;;
    *) fail "the instance profile $1 has the role $found, and was not changed" ;;
    esac
}
