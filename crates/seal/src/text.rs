//! Texts that are sealed and handed out again, such as a page that is kept for a while for whom it
//! was made. They have a field of their own, so that no secret of a record opens as a text.

use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use crate::{Place, SealError, Sealed, Sealer};

impl Place<'_> {
    /// The field of a record that holds a text.
    pub const TEXT: &'static str = "text";
}

impl Sealer {
    /// Seals the text of a record.
    ///
    /// # Errors
    /// [`SealError::Cipher`], and nothing else.
    pub fn seal_text(&self, record: &str, text: &str) -> Result<Sealed, SealError> {
        self.seal(&text_of(record), &SecretString::from(text))
    }

    /// Opens the text of a record.
    ///
    /// # Errors
    /// It is sealed under a root key that is not at hand, or it was altered, moved, or is no text.
    pub fn open_text(&self, record: &str, sealed: &Sealed) -> Result<Zeroizing<String>, SealError> {
        let text = self.open(&text_of(record), sealed)?;
        Ok(Zeroizing::new(text.expose_secret().to_owned()))
    }
}

fn text_of(record: &str) -> Place<'_> {
    Place {
        record,
        field: Place::TEXT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RootKey;

    #[test]
    fn a_text_opens_as_a_text_and_a_secret_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let sealer = Sealer::new(RootKey::create(&folder.path().join("root.key")).unwrap());
        let sealed = sealer.seal_text("a", "<p>ü</p>").unwrap();
        assert_eq!(*sealer.open_text("a", &sealed).unwrap(), "<p>ü</p>");
        assert!(matches!(
            sealer.open_text("b", &sealed),
            Err(SealError::Altered)
        ));
        let place = Place {
            record: "a",
            field: "secretAccessKey",
        };
        let secret = sealer.seal(&place, &SecretString::from("s")).unwrap();
        assert!(matches!(
            sealer.open_text("a", &secret),
            Err(SealError::Altered)
        ));
    }
}
