//! Sealing certificates of management clusters, and what is exported sealed with them. It is opened
//! here as the cluster's controller would open it.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::rsa::{OAEP_SHA256_MGF1SHA256, OaepPrivateDecryptingKey, PrivateDecryptingKey};
use axum::http::header;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use commissary_core::people::{Rights, Who};
use commissary_core::{Actor, Origin};
use rcgen::{CertificateParams, KeyPair, PKCS_RSA_SHA256, RsaKeySize};
use serde_json::{Value, json};

use crate::support::{Answer, Caller, SECRET, World, key};

const CLUSTERS: &str = "/api/v1/management-clusters";
const EXPORT: &str = "/api/v1/workspaces/team-a/infrastructure-providers/prod/export";

fn rsa() -> KeyPair {
    KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).unwrap()
}

/// A certificate of a controller, good until the given year.
fn certificate(key: &KeyPair, until: i32) -> String {
    let mut params = CertificateParams::default();
    params.not_after = rcgen::date_time_ymd(until, 1, 6);
    params.self_signed(key).unwrap().pem()
}

/// One that is good for another hour of the test's clock.
fn ending_certificate(key: &KeyPair) -> String {
    let mut params = CertificateParams::default();
    let day = rcgen::date_time_ymd(2026, 1, 5);
    params.not_after = day.replace_hour(13).unwrap();
    params.self_signed(key).unwrap().pem()
}

/// A management cluster in which `team-a` has a namespace.
async fn add(world: &World, name: &str, certificate: Option<&str>) -> Answer {
    let cluster = json!({
        "name": name,
        "connection": {"method": "inCluster"},
        "capaNamespace": "capa",
        "sealingCertificate": certificate,
        "verify": "later",
    });
    let added = world.post_json(CLUSTERS, &cluster).await;
    if added.status == 201 {
        let rights = Rights::administrator();
        let root = Actor::new(Who::Process("test"), rights, Origin::at("test"));
        let namespaces = ["staging".to_owned()];
        let set = world
            .product
            .set_namespaces(&root, "team-a", name, &namespaces, false);
        set.await.unwrap();
    }
    added
}

async fn give(world: &World, certificate: &str) -> Answer {
    let request = world
        .request(Caller::Program, "PATCH", &format!("{CLUSTERS}/eu"))
        .header(header::IF_MATCH, "*")
        .header(header::CONTENT_TYPE, "application/json");
    let body = json!({"sealingCertificate": certificate}).to_string();
    world.send(request.body(body.into()).unwrap()).await
}

async fn export(world: &World, wish: Value) -> Answer {
    world.post_json(EXPORT, &wish).await
}

/// What the controller makes of a value.
fn opened(key: &KeyPair, label: &str, value: &Value) -> Option<String> {
    let sealed = STANDARD.decode(value.as_str().unwrap()).unwrap();
    let (length, rest) = sealed.split_first_chunk::<2>().unwrap();
    let (wrapped, encrypted) = rest.split_at(u16::from_be_bytes(*length).into());
    let key = PrivateDecryptingKey::from_pkcs8(&key.serialize_der()).unwrap();
    let key = OaepPrivateDecryptingKey::new(key).unwrap();
    let mut session_key = vec![0; key.min_output_size()];
    let label = Some(label.as_bytes());
    let session_key = key
        .decrypt(&OAEP_SHA256_MGF1SHA256, wrapped, &mut session_key, label)
        .ok()?;
    let cipher = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, session_key).unwrap());
    let mut plain = encrypted.to_vec();
    let nonce = Nonce::assume_unique_for_key([0; 12]);
    let plain = cipher
        .open_in_place(nonce, Aad::empty(), &mut plain)
        .unwrap();
    Some(String::from_utf8(plain.to_vec()).unwrap())
}

