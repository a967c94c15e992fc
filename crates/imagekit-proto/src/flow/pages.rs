//! All pages of a list, item by item.

use std::collections::VecDeque;
use std::fmt;

use super::Paged;

/// Walks a list to its end: a step is an item, or the request for the page that is needed first.
///
/// Lists of this API have no total and no cursor. A page that is empty, or shorter than asked
/// for, is the last; so the size of a page is always sent, and is the largest there is
/// ([`Paged::MAX_PAGE`]) unless the request says another. `skip` counts items, and what is
/// uploaded or deleted meanwhile shifts them: an item may come twice or not at all.
///
/// ```
/// use imagekit_proto::api::assets::ListAndSearchAssets;
/// use imagekit_proto::flow::{PageStep, Pages};
/// use imagekit_proto::{Config, Endpoint, EndpointExt, RequestContext};
///
/// # let config = Config::new("private_abc")?;
/// # let library = ["a", "b", "c"].map(|id| serde_json::json!({
/// #     "type": "file", "fileId": id, "name": id, "filePath": format!("/{id}"), "url": "u",
/// # }));
/// # let mut requests = 0;
/// # let mut send = |page: ListAndSearchAssets| {
/// #     page.build(&RequestContext::new(&config, 7))?;
/// #     requests += 1;
/// #     let skip = page.skip.unwrap_or(0) as usize;
/// #     let rows: Vec<_> = library.iter().skip(skip).take(2).collect();
/// #     let body = serde_json::to_vec(&rows)?;
/// #     Ok::<_, Box<dyn std::error::Error>>(page.parse(&http::Response::new(body.into()))?)
/// # };
/// let mut names = Vec::new();
/// let mut pages = Pages::new(ListAndSearchAssets::new().path("/sale").limit(2));
/// loop {
///     match pages.step() {
///         PageStep::Item(asset) => names.extend(asset.as_file().map(|file| file.name.clone())),
///         PageStep::Fetch(page) => pages.on_page(send(page)?),
///         PageStep::Done => break,
///         PageStep::Stalled => return Err("the server gives the same page again".into()),
///     }
/// }
/// assert_eq!(names, ["a", "b", "c"]);
/// # assert_eq!(requests, 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use = "pages do nothing until their steps are taken"]
pub struct Pages<E: Paged> {
    request: E,
    size: u32,
    /// Where the next page begins.
    skip: u64,
    /// How many items are still wanted.
    wanted: Option<u64>,
    items: VecDeque<E::Item>,
    /// The first item of the latest page.
    first: Option<E::Item>,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    /// There may be another page.
    More,
    /// It was asked for.
    Asked,
    /// There is none.
    End,
    /// The server does not get on.
    Stalled,
}

/// What comes next.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "a walk has to handle every case")]
#[must_use = "what it says has to be done"]
pub enum PageStep<E, I> {
    /// The next item.
    Item(I),
    /// Send this and hand its result to [`Pages::on_page`]. Until then it is asked for again, so
    /// after an error the walk can go on where it was.
    Fetch(E),
    /// The page begins as the one before it did: the server does not heed `skip`, or a whole
    /// page was uploaded since. The walk is over.
    Stalled,
    /// There are no more items.
    Done,
}

impl<E: Paged> Pages<E> {
    /// Walks the list of `request`, from where it skips to.
    pub fn new(request: E) -> Self {
        Self {
            size: request.page_size().unwrap_or(E::MAX_PAGE),
            skip: request.skipped(),
            wanted: None,
            items: VecDeque::new(),
            first: None,
            state: State::More,
            request,
        }
    }

    /// Ends the walk after `items` items.
    pub fn at_most(mut self, items: u64) -> Self {
        self.wanted = Some(items);
        self
    }

    /// What comes next. `Done` and `Stalled` stay.
    pub fn step(&mut self) -> PageStep<E, E::Item> {
        if self.wanted == Some(0) {
            return PageStep::Done;
        }
        if let Some(item) = self.items.pop_front() {
            self.wanted = self.wanted.map(|wanted| wanted.saturating_sub(1));
            return PageStep::Item(item);
        }
        match self.state {
            State::More | State::Asked => {
                self.state = State::Asked;
                PageStep::Fetch(self.request.page_at(self.skip, self.size))
            }
            State::End => PageStep::Done,
            State::Stalled => PageStep::Stalled,
        }
    }

    /// The page that was asked for. One that was not is ignored.
    pub fn on_page(&mut self, page: Vec<E::Item>) {
        if self.state != State::Asked {
            return;
        }
        if !page.is_empty() && self.first.as_ref() == page.first() {
            self.state = State::Stalled;
            return;
        }
        let len = page.len() as u64;
        let next = self.skip.checked_add(len);
        let more = len > 0 && len >= u64::from(self.size) && next.is_some();
        self.state = if more { State::More } else { State::End };
        self.skip = next.unwrap_or(u64::MAX);
        self.first = page.first().cloned();
        self.items.extend(page);
    }

    /// How many items of the list lie behind: a request that skips as many goes on from here.
    pub fn position(&self) -> u64 {
        self.skip.saturating_sub(self.items.len() as u64)
    }
}

