//! Long lists, item by item.

use std::collections::VecDeque;
use std::fmt;
use std::time::Duration;

use super::{ListingEnd, PageError, Pages, Position};
use crate::error::Error;
use crate::flow::machine::{FlowStep, Machine, RequestKey};
use crate::flow::traits::Paged;
use crate::reply::Reply;

/// A long list, item by item: requests page after page.
///
/// A [`Machine`]. Its items are `Result`s: a page that fails is one `Err`, after which the listing
/// goes on with the same page, so that nothing is skipped. It ends when the same page fails
/// [`max_failures`](Self::max_failures) times in a row, or with an error that no repetition mends.
/// Where the server says how long to wait ([`Error::retry_after`]), the page is requested again after
/// that time; when it is longer than 30 seconds, the listing ends instead:
/// [`resume`](Self::resume) from the error's position later.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs"));
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/drive.rs"));
/// # fn main() {
/// # let client = Client::new();
/// use imagekit_proto::api::assets::ListAndSearchAssets;
/// use imagekit_proto::flow::Listing;
///
/// let mut names = Vec::new();
/// let listing = Listing::new(ListAndSearchAssets::new().path("/sale")).max_items(5_000);
/// let end = drive(&client, listing, |asset| match asset {
///     Ok(asset) => names.extend(asset.as_file().map(|file| file.name.clone())),
///     Err(error) => eprintln!("{error}"),
/// });
/// assert!(end.is_complete());
/// assert_eq!(names, ["cat.jpg"]);
/// # }
/// ```
///
/// # Lists that change meanwhile
///
/// A list of ImageKit has no total and no cursor: a page that is empty or shorter than asked for is
/// the last, and `skip` counts items from the start. So what is added or deleted while you list
/// shifts the rest:
///
/// - An item that is on two neighbouring pages was shifted by an addition. It is handed out once and
///   counted in [`ListingEnd::repeated`].
/// - A full page that only repeats the page before ends the listing with
///   [`PageError::Repeated`]: the server ignores `skip`, or a whole page was added.
/// - A deletion hides as many items at the next page's start, and nothing shows it. When you delete
///   what you list, collect the ids first.
///
/// The default order (oldest first) puts additions at the end, where they shift nothing.
#[must_use = "a listing does nothing until it is polled"]
pub struct Listing<E: Paged, T> {
    pages: Pages<E, T>,
    /// The items of the page that is being handed out, with their offsets.
    items: VecDeque<(u64, E::Item)>,
    /// Counts items one by one, where that of `pages` counts whole pages.
    position: Position,
}

impl<E: Paged, T> Listing<E, T> {
    /// Creates a listing of `request`, from where it skips to. Its page size holds; without one,
    /// the largest ([`Paged::MAX_PAGE`]) is asked for.
    pub fn new(request: E) -> Self {
        let pages = Pages::new(request);
        Self { position: pages.position, pages, items: VecDeque::new() }
    }

    /// Ends the listing after `items` items, counted from now. The last page is requested no larger
    /// than that takes.
    pub fn max_items(self, items: u64) -> Self {
        let position = Position { remaining: Some(items), ..self.position };
        self.resume(position)
    }

