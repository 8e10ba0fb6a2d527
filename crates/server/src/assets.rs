//! The console's files. Each is served under a name with a hash of its content,
//! so that browsers may keep it for ever.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::problem::{Code, Problem};

/// A file of the console.
pub(crate) struct Asset {
    name: &'static str,
    extension: &'static str,
    media_type: &'static str,
    content: &'static [u8],
    hash: u64,
}

pub(crate) static CSS: Asset = Asset::new(
    "console",
    "css",
    "text/css; charset=utf-8",
    concat!(
        include_str!("../assets/css/tokens.css"),
        include_str!("../assets/css/base.css"),
        include_str!("../assets/css/layout.css"),
        include_str!("../assets/css/controls.css"),
        include_str!("../assets/css/lists.css"),
        include_str!("../assets/css/report.css"),
    )
    .as_bytes(),
);
pub(crate) static JS: Asset = Asset::new(
    "console",
    "js",
    "text/javascript; charset=utf-8",
    concat!(
        include_str!("../assets/console.js"),
        include_str!("../assets/check.js"),
        include_str!("../assets/places.js"),
        include_str!("../assets/users.js"),
        include_str!("../assets/needs.js"),
    )
    .as_bytes(),
);
pub(crate) static ICON: Asset = Asset::new(
    "mark",
    "svg",
    "image/svg+xml",
    include_bytes!("../assets/mark.svg"),
);

static ALL: [&Asset; 3] = [&CSS, &JS, &ICON];

impl Asset {
    const fn new(
        name: &'static str,
        extension: &'static str,
        media_type: &'static str,
        content: &'static [u8],
    ) -> Self {
        Self {
            name,
            extension,
            media_type,
            content,
            hash: fnv1a(content),
        }
    }

    /// The path that it is served under.
    pub(crate) fn path(&self) -> String {
        format!("/assets/{}", self.file())
    }

    fn file(&self) -> String {
        format!("{}-{:016x}.{}", self.name, self.hash, self.extension)
    }
}

/// `GET /assets/{file}`.
pub(crate) async fn asset(Path(file): Path<String>) -> Result<Response, Problem> {
    let found = ALL.iter().find(|asset| asset.file() == file);
    let asset = found.ok_or_else(|| Problem::new(Code::NotFound, "there is no such file"))?;
    let headers = [
        (header::CONTENT_TYPE, asset.media_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, asset.content).into_response())
}

/// FNV-1a, 64 bits: tells versions of a file apart; nothing rests on it.
const fn fnv1a(content: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    let mut rest = content;
    while let [byte, tail @ ..] = rest {
        hash = (hash ^ *byte as u64).wrapping_mul(0x0000_0100_0000_01b3);
        rest = tail;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_file_has_another_name() {
        assert_eq!(fnv1a(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert!(CSS.path().starts_with("/assets/console-"));
    }
}