impl<E: Paged> fmt::Debug for Pages<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &self.request.operation().id)
            .field("position", &self.position())
            .field("size", &self.size)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{Method, Request, Response};

    use super::*;
    use crate::decode;
    use crate::endpoint::{Endpoint, Idempotency, Operation, RequestContext};
    use crate::error::{BuildError, DecodeError};
    use crate::wire::Body;

    /// A list of numbers.
    #[derive(Clone, Debug, PartialEq)]
    struct List {
        skip: u64,
        limit: Option<u32>,
    }

    impl Endpoint for List {
        type Output = Vec<u64>;

        fn operation(&self) -> &'static Operation {
            const LIST: &Operation =
                &Operation::new("list", Method::GET, "/list", Idempotency::Idempotent, "");
            LIST
        }

        fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
            cx.request(self.operation()).empty()
        }

        fn decode(&self, response: &Response<Bytes>) -> Result<Vec<u64>, DecodeError> {
            decode::json(response)
        }
    }

    impl Paged for List {
        type Item = u64;

        const MAX_PAGE: u32 = 10;

        fn skipped(&self) -> u64 {
            self.skip
        }

        fn page_size(&self) -> Option<u32> {
            self.limit
        }

        fn page_at(&self, skip: u64, size: u32) -> Self {
            Self { skip, limit: Some(size) }
        }
    }

    /// What was asked for, what came, and how it ended.
    type Walk = (Vec<(u64, u32)>, Vec<u64>, PageStep<List, u64>);

    fn walk(mut pages: Pages<List>, server: impl Fn(&List) -> Vec<u64>) -> Walk {
        let (mut asked, mut items) = (Vec::new(), Vec::new());
        loop {
            match pages.step() {
                PageStep::Item(item) => items.push(item),
                PageStep::Fetch(list) => {
                    asked.push((list.skip, list.limit.unwrap()));
                    pages.on_page(server(&list));
                }
                end => return (asked, items, end),
            }
        }
    }

    fn numbers(count: u64) -> impl Fn(&List) -> Vec<u64> {
        move |list| (0..count).skip(list.skip as usize).take(list.limit.unwrap() as usize).collect()
    }

    fn list(limit: Option<u32>) -> Pages<List> {
        Pages::new(List { skip: 0, limit })
    }

    #[test]
    fn a_short_page_is_the_last() {
        let (asked, items, end) = walk(list(Some(3)), numbers(7));
        assert_eq!(asked, [(0, 3), (3, 3), (6, 3)]);
        assert_eq!(items, (0..7).collect::<Vec<_>>());
        assert_eq!(end, PageStep::Done);
    }

    #[test]
    fn an_empty_page_is_the_last() {
        assert_eq!(walk(list(Some(3)), numbers(6)).0, [(0, 3), (3, 3), (6, 3)]);
        assert_eq!(walk(list(Some(3)), numbers(0)), (vec![(0, 3)], vec![], PageStep::Done));
        assert_eq!(walk(list(Some(0)), numbers(6)), (vec![(0, 0)], vec![], PageStep::Done));
    }

    #[test]
    fn the_size_of_a_page_is_always_sent() {
        assert_eq!(walk(list(None), numbers(12)).0, [(0, 10), (10, 10)]);
    }

    #[test]
    fn the_walk_begins_where_the_request_skips_to_and_ends_when_enough_came() {
        let pages = Pages::new(List { skip: 2, limit: Some(3) }).at_most(4);
        let (asked, items, end) = walk(pages, numbers(100));
        assert_eq!(asked, [(2, 3), (5, 3)]);
        assert_eq!((items, end), (vec![2, 3, 4, 5], PageStep::Done));
        assert_eq!(walk(list(None).at_most(0), numbers(9)), (vec![], vec![], PageStep::Done));
    }

    #[test]
    fn a_server_that_repeats_itself_does_not_keep_the_walk_going() {
        let (asked, items, end) = walk(list(Some(3)), |_| vec![1, 2, 3]);
        assert_eq!(asked, [(0, 3), (3, 3)]);
        assert_eq!((items, end), (vec![1, 2, 3], PageStep::Stalled));
        let at_the_end = Pages::new(List { skip: u64::MAX - 1, limit: Some(2) });
        assert_eq!(walk(at_the_end, |_| vec![1, 2]).2, PageStep::Done);
    }

    #[test]
    fn a_page_larger_than_asked_for_is_counted_as_it_is() {
        let server = |list: &List| (0..9).skip(list.skip as usize).take(5).collect();
        let (asked, items, _) = walk(list(Some(3)), server);
        assert_eq!(asked, [(0, 3), (5, 3), (9, 3)]);
        assert_eq!(items, (0..9).collect::<Vec<_>>());
    }

    #[test]
    fn a_page_is_asked_for_until_it_comes() {
        let mut pages = list(Some(2));
        let fetch = PageStep::Fetch(List { skip: 0, limit: Some(2) });
        pages.on_page(vec![9, 9]);
        assert_eq!(pages.step(), fetch);
        assert_eq!(pages.step(), fetch);
        pages.on_page(vec![1, 2]);
        pages.on_page(vec![9, 9]);
        assert_eq!(pages.position(), 0);
        assert_eq!(pages.step(), PageStep::Item(1));
        assert_eq!(pages.position(), 1);
        assert_eq!(pages.step(), PageStep::Item(2));
        assert_eq!(pages.step(), PageStep::Fetch(List { skip: 2, limit: Some(2) }));
    }
}
