//! Pages as browsers read them, and what is in them that no page has.

use scraper::{Html, Node};

use crate::support::Answer;

/// Where a URL stands.
const ADDRESSES: [&str; 5] = ["href", "src", "action", "formaction", "data"];

/// Elements that no page has.
const FOREIGN: [&str; 4] = ["base", "embed", "iframe", "object"];

/// Reads a page as browsers do, and says what is in it that no page has.
fn broken_out(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for node in Html::parse_document(html).tree.values() {
        let element = match node {
            Node::Element(element) => element,
            Node::Comment(comment) => {
                found.push(format!("a comment: {}", &**comment));
                continue;
            }
            _ => continue,
        };
        let name = element.name();
        if name.contains("canary") || FOREIGN.contains(&name) {
            found.push(format!("<{name}>"));
        }
        if name == "script"
            && element
                .attr("src")
                .is_none_or(|src| !src.starts_with("/assets/"))
        {
            found.push("a script of another origin".to_owned());
        }
        for (attribute, value) in element.attrs() {
            if attribute.starts_with("on") || attribute.contains("canary") || attribute == "style" {
                found.push(format!("<{name} {attribute}>"));
            }
            let here = value.starts_with('/') && !value.starts_with("//") || value.starts_with('#');
            let outside = value.starts_with("https://docs.aws.amazon.com/");
            if ADDRESSES.contains(&attribute) && !here && !outside && !value.starts_with('?') {
                found.push(format!("<{name} {attribute}=\"{value}\">"));
            }
        }
    }
    found
}

/// What an answer has that it should not.
pub(super) fn faults(answer: &Answer) -> Vec<String> {
    let mut faults = Vec::new();
    if answer.header("content-type").starts_with("text/html") {
        faults = broken_out(&answer.body);
    }
    if answer.headers.get_all("set-cookie").iter().any(|line| {
        let line = String::from_utf8_lossy(line.as_bytes());
        line.starts_with("canary")
    }) {
        faults.push("a cookie that was asked for".to_owned());
    }
    let location = answer.header("location");
    let stays = location.starts_with('/') && !location.starts_with("//");
    if !location.is_empty() && !stays {
        faults.push(format!("a way out to {location}"));
    }
    if answer.status == 500 {
        faults.push(format!("status {}", answer.status));
    }
    faults
}

#[test]
fn a_reader_of_pages_finds_what_broke_out() {
    for html in [
        "<p><canary>",
        "<p title=\"\" canary=\"1\">",
        "<a href=\"javascript:x()\">",
        "<a href=\"//evil.example\">",
        "<script>x()</script>",
        "<script src=\"https://evil.example/x.js\"></script>",
        "<p><!-- x -->",
        "<p onclick=\"x()\">",
        "<svg/onload=x()>",
    ] {
        assert!(!broken_out(html).is_empty(), "{html}");
    }
    let own = "<p title=\"&lt;canary&gt;\">&lt;canary&gt; <a href=\"/x\">x</a> <svg></svg>";
    assert_eq!(broken_out(own), Vec::<String>::new());
}
