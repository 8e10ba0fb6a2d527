"""What a schema cannot say, so that what is generated reaches the product's logic.

A valid request is made one that can be done: made-up keys become those of the sandbox, the
confirmation of a deletion becomes the name. What is generated to be invalid is sent as it is.
"""

import configparser
import os
import uuid
from pathlib import Path

import requests
import schemathesis
from schemathesis import GenerationMode

DATA = Path(os.environ["COMMISSARY_DATA"])
BASE = os.environ["COMMISSARY_BASE"]
TOKEN = os.environ.get("COMMISSARY_TOKEN", "")


def api(method, path, **body):
    answer = requests.request(
        method,
        f"{BASE}/api/v1/{path}",
        headers={"Authorization": f"Bearer {TOKEN}"},
        json=body or None,
        timeout=60,
    )
    answer.raise_for_status()
    return answer.json() if answer.content else None


def sandbox_keys():
    profiles = configparser.ConfigParser()
    profiles.read(DATA / "sandbox/aws/credentials")
    profile = profiles["sandbox-admin"]
    return profile["aws_access_key_id"], profile["aws_secret_access_key"]


KEY_ID, SECRET = sandbox_keys()
RELEASES = {
    release["id"]: [feature["id"] for feature in release["features"]]
    for release in (api("GET", "releases")["items"] if TOKEN else [])
}
DEFAULT_RELEASE = "kommander-2.2"
OWN = next((t["id"] for t in api("GET", "tokens")["items"]), None) if TOKEN else None


# What of a path is typed again to delete it, where that is not `name`.
CONFIRMED = {"deleteUser": "user", "deleteCluster": "cluster"}

# A kubeconfig of a cluster that nobody has; it is not asked.
KUBECONFIG = """
contexts: [{name: a, context: {cluster: a, user: a}}]
clusters: [{name: a, cluster: {server: "https://127.0.0.1:1"}}]
users: [{name: a, user: {token: made-up}}]
current-context: a
"""

# A certificate that nobody has the key of.
CERTIFICATE = (Path(__file__).parent.parent / "kubernetes/sealing-certificate.pem").read_text()


class SignedIn:
    """The global administrator whose token the server wrote for its own machine."""

    def get(self, case, ctx):
        return TOKEN

    def set(self, case, data, ctx):
        case.headers["Authorization"] = f"Bearer {data}"


if TOKEN:
    schemathesis.auth()(SignedIn)


@schemathesis.hook
def before_call(ctx, case, kwargs):
    operation = ctx.operation.definition.raw["operationId"]
    if TOKEN:
        keep_the_run_signed_in(operation, case, kwargs)
    if is_valid(case):
        make_doable(operation, case)


def is_valid(case):
    meta = case.meta
    return meta is not None and meta.generation.mode == GenerationMode.POSITIVE


def keep_the_run_signed_in(operation, case, kwargs):
    # The token that is revoked is one that was made for it, not that of the run.
    if operation == "logOut" and has_own_token(case, kwargs):
        made = api("POST", "tokens", name=str(uuid.uuid4()))["token"]
        case.headers["Authorization"] = f"Bearer {made}"
    if operation == "revokeToken" and case.path_parameters.get("id") == OWN:
        case.path_parameters["id"] = str(uuid.uuid4())


def has_own_token(case, kwargs):
    sent = {**(kwargs.get("headers") or {}), **(case.headers or {})}
    return sent.get("Authorization") == f"Bearer {TOKEN}"


def make_doable(operation, case):
    query, path, body = case.query, case.path_parameters, case.body
    # A cursor is what a page gave; one that is made up is refused.
    if query and "cursor" in query:
        del query["cursor"]
    if operation in ("updateProvider", "updateCluster"):
        case.headers["If-Match"] = "*"
    # A key belongs to one request: made up twice, it is refused the second time.
    if case.headers and "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
    if query and "confirm" in query:
        query["confirm"] = path[CONFIRMED.get(operation, "name")]
    if query:
        choose(query)
    if query and "feature" in query:
        query["feature"] = of_release(path["release"], query["feature"])
    if isinstance(body, dict):
        choose(body)
        if operation == "updateCluster":
            body["verify"] = "later"
        for place in ("authentication", "administrator"):
            if isinstance(body.get(place), dict):
                lend(body[place])
        if isinstance(body.get("connection"), dict):
            reach(body)
        if body.get("sealingCertificate"):
            body["sealingCertificate"] = CERTIFICATE
        if "confirm" in body and "userName" in body:
            body["confirm"] = body["userName"]


def choose(given):
    # Not every release has every feature, and not every region that can be written is one.
    if given.get("features"):
        given["release"] = given.get("release") or DEFAULT_RELEASE
        given["features"] = of_release(given["release"], given["features"])
    if given.get("region"):
        given["region"] = "us-west-2"
    if given.get("permissionsBoundary"):
        given["permissionsBoundary"] = "arn:aws:iam::123456789012:policy/boundary"


def of_release(release, features):
    return [feature for feature in features if feature in RELEASES.get(release, features)]


def lend(keys):
    keys["accessKeyId"], keys["secretAccessKey"] = KEY_ID, SECRET
    # A long-term key has none.
    keys["sessionToken"] = None


def reach(body):
    connection, body["verify"] = body["connection"], "later"
    by_kubeconfig = connection.get("method") == "kubeconfig"
    connection["kubeconfig"] = KUBECONFIG if by_kubeconfig else None
    connection["context"] = None
