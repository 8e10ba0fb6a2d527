//! What a service answered: that it did what was asked, or an error code with a sentence.

use serde_json::Value;

use super::{CallFault, SignedCall};

/// The form of a service's answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// XML, errors with the elements `Code` and `Message`.
    Xml,
    /// JSON with this member, errors with `__type` or a header.
    Json {
        /// What the answer to the operation always holds.
        holds: &'static str,
    },
}

/// An answer that is whole and in the form that AWS gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// It was done; the body.
    Done(String),
    /// It was refused.
    Refused {
        /// AWS's error code, without name space.
        code: String,
        /// AWS's sentence.
        message: String,
    },
}

/// The codes by which services ask to slow down (AWS SDKs and Tools Reference Guide, "Retry
/// behavior").
const THROTTLING: [&str; 12] = [
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottled",
    "RequestThrottledException",
    "RequestLimitExceeded",
    "TooManyRequestsException",
    "SlowDown",
    "PriorRequestNotComplete",
    "BandwidthLimitExceeded",
    "ProvisionedThroughputExceededException",
    "EC2ThrottledException",
];

impl Answer {
    /// Reads an answer. What is cut short, or of another form, is no answer.
    pub(super) fn read(
        call: &SignedCall,
        status: u16,
        code_header: Option<&str>,
        body: &str,
    ) -> Result<Self, CallFault> {
        let refusal = match call.form {
            Form::Xml => refusal_in_xml(call.operation, body),
            Form::Json { holds } => refusal_in_json(holds, code_header, body),
        };
        match refusal {
            Ok(Some((code, _))) if THROTTLING.contains(&code.as_str()) => Err(CallFault::Throttled),
            _ if matches!(status, 429 | 503) => Err(CallFault::Throttled),
            Ok(Some((code, _))) if status >= 500 => {
                Err(CallFault::Silence(format!("AWS answered `{code}`")))
            }
            Ok(Some((code, message))) if !(200..300).contains(&status) => {
                Ok(Self::Refused { code, message })
            }
            Ok(None) if (200..300).contains(&status) => Ok(Self::Done(body.to_owned())),
            Ok(_) => Err(CallFault::Silence(format!(
                "AWS answered HTTP {status} without saying why"
            ))),
            Err(why) => Err(CallFault::Silence(format!(
                "what answered HTTP {status} {why}"
            ))),
        }
    }
}

/// Whether a service that answers in XML asks to slow down.
pub(crate) fn is_throttling_in_xml(status: u16, body: &[u8]) -> bool {
    let body = std::str::from_utf8(body).unwrap_or_default();
    let refusal = refusal_in_xml("", body);
    matches!(status, 429 | 503)
        || matches!(refusal, Ok(Some((code, _))) if THROTTLING.contains(&code.as_str()))
}

type Refusal = Result<Option<(String, String)>, &'static str>;

fn refusal_in_xml(operation: &str, body: &str) -> Refusal {
    let not_it = "is cut short, or not XML as AWS writes it";
    let document = roxmltree::Document::parse(body).map_err(|_| not_it)?;
    let root = document.root_element();
    let name = root.tag_name().name();
    if name.strip_suffix("Response") == Some(operation) {
        return Ok(None);
    }
    if !matches!(name, "Response" | "ErrorResponse") {
        return Err(not_it);
    }
    let text = |tag: &str| {
        let mut nodes = root.descendants();
        let node = nodes.find(|node| node.tag_name().name() == tag)?;
        node.text().map(str::to_owned)
    };
    let code = text("Code").ok_or("is an error without a code")?;
    Ok(Some((code, text("Message").unwrap_or_default())))
}

fn refusal_in_json(holds: &str, code_header: Option<&str>, body: &str) -> Refusal {
    let body: Value = serde_json::from_str(body).map_err(|_| "is cut short, or not JSON")?;
    if !body.is_object() {
        return Err("is not JSON as AWS writes it");
    }
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let code = code_header
        .or_else(|| text("__type"))
        .or_else(|| text("code"));
    if code.is_none() && body.get(holds).is_none() {
        return Err("is neither an answer of AWS nor an error");
    }
    let message = text("message").or_else(|| text("Message"));
    Ok(code.map(|code| {
        (
            bare(code).to_owned(),
            message.unwrap_or_default().to_owned(),
        )
    }))
}

