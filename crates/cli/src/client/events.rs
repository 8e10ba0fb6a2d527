//! Server-sent events (WHATWG HTML, "Server-sent events"): progress, then one
//! result or one problem.

use commissary_core::domain::CheckEvent;
use reqwest::Response;
use serde_json::Value;

use super::problem::Problem;
use crate::failure::Failure;

/// An event may be a whole report; anything larger is not ours.
const MAX_EVENT: usize = 4 * 1024 * 1024;

/// What a stream of events came to.
pub(super) enum Told {
    /// The last event: a result, or a check as it ended.
    Last(Value),
    /// Something went wrong on the way.
    Problem(Failure),
    /// The connection ended before that.
    Cut,
}

/// Reads events until the last one, and keeps the id of the newest in `seen`. The
/// error says what was not understood.
pub(super) async fn follow(
    mut response: Response,
    hear: &(dyn Fn(&CheckEvent) + Sync),
    seen: &mut Option<String>,
) -> Result<Told, String> {
    let mut buffer = Vec::new();
    loop {
        while let Some(event) = take_event(&mut buffer) {
            match event.name.as_str() {
                "progress" => {
                    // Steps that this version does not know yet are not worth a failure.
                    if let Ok(step) = serde_json::from_str(&event.data) {
                        hear(&step);
                    }
                }
                "result" | "end" => {
                    return serde_json::from_str(&event.data)
                        .map(Told::Last)
                        .map_err(|_| "a result that is not JSON".to_owned());
                }
                "problem" => {
                    return serde_json::from_str::<Problem>(&event.data)
                        .map(|problem| Told::Problem(problem.into_failure()))
                        .map_err(|_| "a problem that is not JSON".to_owned());
                }
                _ => {}
            }
            *seen = event.id.or(seen.take());
        }
        match response.chunk().await {
            Ok(Some(chunk)) if buffer.len() + chunk.len() <= MAX_EVENT => {
                buffer.extend_from_slice(&chunk);
            }
            Ok(Some(_)) => return Err("an event without end".to_owned()),
            Ok(None) | Err(_) => return Ok(Told::Cut),
        }
    }
}

struct Event {
    name: String,
    data: String,
    id: Option<String>,
}

/// Takes the first whole event out of `buffer`.
fn take_event(buffer: &mut Vec<u8>) -> Option<Event> {
    let end = buffer.windows(2).position(|pair| pair == b"\n\n")?;
    let block: Vec<u8> = buffer.drain(..end + 2).collect();
    let text = String::from_utf8_lossy(&block);
    let mut event = Event {
        name: String::new(),
        data: String::new(),
        id: None,
    };
    for line in text.lines() {
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => event.name = value.to_owned(),
            "id" => event.id = Some(value.to_owned()),
            "data" => event.data.push_str(value),
            _ => {}
        }
    }
    Some(event)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_taken_whole_and_in_order() {
        let mut buffer = b": hello\n\nevent: progress\ndata: {\"a\":1}\n\nevent: resu".to_vec();
        assert_eq!(take_event(&mut buffer).unwrap().name, "");
        let event = take_event(&mut buffer).unwrap();
        assert_eq!(
            (event.name.as_str(), event.data.as_str()),
            ("progress", "{\"a\":1}")
        );
        assert!(take_event(&mut buffer).is_none());
        assert_eq!(buffer, b"event: resu");
    }
}
