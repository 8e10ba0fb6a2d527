//! A transaction that changes something.

use std::ops::{Deref, DerefMut};

use commissary_core::domain::AuditEvent;
use commissary_core::ports::StoreError;

use crate::audit::{self, Anchor};
use crate::errors::unavailable;
use crate::sqlite::{BEGIN_WRITE, Connection, Pool, Transaction};

/// A transaction that has the right to write from its beginning. Dropped before
/// its end, it changed nothing.
pub(crate) struct Writing<'a> {
    tx: Transaction,
    anchor: &'a Anchor,
}

impl<'a> Writing<'a> {
    pub(crate) async fn begin(pool: &Pool, anchor: &'a Anchor) -> Result<Self, StoreError> {
        let tx = pool.begin_with(BEGIN_WRITE).await.map_err(unavailable)?;
        Ok(Self { tx, anchor })
    }

    /// Ends it with its audit entry.
    pub(crate) async fn finish(mut self, event: &AuditEvent) -> Result<(), StoreError> {
        let head = audit::append(&mut self.tx, event).await?;
        self.tx.commit().await.map_err(unavailable)?;
        self.anchor.advance(head);
        Ok(())
    }

    /// Ends it without one, where nobody did anything.
    pub(crate) async fn commit(self) -> Result<(), sqlx::Error> {
        self.tx.commit().await
    }
}

impl Deref for Writing<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.tx
    }
}

impl DerefMut for Writing<'_> {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.tx
    }
}