/// A code without its name space and link (Smithy, "AWS JSON protocol": `ns#Code`, `Code:url`).
fn bare(code: &str) -> &str {
    let code = code.rsplit('#').next().unwrap_or(code);
    code.split(':').next().unwrap_or(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signed::Service;

    static SERVICE: Service = Service {
        signing: "ec2",
        host: "ec2",
        id: "EC2",
        global: false,
    };

    const JSON: Form = Form::Json { holds: "clusters" };

    fn read(
        form: Form,
        status: u16,
        header: Option<&str>,
        body: &str,
    ) -> Result<Answer, CallFault> {
        let call = SignedCall {
            service: &SERVICE,
            operation: "DescribeVpcs",
            method: "POST",
            path: "/".into(),
            headers: Vec::new(),
            body: String::new(),
            form,
        };
        Answer::read(&call, status, header, body)
    }

    fn refused(code: &str, message: &str) -> Result<Answer, CallFault> {
        Ok(Answer::Refused {
            code: code.into(),
            message: message.into(),
        })
    }

    #[test]
    fn errors_of_every_form_are_understood() {
        let ec2 = "<?xml version=\"1.0\"?>\n<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no &amp; no</Message></Error></Errors></Response>";
        assert_eq!(
            read(Form::Xml, 403, None, ec2),
            refused("UnauthorizedOperation", "no & no")
        );
        let iam = "<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>m</Message></Error></ErrorResponse>";
        assert_eq!(
            read(Form::Xml, 403, None, iam),
            refused("AccessDenied", "m")
        );
        let json = r#"{"__type":"com.amazon#AccessDeniedException","Message":"m"}"#;
        assert_eq!(
            read(JSON, 400, None, json),
            refused("AccessDeniedException", "m")
        );
        let header = Some("ResourceNotFoundException:http://x");
        assert_eq!(
            read(JSON, 404, header, r#"{"message":"m"}"#),
            refused("ResourceNotFoundException", "m")
        );
    }

    #[test]
    fn an_answer_to_the_question_is_one() {
        let body = "<DescribeVpcsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><vpcSet/></DescribeVpcsResponse>";
        assert_eq!(
            read(Form::Xml, 200, None, body),
            Ok(Answer::Done(body.into()))
        );
        assert_eq!(
            read(JSON, 200, None, r#"{"clusters":[]}"#),
            Ok(Answer::Done(r#"{"clusters":[]}"#.into()))
        );
    }

    #[test]
    fn what_is_not_whole_is_no_answer() {
        let silent = |form, status, body| {
            matches!(read(form, status, None, body), Err(CallFault::Silence(_)))
        };
        assert!(silent(Form::Xml, 200, "<DescribeVpcsResponse><vpcSet>"));
        assert!(silent(Form::Xml, 200, "<DescribeSubnetsResponse/>"));
        assert!(silent(Form::Xml, 200, "<html><body>login</body></html>"));
        assert!(silent(Form::Xml, 200, ""));
        assert!(silent(
            Form::Xml,
            500,
            "<Response><Errors></Errors></Response>"
        ));
        assert!(silent(Form::Xml, 403, "Forbidden by the proxy"));
        assert!(silent(JSON, 200, "{\"clusters\":["));
        assert!(silent(JSON, 200, "[]"));
        assert!(silent(JSON, 200, "{}"));
        assert!(silent(JSON, 200, r#"{"hello": "world"}"#));
        assert!(silent(JSON, 403, "{}"));
        // An error that claims to be a success is neither.
        let both = "<Response><Errors><Error><Code>X</Code></Error></Errors></Response>";
        assert!(silent(Form::Xml, 200, both));
    }

    #[test]
    fn slowing_down_is_heard_in_every_form() {
        let ec2 = "<Response><Errors><Error><Code>RequestLimitExceeded</Code></Error></Errors></Response>";
        for (form, status, body) in [
            (Form::Xml, 503, ec2),
            (Form::Xml, 503, "busy"),
            (JSON, 429, "{}"),
            (JSON, 400, r#"{"__type":"ThrottlingException"}"#),
        ] {
            assert_eq!(read(form, status, None, body), Err(CallFault::Throttled));
        }
    }
}
