//! What the table of routes says of a form.

/// A form, beside its handler.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FormRow {
    /// The template of the page that it stands on; the form's own begins as it does.
    pub(crate) on: &'static str,
    /// The fields that the page takes back from its address: no secret is among them. One that
    /// ends with a dot is the beginning of several.
    pub(crate) brings: &'static [&'static str],
}

impl FormRow {
    /// The address of the page, from that of the form.
    pub(crate) fn page(&self, address: &str) -> String {
        let depth = self.on.split('/').filter(|part| !part.is_empty()).count();
        let parts: Vec<&str> = address.split('/').skip(1).take(depth).collect();
        format!("/{}", parts.join("/"))
    }

    /// Whether the page takes a field back.
    pub(crate) fn takes_back(&self, field: &str) -> bool {
        self.brings.iter().any(|known| match known.ends_with('.') {
            true => field.starts_with(known),
            false => field == *known,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_a_form_is_where_its_address_begins() {
        for (on, address, page) in [
            ("/", "/workspaces", "/"),
            ("/people", "/people", "/people"),
            ("/people", "/people/invitations/1/revoke", "/people"),
            ("/people/{user}", "/people/a%2Fb/delete", "/people/a%2Fb"),
        ] {
            let row = FormRow { on, brings: &[] };
            assert_eq!(row.page(address), page, "{address}");
        }
    }

    #[test]
    fn fields_of_one_kind_begin_alike() {
        let row = FormRow {
            on: "/",
            brings: &["name", "features."],
        };
        assert!(row.takes_back("name") && row.takes_back("features.capa-2.11"));
        assert!(!row.takes_back("names") && !row.takes_back("features"));
    }
}
