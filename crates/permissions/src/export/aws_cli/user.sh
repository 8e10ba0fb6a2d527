
# make_user makes $user.
make_user() {
    if there aws iam get-user --user-name="$user"; then
        found=$(aws iam get-user --user-name="$user" --query User.Path --output text)
        [ "$found" = "$path" ] || fail "the user $user is there with the path $found, and was not" \
            "changed; choose another name"
        found=$(aws iam get-user --user-name="$user" \
            --query User.PermissionsBoundary.PermissionsBoundaryArn --output text)
        [ "$found" = "${boundary:-None}" ] || fail "the user $user is there with the permissions" \
            "boundary $found, and was not changed; choose another name"
        say "user $user: was there"
        return 0
    fi
    aws iam create-user --user-name="$user" --path="$path" \
        ${boundary:+"--permissions-boundary=$boundary"} --tags="$tags" >/dev/null
    aws iam wait user-exists --user-name="$user"
    say "user $user: made"
}
