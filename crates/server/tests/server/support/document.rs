//! The API's document as a judge of what is sent and answered.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex};

use jsonschema::{Registry, Validator};
use serde_json::Value;

const URI: &str = "urn:commissary:openapi";

static DOCUMENT: LazyLock<Document> = LazyLock::new(Document::new);

/// The document with what was compiled of it so far.
pub(crate) struct Document {
    json: Value,
    registry: Registry<'static>,
    validators: Mutex<BTreeMap<String, Arc<Validator>>>,
}

/// What was answered.
pub(crate) struct Answered<'a> {
    pub(crate) status: u16,
    pub(crate) content_type: Option<&'a str>,
    /// The names of all headers.
    pub(crate) headers: Vec<&'a str>,
    pub(crate) body: &'a str,
}

impl Document {
    fn new() -> Self {
        let json = commissary_server::openapi();
        let registry = Registry::new().add(URI, json.clone()).unwrap();
        Self {
            registry: registry.prepare().unwrap(),
            json,
            validators: Mutex::default(),
        }
    }

    /// The one that the server would serve.
    pub(crate) fn get() -> &'static Self {
        &DOCUMENT
    }

    /// Where the operation that answers this is described; none where none is.
    fn operation(&self, method: &str, path: &str) -> Option<String> {
        let path = path.split('?').next()?;
        let templates = self.json["paths"].as_object()?.keys();
        let template = templates
            .filter(|template| is_of(template, path))
            // What is written out counts before a parameter.
            .min_by_key(|template| template.matches('{').count())?;
        let place = format!(
            "/paths/{}/{}",
            template.replace('~', "~0").replace('/', "~1"),
            method.to_lowercase()
        );
        self.json.pointer(&place).map(|_| place)
    }

    /// What is wrong with an answer, if anything. What is not described is not looked at.
    pub(crate) fn fault(&self, method: &str, path: &str, answer: &Answered<'_>) -> Option<String> {
        let operation = self.operation(method, path)?;
        let status = answer.status;
        let Some(place) = self.followed(&format!("{operation}/responses/{status}")) else {
            return Some(format!("the status {status} is not described"));
        };
        let response = self.json.pointer(&place)?;
        let headers = response["headers"].as_object()?;
        for (name, header) in headers {
            let always = header["required"] != Value::Bool(false);
            let there = answer
                .headers
                .iter()
                .any(|one| one.eq_ignore_ascii_case(name));
            if always && !there {
                return Some(format!("there is no header `{name}`"));
            }
        }
        let Some(content) = response["content"].as_object() else {
            return (!answer.body.is_empty()).then(|| "there is a body".to_owned());
        };
        let media_type = answer.content_type.unwrap_or_default();
        if !content.contains_key(media_type) {
            return Some(format!("the media type `{media_type}` is not described"));
        }
        if !media_type.ends_with("json") {
            return None;
        }
        let media_type = media_type.replace('/', "~1");
        let place = format!("{place}/content/{media_type}/schema");
        self.mismatch(&place, answer.body)
    }

    /// What is wrong with a JSON body that was taken, if anything.
    pub(crate) fn fault_of_body(&self, method: &str, path: &str, body: &str) -> Option<String> {
        let operation = self.operation(method, path)?;
        let place = format!("{operation}/requestBody/content/application~1json/schema");
        self.json.pointer(&place)?;
        self.mismatch(&place, body)
    }

    /// A place, or the one that it refers to.
    fn followed(&self, place: &str) -> Option<String> {
        match self.json.pointer(place)?.get("$ref") {
            Some(Value::String(reference)) => Some(reference.trim_start_matches('#').to_owned()),
            _ => Some(place.to_owned()),
        }
    }

    fn mismatch(&self, place: &str, body: &str) -> Option<String> {
        let mut value = match serde_json::from_str(body) {
            Ok(value) => value,
            Err(error) => return Some(format!("the body is no JSON: {error}")),
        };
        trim(&mut value);
        let validator = self.validator(place);
        let faults: Vec<String> = validator
            .iter_errors(&value)
            .map(|error| format!("{error} at `{}`", error.instance_path()))
            .collect();
        (!faults.is_empty()).then(|| faults.join("; "))
    }

    fn validator(&self, place: &str) -> Arc<Validator> {
        let mut validators = self.validators.lock().unwrap();
        let compiled = validators.entry(place.to_owned()).or_insert_with(|| {
            // What stands in a reference is percent-encoded.
            let encoded = place
                .replace('{', "%7B")
                .replace('}', "%7D")
                .replace(' ', "%20");
            let schema = serde_json::json!({"$ref": format!("{URI}#{encoded}")});
            let options = jsonschema::draft202012::options().should_validate_formats(true);
            let options = options.with_registry(&self.registry);
            Arc::new(options.build(&schema).unwrap())
        });
        Arc::clone(compiled)
    }
}

/// White space around what is typed does not count.
fn trim(value: &mut Value) {
    match value {
        Value::String(text) => *text = text.trim().to_owned(),
        Value::Array(items) => items.iter_mut().for_each(trim),
        Value::Object(fields) => fields.values_mut().for_each(trim),
        _ => {}
    }
}

fn is_of(template: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(wanted), Some(given)) if wanted == given || wanted.starts_with('{') => {}
            _ => return false,
        }
    }
}
