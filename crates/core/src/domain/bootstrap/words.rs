//! How choices are called.

/// How the choices of a bootstrap are called at the edge where it was asked for, so that the
/// sentences of a plan point to what the reader has before them.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// The way back, for example `` `--undo` ``.
    pub undo: &'static str,
    /// Leave to change what others made, for example `` `--change-others` ``.
    pub change_others: &'static str,
    /// Where the user's name is given, for example `` `--user-name` ``.
    pub user_name: &'static str,
    /// The wish for a key beside those that there are, for example `` `--new-key` ``.
    pub another_key: &'static str,
    /// The wish for a key in place of another: what stands before and after its id.
    pub replace_key: [&'static str; 2],
    /// What becomes of a key whose secret is kept already; follows the key's id.
    pub kept_key: &'static str,
}

impl Words {
    /// The wish for a key in place of this one.
    pub fn in_place_of(&self, id: &str) -> String {
        let [before, after] = self.replace_key;
        format!("{before}{id}{after}")
    }
}
