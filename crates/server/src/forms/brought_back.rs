//! What was typed into a form that was sent after its session had ended is brought back by the
//! address of its page, which the way through the sign-in leads to. No secret is in an address.

use axum::extract::{FromRequest as _, MatchedPath, Request};

use crate::console::{Form, shown_again};
use crate::routes::form_at;
use crate::urls;

/// The parameter that tells apart the forms of a page: the last part of a form's address.
pub(crate) const FORM: &str = "form";

/// Fields that nobody types, and that the page has anew.
const ANEW: [&str; 5] = ["once", "do", "type", "method", "ways"];

/// What a form was made from: no secret, however much it looks like one.
const SEEN: &str = "seen";

/// The longest value that an address brings back.
const LONGEST: usize = 2000;

/// The page of a form with what was typed into it.
#[derive(Clone)]
pub(crate) struct BroughtBack {
    /// Its address.
    pub(crate) address: String,
    /// What is told there.
    pub(crate) told: &'static str,
}

/// Reads a form that was sent after its session; none where no form is taken.
pub(crate) async fn brought_back(request: Request) -> Option<BroughtBack> {
    let route = request.extensions().get::<MatchedPath>()?;
    let row = form_at(route.as_str())?;
    let sent_to = request.uri().path().to_owned();
    let page = row.page(&sent_to);
    // One that does not arrive whole brings nothing.
    let form = Form::from_request(request, &()).await.ok();
    let fields = form.iter().flat_map(Form::fields);
    let typed = fields.filter(|(name, value)| !value.is_empty() && !ANEW.contains(name));
    let (back, lost): (Vec<_>, Vec<_>) =
        typed.partition(|(name, value)| row.takes_back(name) && may_be_shown(name, value));
    let told = told(!back.is_empty(), !lost.is_empty());
    let which = match sent_to == page {
        true => "",
        false => sent_to.rsplit('/').next().unwrap_or_default(),
    };
    let mut pairs = back;
    if !pairs.is_empty() {
        pairs.push((FORM, which));
    }
    Some(BroughtBack {
        address: page + &urls::query(&pairs),
        told,
    })
}

fn told(back: bool, lost: bool) -> &'static str {
    match (back, lost) {
        (true, false) => {
            "your session had ended, so that nothing was done; what you typed is here again"
        }
        (true, true) => {
            "your session had ended, so that nothing was done; what you typed is here again but for secrets and what came from a file, which were not kept: enter or choose these once more"
        }
        (false, true) => {
            "your session had ended, so that nothing was done; what you typed was not kept, because it is secret: enter it once more"
        }
        (false, false) => "your session had ended, so that nothing was done; do it again",
    }
}

/// Whether a value may stand in an address: it is short enough, and no secret key in the wrong
/// field.
fn may_be_shown(name: &str, value: &str) -> bool {
    let is_key = name.ends_with("ccessKeyId");
    let is_short = value.len() <= LONGEST;
    is_short
        && (name == SEEN || !may_be_secret(value))
        && (!is_key || !shown_again(value).is_empty())
}

/// Whether a text may be a secret key in the wrong field, which is in no address.
pub(crate) fn may_be_secret(text: &str) -> bool {
    let of_a_key = |c: char| c.is_ascii_alphanumeric() || "/+=".contains(c);
    let longest = text.split(|c| !of_a_key(c)).map(str::len).max();
    longest.is_some_and(|length| length >= 40)
}