#[tokio::test]
async fn the_controller_of_the_cluster_opens_what_was_saved_and_it_is_noted() {
    let world = World::with_provider("prod", key::READY).await;
    let controller = rsa();
    let added = add(&world, "eu", Some(&certificate(&controller, 2036))).await;
    assert_eq!(added.status, 201, "{}", added.body);
    let fingerprint = added.json()["sealingCertificate"]["fingerprint"].clone();
    let exported = export(&world, json!({"managementCluster": "eu"})).await;
    assert_eq!(exported.status, 200, "{}", exported.body);
    assert_eq!(exported.header("content-type"), "text/plain; charset=utf-8");
    assert!(exported.body.contains(fingerprint.as_str().unwrap()));
    assert!(!exported.body.contains(SECRET) && !exported.body.contains(key::READY));

    let objects: Vec<Value> = serde_saphyr::from_multiple(&exported.body).unwrap();
    let [secret, identity] = objects.as_slice() else {
        panic!("{}", exported.body);
    };
    assert_eq!(secret["kind"], "SealedSecret");
    for metadata in [&secret["metadata"], &secret["spec"]["template"]["metadata"]] {
        assert_eq!(metadata["namespace"], "capa");
        assert_eq!(metadata["name"], "team-a-prod");
        assert_eq!(metadata["labels"]["commissary.dev/workspace"], "team-a");
    }
    assert_eq!(identity["spec"]["secretRef"], "team-a-prod");
    assert_eq!(
        identity["spec"]["allowedNamespaces"]["list"],
        json!(["staging"])
    );
    let data = &secret["spec"]["encryptedData"];
    assert_eq!(data.as_object().unwrap().len(), 2, "{data}");
    let open = |name: &str| opened(&controller, "capa/team-a-prod", &data[name]).unwrap();
    assert_eq!(open("AccessKeyID"), key::READY);
    assert_eq!(open("SecretAccessKey"), SECRET);
    let elsewhere = opened(&controller, "team-a/team-a-prod", &data["SecretAccessKey"]);
    assert_eq!(elsewhere, None);

    let log = world
        .get("/api/v1/audit-events?action=provider.exportSealed")
        .await;
    let items = log.json()["items"].as_array().unwrap().clone();
    assert_eq!(items.len(), 1, "{}", log.body);
    assert_eq!(items[0]["target"], "team-a/prod as team-a-prod for eu");
    assert!(!log.body.contains(SECRET));
}

