//! The options of a long list.

use crate::error::TransportError;
use crate::items::Items;
use crate::proto::flow::{Listing, Paged, Pages, Position};

impl<E> Items<Listing<E, TransportError>>
where
    E: Paged<Item: Send + 'static> + Send + 'static,
{
    /// Ends after `items` items.
    pub fn max_items(self, items: u64) -> Self {
        self.map(|listing| listing.max_items(items))
    }

    /// Requests the next `pages` pages while you work on the items of this one. 0 by default.
    pub fn concurrency(self, pages: usize) -> Self {
        self.map(|listing| listing.concurrency(pages))
    }

    /// Ends when the same page fails so many times in a row; 3 by default.
    pub fn max_failures(self, failures: u32) -> Self {
        self.map(|listing| listing.max_failures(failures))
    }

    /// Starts from a saved position instead of from where the request skips to.
    ///
    /// ```
    /// use imagekit_ureq::proto::api::assets::ListAndSearchAssets;
    /// # use imagekit_ureq::Client;
    /// # let server = imagekit_loopback::Server::json(&format!("[{0}, {0}]", imagekit_loopback::FILE));
    /// # let client = Client::new(server.config())?;
    ///
    /// let mut assets = client.pages(ListAndSearchAssets::new()).max_items(10_000);
    /// let first = assets.next();
    /// let position = assets.position(); // save it: it is a serde type
    ///
    /// let rest = client.pages(ListAndSearchAssets::new()).resume(position);
    /// assert_eq!(rest.position().offset, 1);
    /// assert_eq!(rest.position().remaining, Some(9_999));
    /// # assert!(first.is_some_and(|first| first.is_ok()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn resume(self, position: Position) -> Self {
        self.map(|listing| listing.resume(position))
    }

    /// Hands out whole pages instead of items.
    ///
    /// ```
    /// use imagekit_ureq::proto::api::assets::ListAndSearchAssets;
    /// # use imagekit_ureq::Client;
    /// # let server = imagekit_loopback::Server::json(&format!("[{}]", imagekit_loopback::FILE));
    /// # let client = Client::new(server.config())?;
    ///
    /// for page in client.pages(ListAndSearchAssets::new()).concurrency(2).pages() {
    ///     let page = page?;
    ///     println!("{} items; go on from {:?}", page.items.len(), page.next);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn pages(self) -> Items<Pages<E, TransportError>> {
        self.map(Listing::pages)
    }

    /// Returns the position behind the last item that was handed out.
    pub fn position(&self) -> Position {
        self.machine().position()
    }
}

impl<E> Items<Pages<E, TransportError>>
where
    E: Paged<Item: Send + 'static> + Send + 'static,
{
    /// Returns the position behind the last page that was handed out.
    pub fn position(&self) -> Position {
        self.machine().position()
    }
}
