//! Tell requests apart.

use uuid::Uuid;

use super::Commissary;

impl Commissary {
    /// A new id for a request at an edge, so that its answer and the log can be
    /// brought together. Ids of later requests sort later.
    pub fn request_id(&self) -> Uuid {
        self.new_id()
    }
}
