//! Pages of long answers. A token says where the next page begins and which question it belongs to; it is checked, so
//! that a made-up one is refused as the service refuses it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::fault::Fault;
use crate::members::Request;

/// Which part of an answer is wanted.
pub(crate) struct Page {
    /// What the token says of where the page begins; none for the first page.
    pub(crate) begin: Option<i64>,
    /// Most items.
    pub(crate) limit: usize,
    question: String,
}

impl Page {
    /// Reads `maxResults` and `nextToken`; `question` names the action and what it was asked about.
    pub(crate) fn of(request: &Request, question: impl Into<String>) -> Result<Self, Fault> {
        let question = question.into();
        let begin = match request.text("nextToken") {
            Some(token) => Some(read(token, &question).ok_or_else(Fault::invalid_token)?),
            None => None,
        };
        let wanted = request.integer("maxResults").unwrap_or_default();
        let limit = match u32::try_from(wanted) {
            Ok(0) | Err(_) => aws::quotas::PAGE_ITEMS,
            Ok(wanted) => wanted,
        };
        Ok(Self {
            begin,
            limit: limit as usize,
            question,
        })
    }

    /// The token of a page that begins at `begin`.
    pub(crate) fn token(&self, begin: i64) -> String {
        let tag = tag(&self.question, begin);
        URL_SAFE_NO_PAD.encode(format!("{begin} {tag}"))
    }

    /// One page of a list that is there as a whole, and the token of the next.
    pub(crate) fn cut<T>(&self, all: Vec<T>) -> (Vec<T>, Option<String>) {
        let begin = usize::try_from(self.begin.unwrap_or_default()).unwrap_or_default();
        let end = begin.saturating_add(self.limit);
        let next = (all.len() > end).then(|| self.token(i64::try_from(end).unwrap_or(i64::MAX)));
        let page = all.into_iter().skip(begin).take(self.limit).collect();
        (page, next)
    }
}

fn tag(question: &str, begin: i64) -> String {
    let mut digest = runtime::digest(&format!("{question} {begin}"));
    digest.truncate(32);
    digest
}

fn read(token: &str, question: &str) -> Option<i64> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(token).ok()?).ok()?;
    let (begin, seal) = text.split_once(' ')?;
    let begin = begin.parse().ok()?;
    (seal == tag(question, begin)).then_some(begin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn page(max: u32, token: Option<&str>, question: &str) -> Result<Page, Fault> {
        let members = json!({"maxResults": max, "nextToken": token});
        let request = Request::check(members.as_object().cloned().unwrap(), &[])?;
        Page::of(&request, question)
    }

    #[test]
    fn pages_follow_each_other() {
        let first = page(2, None, "q").unwrap();
        let (items, next) = first.cut(vec![1, 2, 3]);
        assert_eq!(items, [1, 2]);
        let next = next.unwrap();
        let (items, end) = page(5, Some(&next), "q").unwrap().cut(vec![1, 2, 3]);
        assert_eq!((items, end), (vec![3], None));
        assert!(page(5, Some(&next), "another").is_err());
        assert!(page(5, Some("xx"), "q").is_err());
    }
}
