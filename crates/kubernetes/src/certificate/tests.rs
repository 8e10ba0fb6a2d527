use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair, PKCS_RSA_SHA256, RsaKeySize};

use super::*;

const SMALL: &str = include_str!("rsa-1024.pem");

fn rsa() -> KeyPair {
    KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).unwrap()
}

fn certificate(key: &KeyPair, subject: &str) -> String {
    let mut params = CertificateParams::default();
    params.not_after = rcgen::date_time_ymd(2036, 4, 5);
    params.distinguished_name = DistinguishedName::new();
    if !subject.is_empty() {
        params.distinguished_name.push(DnType::CommonName, subject);
    }
    params.self_signed(key).unwrap().pem()
}

fn refusal(text: &str) -> String {
    let fault = read(text).unwrap_err();
    assert_eq!(fault.field, "sealingCertificate");
    fault.message
}

#[test]
fn what_people_compare_is_read_and_the_key_is_taken() {
    let key = rsa();
    let read_one = read(&certificate(&key, "sealed-secrets")).unwrap();
    assert_eq!(read_one.subject, "CN=sealed-secrets");
    assert_eq!(read_one.expires_at.to_string(), "2036-04-05T00:00:00Z");
    assert_eq!(read_one.fingerprint.split(':').count(), 32);
    recipient(&read_one).unwrap();
    // As the controller makes it, unless it is told what to call itself.
    assert_eq!(read(&certificate(&key, "")).unwrap().subject, "");
    let strange = read(&certificate(&key, "a\nb\u{1b}[31m")).unwrap();
    assert!(!strange.subject.chars().any(char::is_control));
}

#[test]
fn the_fingerprint_is_that_of_openssl() {
    let small = only_certificate(SMALL).unwrap();
    let expected = include_str!("rsa-1024.fingerprint");
    assert_eq!(fingerprint(&small.contents), expected.trim());
}

#[test]
fn what_cannot_be_sealed_with_is_refused_and_not_repeated() {
    let curve = KeyPair::generate().unwrap();
    let good = certificate(&rsa(), "");
    let altered = good.replacen("MII", "AAA", 1);
    let rsa_key = rsa().serialize_pem();
    let public = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n";
    for (text, said) in [
        ("garbage", "not a certificate in PEM"),
        (
            "-----BEGIN CERTIFICATE-----\n!\n",
            "not a certificate in PEM",
        ),
        (public, "not a certificate in PEM"),
        (&altered, "not a certificate in PEM"),
        (&certificate(&curve, ""), "not an RSA key"),
        (SMALL, "fewer than 2048"),
        (&rsa_key, "there is a private key in this"),
        (
            &[&*good, &rsa_key].concat(),
            "there is a private key in this",
        ),
        (&[&*good, &good].concat(), "more than one"),
    ] {
        let message = refusal(text);
        assert!(message.contains(said), "{said}: {message}");
        assert!(!message.contains("MII") && !message.contains("garbage"));
    }
}

#[test]
fn what_is_kept_and_was_damaged_seals_nothing() {
    let kept = read(&certificate(&rsa(), "")).unwrap();
    for der in ["", "!", "AAAA"] {
        let der = der.to_owned();
        let damaged = SealingCertificate {
            der,
            ..kept.clone()
        };
        recipient(&damaged).unwrap_err();
    }
}