    /// Starts from a saved position of the same list instead of from where the request skips to. A
    /// position without a number of items that are wanted leaves [`max_items`](Self::max_items) as it
    /// is.
    ///
    /// A listing that is under way goes on from there: pages that it has received or requested
    /// ahead are requested anew. One that has ended stays ended.
    ///
    /// ```
    /// # use imagekit_proto::api::assets::ListAndSearchAssets;
    /// use imagekit_proto::flow::{Listing, Position};
    ///
    /// let saved: Position = serde_json::from_str(r#"{"offset": 3000, "remaining": 2000}"#)?;
    /// let listing = Listing::<_, std::io::Error>::new(ListAndSearchAssets::new()).resume(saved);
    /// assert_eq!(listing.position(), saved);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn resume(mut self, position: Position) -> Self {
        let remaining = position.remaining.or(self.position.remaining);
        self.position = Position { remaining, ..position };
        self.items.clear();
        self.pages.go_on_from(self.position);
        self
    }

    /// Requests the next `pages` pages while you work on the items of this one: so many requests
    /// are in flight at most, and so many pages are held beside this one. 0 by default: a page is
    /// requested when the one before is used up.
    ///
    /// Items come in order all the same. Up to `pages` requests behind the end of the list are in
    /// vain.
    pub fn concurrency(mut self, pages: usize) -> Self {
        self.pages.ahead = pages;
        self
    }

    /// Ends the listing when the same page fails so many times in a row; 3 by default, 0 counts
    /// as 1. Each failure is a whole call with its retries.
    pub fn max_failures(mut self, failures: u32) -> Self {
        self.pages.max_failures = failures;
        self
    }

    /// Hands out whole pages instead of items. After some items of a page, the first page begins
    /// with the next item and is requested anew.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs"));
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/drive.rs"));
    /// # fn main() {
    /// # let client = Client::new();
    /// use imagekit_proto::api::assets::ListAndSearchAssets;
    /// use imagekit_proto::flow::Listing;
    ///
    /// let pages = Listing::new(ListAndSearchAssets::new()).pages();
    /// let end = drive(&client, pages, |page| match page {
    ///     Ok(page) => println!("{} items; go on from {:?}", page.items.len(), page.next),
    ///     Err(error) => eprintln!("{error}"),
    /// });
    /// assert_eq!(end.position.offset, 2);
    /// # }
    /// ```
    pub fn pages(self) -> Pages<E, T> {
        if self.items.is_empty() {
            return self.pages;
        }
        let position = self.position;
        self.resume(position).pages
    }

    /// Returns the position behind the last item that was handed out: save it to
    /// [`resume`](Self::resume) later.
    pub fn position(&self) -> Position {
        self.position
    }
}

impl<E: Paged, T> Machine for Listing<E, T> {
    type Request = E;
    type TransportError = T;
    type Item = Result<E::Item, PageError<T>>;
    type Output = ListingEnd;

    fn poll(&mut self, now: Duration) -> FlowStep<E, Self::Item, ListingEnd> {
        loop {
            if let Some((offset, item)) = self.items.pop_front() {
                self.position.offset = offset.saturating_add(1);
                if let Some(remaining) = &mut self.position.remaining {
                    *remaining = remaining.saturating_sub(1);
                }
                return FlowStep::Item(Ok(item));
            }
            // What was on the page and not handed out lies behind too.
            self.position = self.pages.position;
            return match self.pages.step(now) {
                FlowStep::Item(Ok(page)) => {
                    self.items = page.into();
                    continue;
                }
                FlowStep::Item(Err(error)) => FlowStep::Item(Err(error)),
                FlowStep::Send(key, request) => FlowStep::Send(key, request),
                FlowStep::Sleep(wait) => FlowStep::Sleep(wait),
                FlowStep::Pending => FlowStep::Pending,
                FlowStep::Done(end) => {
                    self.position = end.position;
                    FlowStep::Done(end)
                }
            };
        }
    }

    fn on_response(&mut self, now: Duration, key: RequestKey, response: Reply<Vec<E::Item>>) {
        self.pages.on_response(now, key, response);
    }

    fn on_failure(&mut self, now: Duration, key: RequestKey, error: Error<T>) {
        self.pages.on_failure(now, key, error);
    }

    fn limit_concurrency(&mut self, requests: usize) {
        self.pages.limit_concurrency(requests);
    }

    fn finish(&mut self) -> ListingEnd {
        // The items that are left of the page have not been handed out.
        self.items.clear();
        self.pages.position = self.position;
        self.pages.finish()
    }
}

impl<E: Paged, T> fmt::Debug for Listing<E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listing")
            .field("position", &self.position)
            .field("pages", &self.pages)
            .finish_non_exhaustive()
    }
}
