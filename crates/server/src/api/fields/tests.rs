//! What is read, and what is told of what cannot be.

use super::*;

fn named(name: &'static str) -> Field {
    Field::new(name, "")
}

fn fields(json: &str) -> Fields {
    match serde_json::from_str(json).unwrap() {
        Json::Object(fields) => Fields::new(fields),
        _ => panic!("not an object"),
    }
}

fn faults(fields: Fields) -> Vec<(String, String)> {
    let problem = fields.finish().unwrap_err();
    problem
        .errors
        .into_iter()
        .map(|fault| (fault.field, fault.message))
        .collect()
}

#[test]
fn all_faults_are_told_and_no_value_is_repeated() {
    let secret = "wJalrXUtnFEMIbK7MDENGbPxRfiCYEXAMPLEKEYx";
    let mut read = fields(&format!(
        r#"{{"a": 1, "list": ["x", {{"y": "{secret}"}}], "word": "{secret}", "{secret}": 1,
           "twice": "1", "twice": "2", "inner": {{"b": ["{secret}"], "c": "{secret}"}}}}"#
    ));
    assert!(read.text(&named("a")).is_empty());
    assert!(read.texts(&named("list")).is_empty());
    assert_eq!(
        read.choice(&named("word"), &[("now", 1), ("later", 2)], Some(1)),
        None
    );
    assert_eq!(read.text(&named("twice")), "1");
    read.object(&named("inner"), |inner| inner.optional_text(&named("b")));
    let told = faults(read);
    let places: Vec<&str> = told.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(
        places,
        ["a", "list", "word", "twice", "b", "inner.c", "body"]
    );
    assert_eq!(told[2].1, "`word` must be `\"now\"` or `\"later\"`");
    assert_eq!(told[4].1, "`inner.b` must be text");
    assert!(told.iter().all(|(_, message)| !message.contains(secret)));
}

#[test]
fn what_is_missing_is_read_as_empty_or_told_once() {
    let mut read = fields(r#"{"a": null}"#);
    assert!(read.text(&named("a")).is_empty());
    assert!(read.texts(&named("b")).is_empty());
    assert_eq!(read.choice(&named("c"), &[("now", 1)], Some(1)), Some(1));
    read.object(&named("d"), |inner| {
        inner.choice(&named("e"), &[("static", ())], None)
    });
    assert_eq!(
        faults(read),
        [("d".to_owned(), "`d` must be an object `{…}`".to_owned())]
    );
}
