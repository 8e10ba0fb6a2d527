//! An answer taken apart.

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn read(text: &str) -> Answer {
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        Answer {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    /// The text of the only or the first element of that name.
    pub(crate) fn text(&self, tag: &str) -> String {
        let texts = self.texts(tag);
        assert!(!texts.is_empty(), "no <{tag}> in {}", self.body);
        texts[0].clone()
    }

    /// The texts of all elements of that name, unescaped.
    pub(crate) fn texts(&self, tag: &str) -> Vec<String> {
        let open = format!("<{tag}>");
        let close = format!("</{tag}>");
        self.body
            .split(&open)
            .skip(1)
            .map(|rest| unescape(rest.split(&close).next().unwrap()))
            .collect()
    }

    /// Status and code of a refusal, in whichever form the service has it; `200` and nothing else.
    pub(crate) fn outcome(&self) -> (u16, String) {
        let header = self.head.split("x-amzn-errortype: ").nth(1);
        let header = header.map(|rest| rest.split("\r\n").next().unwrap().to_owned());
        let json = self.body.split("\"__type\":\"").nth(1);
        let json = json.map(|rest| rest.split('"').next().unwrap().to_owned());
        let xml = self.texts("Code").pop();
        (self.status, header.or(json).or(xml).unwrap_or_default())
    }

    /// Fails unless AWS's status and code came; returns the sentence.
    pub(crate) fn refused(&self, status: u16, code: &str) -> String {
        assert_eq!(
            (self.status, self.texts("Code")),
            (status, vec![code.to_owned()]),
            "{}",
            self.body
        );
        self.text("Message")
    }
}

fn unescape(text: &str) -> String {
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#xD;", "\r"),
        ("&amp;", "&"),
    ]
    .into_iter()
    .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}
