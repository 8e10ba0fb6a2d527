//! `commissary login` and `commissary logout`: a token of one's own for this machine.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use commissary_core::ports::Clock as _;
use serde_json::json;
use zeroize::Zeroizing;

use super::serve::SystemClock;
use super::token::expiry;
use crate::client::{Client, ServerArgs};
use crate::failure::Failure;
use crate::output::{ask, moment, say, secret, text};

/// Sign in to a server and keep a token for it on this machine.
///
/// Asks for the user name and the password. Whoever signs in with an identity provider has no
/// password here: they make a token in the console, on the page of their account, and hand it
/// over with --with-token. The token lies in the config folder,
/// readable by its owner only; it is used for this server until it expires or
/// `commissary logout` revokes it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commissary login --server https://commissary.example.com
  commissary login --user ada --password-file FILE     without a terminal
  commissary login --with-token                        with a token from the console
  commissary login --with-token=FILE                   the same without a terminal")]
pub(crate) struct LoginArgs {
    /// The user name; asked for if it is not given.
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// A file with the password, `-` for standard input; asked for if it is not given.
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// Keep this token, which was made in the console, instead of making one: from a file, `-`
    /// for standard input; asked for if no file is given.
    #[arg(
        long,
        value_name = "FILE",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "",
        conflicts_with_all = ["user", "password_file", "expires"]
    )]
    with_token: Option<PathBuf>,
    /// When the token expires: `12h`, `30d`, or a moment such as 2027-01-31T12:00:00Z.
    #[arg(long, value_name = "WHEN", default_value = "30d")]
    expires: String,
    /// Send the password or the token in clear text to a server on another machine.
    #[arg(long)]
    allow_clear_text: bool,
}

pub(crate) async fn login(args: LoginArgs, server: &ServerArgs) -> Result<ExitCode, Failure> {
    let client = Client::without_token(server)?;
    if client.is_open_to_others() && !args.allow_clear_text {
        return Err(Failure::usage(format!(
            "{} would get the password or the token in clear text, for everybody on the way to read",
            client.base()
        ))
        .with_hint("use its https:// address, or say --allow-clear-text"));
    }
    if let Some(file) = &args.with_token {
        return keep(file, client).await;
    }
    let expires = expiry(&args.expires)?;
    let user = match args.user {
        Some(user) => user,
        None => ask("User name:", "name the user with --user NAME")?,
    };
    let password = match &args.password_file {
        Some(file) => {
            let text = secret::from_file(file)?;
            Zeroizing::new(text.trim_end_matches(['\r', '\n']).to_owned())
        }
        None => secret::typed("Password (not shown): ", "--password-file")?,
    };
    let body = json!({
        "name": user,
        "password": *password,
        "tokenName": format!("login {}", SystemClock.now().strftime("%Y-%m-%d %H:%M:%S")),
        "expiresAt": expires,
    });
    let made = client.post(&["login"], &body).await.map_err(hinted)?;
    let token = Zeroizing::new(text(&made, "token").to_owned());
    client.keep_token(&token)?;
    say(&format!(
        "signed in to {} as {user}, until {}",
        client.base(),
        moment(text(&made, "expiresAt"))
    ));
    Ok(ExitCode::SUCCESS)
}

/// Keeps a token that was made elsewhere, if the server knows it.
async fn keep(file: &Path, client: Client) -> Result<ExitCode, Failure> {
    let text = match file == Path::new("") {
        true => secret::typed("Token (not shown): ", "--with-token=FILE")?,
        false => secret::from_file(file)?,
    };
    let token = Zeroizing::new(text.trim().to_owned());
    let client = client.presenting(token.clone());
    let known = client.get(&["whoami"]).await?;
    client.keep_token(&token)?;
    let name = crate::output::text(&known, "name");
    say(&format!("signed in to {} as {name}", client.base()));
    Ok(ExitCode::SUCCESS)
}

/// A wrong password may be one that nobody has.
fn hinted(failure: Failure) -> Failure {
    match failure.has_fields() {
        true => failure.with_note("if you sign in to the console with an identity provider, make a token there (Your account) and use `commissary login --with-token`"),
        false => failure,
    }
}

/// Revoke the token that `commissary login` keeps for a server, and forget it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  commissary logout --server https://commissary.example.com")]
pub(crate) struct LogoutArgs {}

pub(crate) async fn logout(server: &ServerArgs) -> Result<ExitCode, Failure> {
    let Some(client) = Client::with_kept_token(server)? else {
        say("no token is kept for this server");
        return Ok(ExitCode::SUCCESS);
    };
    match client.delete(&["login"], &[]).await {
        Ok(()) => say(&format!("signed out of {}", client.base())),
        // It was revoked or has expired: nothing is left to be done there.
        Err(failure) if failure.exit_code() == crate::failure::NOT_ALLOWED => {
            say(&format!(
                "the token did not work any more at {}",
                client.base()
            ));
        }
        Err(failure) => return Err(failure.with_hint("the token is kept; try again")),
    }
    client.forget_token()?;
    Ok(ExitCode::SUCCESS)
}
