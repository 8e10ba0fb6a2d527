
# The access key, last: AWS shows its secret once. It goes into a file that only its owner may
# read, never onto the terminal. A user that has a key gets no other.
keys=$(aws iam list-access-keys --user-name="$user" \
    --query 'length(AccessKeyMetadata)' --output text)
if [ "$keys" != 0 ]; then
    say "access key: $user has one already, no other was made"
    exit 0
fi
file=${1:-./$user.access-key.json}
[ ! -e "$file" ] || fail "$file is there already; name another file for the access key"
# Once only: a second attempt after a lost answer would make a second key.
if ! AWS_MAX_ATTEMPTS=1 aws iam create-access-key --user-name="$user" --output json \
    --query 'AccessKey.{AccessKeyId: AccessKeyId, SecretAccessKey: SecretAccessKey}' >"$file"; then
    [ -s "$file" ] || rm -f "$file"
    fail "the access key was not made, or its answer was lost: look with" \
        "'aws iam list-access-keys --user-name=$user' before you run this again"
fi
say "access key: made, in $file"