#[tokio::test]
async fn without_a_certificate_that_is_good_nothing_is_sealed_and_it_is_told_what_to_do() {
    let world = World::with_provider("prod", key::READY).await;
    export(&world, json!({}))
        .await
        .assert_problem(409, "conflict", &[]);
    add(&world, "eu", None).await;
    let without = export(&world, json!({})).await;
    without.assert_problem(409, "conflict", &[]);
    let how = "commissary management-cluster update eu --sealing-certificate -";
    assert!(without.body.contains(how), "{}", without.body);

    let given = give(&world, &ending_certificate(&rsa())).await;
    assert_eq!(given.status, 200, "{}", given.body);
    assert_eq!(export(&world, json!({})).await.status, 200);
    world.clock.advance_hours(1);
    let expired = export(&world, json!({})).await;
    expired.assert_problem(409, "conflict", &[]);
    assert!(
        expired.body.contains("has expired at 2026-01-05T13:00:00Z") && expired.body.contains(how),
        "{}",
        expired.body
    );
    let page = world.open("/management-clusters/eu").await;
    assert!(
        page.body.contains("The sealing certificate has expired"),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn it_is_sealed_for_the_cluster_that_is_named_and_for_capas_namespace_there() {
    let world = World::with_provider("prod", key::READY).await;
    let pem = certificate(&rsa(), 2036);
    for name in ["eu", "us"] {
        add(&world, name, Some(&pem)).await;
    }
    let which = export(&world, json!({})).await;
    which.assert_problem(409, "conflict", &[]);
    assert!(which.body.contains("`eu`, `us`"), "{}", which.body);
    let nowhere = export(&world, json!({"managementCluster": "asia"})).await;
    nowhere.assert_problem(409, "conflict", &[]);
    // A Secret in another namespace could be read by whoever has that one.
    let elsewhere = json!({"managementCluster": "us", "capaNamespace": "team-a"});
    let elsewhere = export(&world, elsewhere).await;
    elsewhere.assert_problem(422, "invalid-input", &["capaNamespace"]);
    let named = json!({"managementCluster": "us", "identityName": "a.b", "apiVersion": "v1beta1"});
    let named = export(&world, named).await;
    assert!(named.body.contains("  name: a.b\n"), "{}", named.body);
    assert!(named.body.contains("/v1beta1\n"), "{}", named.body);
    let other = EXPORT.replace("prod", "other");
    let other = world.post_json(&other, &json!({})).await;
    other.assert_problem(404, "not-found", &[]);
}

#[tokio::test]
async fn a_certificate_is_told_by_its_fingerprint_and_can_be_taken_away() {
    let world = World::with_workspace().await;
    let pem = certificate(&rsa(), 2036);
    assert_eq!(
        add(&world, "eu", None).await.json()["sealingCertificate"],
        Value::Null
    );
    let given = give(&world, &pem).await.json();
    let told = &given["sealingCertificate"];
    assert_eq!(told["expiresAt"], "2036-01-06T00:00:00Z");
    assert_eq!(told["subject"], "CN=rcgen self signed cert");
    assert_eq!(told["fingerprint"].as_str().unwrap().len(), 32 * 3 - 1);
    let shown = world.get(&format!("{CLUSTERS}/eu")).await;
    assert_eq!(&shown.json()["sealingCertificate"], told);
    assert!(!shown.body.contains("MII"), "{}", shown.body);
    let again = give(&world, &pem).await.json();
    assert!(
        again["notices"][0]["message"]
            .as_str()
            .unwrap()
            .contains("nothing was changed")
    );
    let without = give(&world, "").await.json();
    assert_eq!(without["sealingCertificate"], Value::Null);
}

#[tokio::test]
async fn what_cannot_be_sealed_with_is_refused_at_its_field() {
    let world = World::with_workspace().await;
    add(&world, "eu", None).await;
    let curve = KeyPair::generate().unwrap();
    for (text, said) in [
        ("garbage", "not a certificate in PEM"),
        (&certificate(&curve, 2036), "not an RSA key"),
        (&certificate(&rsa(), 2025), "has expired at 2025-01-06"),
        (&rsa().serialize_pem(), "there is a private key in this"),
    ] {
        for refused in [
            give(&world, text).await,
            add(&world, "us", Some(text)).await,
        ] {
            refused.assert_problem(422, "invalid-input", &["sealingCertificate"]);
            assert!(refused.body.contains(said), "{}", refused.body);
            assert!(!refused.body.contains("MII"), "{}", refused.body);
        }
    }
    let large = "a".repeat(17 * 1024);
    let refused = give(&world, &large).await;
    refused.assert_problem(422, "invalid-input", &["sealingCertificate"]);
}

#[tokio::test]
async fn the_form_gives_keeps_and_takes_away_a_certificate() {
    let world = World::with_workspace().await;
    let pem = certificate(&rsa(), 2036);
    let form = |name, certificate| {
        vec![
            ("name", name),
            ("connection", "inCluster"),
            ("capaNamespace", "capa"),
            ("verify", "later"),
            ("sealingCertificate", certificate),
        ]
    };
    let refused = world
        .submit("/management-clusters/new", &form("eu", "garbage"))
        .await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.body.contains("sealingCertificate-fault"),
        "{}",
        refused.body
    );
    let added = world
        .submit("/management-clusters/new", &form("eu", &pem))
        .await;
    let page = world.follow(&added).await;
    assert!(page.body.contains("Fingerprint"), "{}", page.body);
    let edit = "/management-clusters/eu/edit";
    assert!(world.open(edit).await.body.contains("noSealingCertificate"));

    let mut kept = form("eu-1", "");
    kept.push(("seen", "0"));
    let kept = world.submit(edit, &kept).await;
    let page = world.follow(&kept).await;
    assert!(page.body.contains("Fingerprint"), "{}", page.body);
    let mut gone = form("eu-1", "");
    gone.extend([("seen", "1"), ("noSealingCertificate", "true")]);
    let gone = world.submit("/management-clusters/eu-1/edit", &gone).await;
    let page = world.follow(&gone).await;
    assert!(!page.body.contains("Fingerprint"), "{}", page.body);
}
