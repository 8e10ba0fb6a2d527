//! A browser as far as a sign-in needs one: cookies, redirects, forms.

use std::collections::BTreeMap;

use reqwest::header::{COOKIE, HeaderMap, LOCATION, SET_COOKIE};
use reqwest::{Client, RequestBuilder, Url};

/// A browser with cookies of its own.
pub(crate) struct Browser {
    http: Client,
    /// By host and port, as no browser does: what other sites may send is for Chromium to show.
    cookies: BTreeMap<String, BTreeMap<String, String>>,
}

/// What a browser was answered.
pub(crate) struct Page {
    pub(crate) url: Url,
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Page {
    /// Where it redirects to.
    pub(crate) fn location(&self) -> Option<Url> {
        let location = self.headers.get(LOCATION)?.to_str().unwrap();
        Some(self.url.join(location).unwrap())
    }

    #[track_caller]
    pub(crate) fn assert(&self, status: u16, told: &[&str]) {
        assert_eq!(self.status, status, "{}: {}", self.url, self.body);
        for told in told {
            assert!(self.body.contains(told), "no `{told}` in {}", self.body);
        }
    }
}

impl Browser {
    pub(crate) fn new() -> Self {
        let http = Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none());
        Self {
            http: http.build().unwrap(),
            cookies: BTreeMap::new(),
        }
    }

    /// Opens an address; follows no redirect.
    pub(crate) async fn open(&mut self, url: &str) -> Page {
        let url: Url = url.parse().unwrap();
        let request = self.http.get(url.clone());
        self.send(url, request).await
    }

    /// Sends a form from a page of the same site; follows no redirect but to the page that it was
    /// answered with.
    pub(crate) async fn submit(&mut self, url: &str, fields: &[(&str, &str)]) -> Page {
        let url: Url = url.parse().unwrap();
        let mut form = Url::parse("form:").unwrap();
        form.query_pairs_mut().extend_pairs(fields);
        let request = self
            .http
            .post(url.clone())
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form.query().unwrap().to_owned());
        let answer = self.send(url, request).await;
        match answer.location() {
            // The page that the form was answered with.
            Some(to) if to.query().is_some_and(|query| query.starts_with("kept=")) => {
                self.open(to.as_str()).await
            }
            _ => answer,
        }
    }

    /// A cookie of a site.
    pub(crate) fn cookie(&self, base: &str, name: &str) -> Option<String> {
        let site = site(&base.parse().unwrap());
        self.cookies.get(&site)?.get(name).cloned()
    }

    /// Puts a cookie into the browser.
    pub(crate) fn keep(&mut self, base: &str, name: &str, value: &str) {
        let cookies = self
            .cookies
            .entry(site(&base.parse().unwrap()))
            .or_default();
        cookies.insert(name.to_owned(), value.to_owned());
    }

    /// Forgets the cookies of a site.
    pub(crate) fn forget(&mut self, base: &str) {
        self.cookies.remove(&site(&base.parse().unwrap()));
    }

    /// Goes away to sign in as `login`, and comes back as far as the address that the
    /// provider leads back to, which is not opened.
    pub(crate) async fn away_and_back(&mut self, base: &str, next: &str, login: &str) -> Url {
        let mut page = self.open(&format!("{base}/sign-in/oidc?next={next}")).await;
        for _ in 0..12 {
            if let Some(to) = page.location() {
                if to.path() == "/sign-in/oidc/callback" {
                    return to;
                }
                page = self.open(to.as_str()).await;
                continue;
            }
            assert_eq!(page.status, 200, "{}: {}", page.url, page.body);
            let asks = |prompt: &str| {
                page.body
                    .contains(&format!(r#"name="prompt" value="{prompt}""#))
            };
            let fields: &[(&str, &str)] = match asks("login") {
                true => &[("prompt", "login"), ("login", login), ("password", "any")],
                false => &[("prompt", "consent")],
            };
            let url = page.url.to_string();
            page = self.submit(&url, fields).await;
        }
        panic!("the provider leads nowhere: {}", page.url);
    }

    /// Signs in by the provider as `login`: the page that the callback answers.
    pub(crate) async fn sign_in(&mut self, base: &str, next: &str, login: &str) -> Page {
        let back = self.away_and_back(base, next, login).await;
        self.open(back.as_str()).await
    }

    async fn send(&mut self, url: Url, mut request: RequestBuilder) -> Page {
        let site = site(&url);
        let cookies = self.cookies.entry(site).or_default();
        if !cookies.is_empty() {
            let line: Vec<String> = cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            request = request.header(COOKIE, line.join("; "));
        }
        let answer = request.send().await.unwrap();
        for line in answer.headers().get_all(SET_COOKIE) {
            let line = line.to_str().unwrap();
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            match value.is_empty() {
                true => cookies.remove(name),
                false => cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        Page {
            url,
            status: answer.status().as_u16(),
            headers: answer.headers().clone(),
            body: answer.text().await.unwrap(),
        }
    }
}

fn site(url: &Url) -> String {
    format!("{}:{}", url.host_str().unwrap(), url.port().unwrap())
}
