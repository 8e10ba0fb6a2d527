
set -eu
# What is written here is for its owner's eyes only.
umask 077
export AWS_PAGER=''

say() {
    printf '%s\n' "$*" >&2
}

fail() {
    say "$*"
    exit 1
}

# Runs a command that asks: true if it is there, false if AWS says that it is not. Any other
# refusal ends the script.
there() {
    if said=$("$@" 2>&1 >/dev/null); then
        return 0
    fi
    case $said in
    *NoSuchEntity*) return 1 ;;
    esac
    fail "$said"
}

# Whether two JSON texts are the same but for white space.
same() {
    [ "$(printf '%s' "$1" | tr -d '[:space:]')" = "$(printf '%s' "$2" | tr -d '[:space:]')" ]
}

# Who runs this; the answer is arn:PARTITION:sts::ACCOUNT:…
caller=$(aws sts get-caller-identity --query Arn --output text)
partition=${caller#arn:}
partition=${partition%%:*}
account=${caller#arn:*:*:*:}
account=${account%%:*}

# make_policy NAME DESCRIPTION DOCUMENT [TAGS] makes a managed policy; its ARN is then in $made.
make_policy() {
    made=arn:$partition:iam::$account:policy/$1
    if there aws iam get-policy --policy-arn="$made"; then
        version=$(aws iam get-policy --policy-arn="$made" \
            --query Policy.DefaultVersionId --output text)
        found=$(aws iam get-policy-version --policy-arn="$made" --version-id="$version" \
            --query PolicyVersion.Document --output json)
        same "$found" "$3" || fail "the policy $made is there with another document, and was not" \
            "changed; give it this one with 'aws iam create-policy-version', or choose another name"
        say "policy $1: was there"
        return 0
    fi
    made=$(aws iam create-policy --policy-name="$1" --description="$2" --policy-document="$3" \
        ${4:+"--tags=$4"} --query Policy.Arn --output text)
    aws iam wait policy-exists --policy-arn="$made"
    say "policy $1: made"
}
