//! Requests that a caller may send again without having them done twice.

use jiff::Timestamp;
use secrecy::SecretString;
use uuid::Uuid;

/// A request with a key of its caller's.
#[derive(Debug, Clone)]
pub struct RepeatableRequest {
    /// Its identity.
    pub id: Uuid,
    /// Whose token or session it came with.
    pub caller: String,
    /// The key that it was sent with, unique among the caller's.
    pub key: String,
    /// A hash of what was asked: a secret, since what can be guessed could be told
    /// from it.
    pub content: SecretString,
    /// When it began.
    pub began_at: Timestamp,
    /// Until when it is taken to be under way if nobody says otherwise.
    pub lease_until: Timestamp,
    /// When it is forgotten.
    pub expires_at: Timestamp,
}

/// The answer to a request, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAnswer {
    /// The status.
    pub status: u16,
    /// Headers that are part of the answer.
    pub headers: Vec<(String, String)>,
    /// The body. It holds no secret: what does is not kept.
    pub body: Vec<u8>,
}

/// What is known of a request's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repeated {
    /// Nothing: it is noted now, and is to be done.
    First,
    /// It came with another request.
    Other,
    /// The request is under way.
    Running,
    /// The request began, and whoever did it is gone: how it ended is not known.
    Lost,
    /// The request was done.
    Answered(KeptAnswer),
}
