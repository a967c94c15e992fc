//! Many calls: long lists, jobs, batches.

use std::convert::Infallible;

use crate::client::Client;
use crate::error::TransportError;
use crate::items::Items;
use crate::proto::Endpoint;
use crate::proto::flow::{
    Batch, BatchOutcome, Bulk, JobResult, JobRun, Listing, Machine, Paged, Pollable, SendAll,
    StartsJob, Wait, WaitPolicy, WaitResult,
};

impl Client {
    /// Iterates over a long list: requests page after page and hands out the items.
    ///
    /// A page that fails is one `Err`, after which the listing goes on with the same page. It ends
    /// when a page fails three times in a row, or with an error that no repetition mends. See
    /// [`Listing`] for lists that change meanwhile.
    ///
    /// ```
    /// use imagekit_ureq::proto::api::assets::ListAndSearchAssets;
    /// # use imagekit_ureq::Client;
    /// # let server = imagekit_loopback::Server::json(&format!("[{}]", imagekit_loopback::FILE));
    /// # let client = Client::new(server.config())?;
    ///
    /// let list = ListAndSearchAssets::new().path("/sale");
    /// for asset in client.pages(list).concurrency(2).max_items(5_000) {
    ///     match asset {
    ///         Ok(asset) => println!("{asset:?}"),
    ///         Err(error) => eprintln!("{error}"),
    ///     }
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn pages<E>(&self, list: E) -> Items<Listing<E, TransportError>>
    where
        E: Paged<Item: Send + 'static> + Send + 'static,
    {
        self.items(Listing::new(list))
    }

    /// Waits for the end of a job: requests its status at growing intervals.
    ///
    /// ```
    /// use imagekit_ureq::proto::api::folders::BulkJobStatus;
    /// use imagekit_ureq::proto::flow::WaitPolicy;
    /// # use imagekit_ureq::Client;
    /// # let server = imagekit_loopback::Server::json(
    /// #     r#"{"jobId": "5d5b1a9b4c8c4c0001f3e4a2", "type": "MOVE_FOLDER", "status": "Completed"}"#,
    /// # );
    /// # let client = Client::new(server.config())?;
    ///
    /// let status = BulkJobStatus::new("5d5b1a9b4c8c4c0001f3e4a2");
    /// let outcome = client.wait(status, WaitPolicy::default())?;
    /// assert!(outcome.is_complete());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The deadline passed, or the status request can only fail again: see
    /// [`WaitError`](crate::proto::flow::WaitError). The job goes on.
    pub fn wait<E>(&self, status: E, policy: WaitPolicy) -> WaitResult<E::Output, TransportError>
    where
        E: Endpoint<Output: Pollable + Send + 'static> + Clone + Send + 'static,
    {
        self.run(Wait::new(status, policy))
    }

    /// Starts a job and waits for its end: `MoveFolder`, `CopyFolder`, `RenameFolder`,
    /// `PurgeCache`.
    ///
    /// ```
    /// use imagekit_ureq::proto::api::folders::MoveFolder;
    /// use imagekit_ureq::proto::flow::WaitPolicy;
    /// # use imagekit_ureq::Client;
    /// # let json = |body| imagekit_loopback::response("200 OK", "connection: close\r\n", body);
    /// # let server = imagekit_loopback::Server::responding([
    /// #     json(r#"{"jobId": "5d5b1a9b4c8c4c0001f3e4a2"}"#),
    /// #     json(r#"{"jobId": "5d5b1a9b4c8c4c0001f3e4a2", "type": "MOVE_FOLDER", "status": "Completed"}"#),
    /// # ]);
    /// # let client = Client::new(server.config())?;
    ///
    /// let end = client.run_job(MoveFolder::new("/sale", "/archive"), WaitPolicy::default())?;
    /// assert!(end.outcome.is_complete());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The job was not started, or its end was not seen: see
    /// [`JobError`](crate::proto::flow::JobError).
    pub fn run_job<S>(&self, start: S, policy: WaitPolicy) -> JobResult<S, TransportError>
    where
        S: StartsJob<Output: Send + 'static> + Send + 'static,
        S::Status: Endpoint<Output: Send + 'static> + Send + 'static,
    {
        self.run(JobRun::new(start, policy))
    }

    /// Does one thing to any number of files: sends as many requests as it takes and merges their
    /// outcomes. For options, [`run`](Self::run) a [`Batch`].
    ///
    /// ```
    /// use imagekit_ureq::proto::api::files::DeleteMultipleFiles;
    /// # use imagekit_ureq::Client;
    /// # let server = imagekit_loopback::Server::json(
    /// #     r#"{"successfullyDeletedFileIds": ["598821f949c0a938d57563bd"]}"#,
    /// # );
    /// # let client = Client::new(server.config())?;
    ///
    /// let outcome = client.batch(DeleteMultipleFiles::new(["598821f949c0a938d57563bd"]));
    /// assert!(outcome.is_complete());
    /// for file in &outcome.failed {
    ///     println!("{file}"); // its id, and why
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn batch<E>(&self, endpoint: E) -> BatchOutcome<TransportError>
    where
        E: Bulk<Output: Send + 'static> + Send + 'static,
    {
        self.run(Batch::new(endpoint))
    }

    /// Sends any number of endpoints, up to `concurrency` at a time, and iterates over the outcomes
    /// in the order of the endpoints. For options, iterate over the [`items`](Self::items) of a
    /// [`SendAll`].
    ///
    /// ```
    /// use imagekit_ureq::proto::api::files::GetFileDetails;
    /// # use imagekit_ureq::Client;
    /// # let server = imagekit_loopback::Server::json(imagekit_loopback::FILE);
    /// # let client = Client::new(server.config())?;
    ///
    /// let ids = ["598821f949c0a938d57563bd", "598821f949c0a938d57563bd"];
    /// for sent in client.send_all(ids.map(GetFileDetails::new), 8) {
    ///     match sent.outcome {
    ///         Ok(file) => println!("{} is {}", ids[sent.index], file.name),
    ///         Err(error) => println!("{}: {error}", ids[sent.index]),
    ///     }
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn send_all<I>(
        &self,
        endpoints: I,
        concurrency: usize,
    ) -> Items<SendAll<I::IntoIter, TransportError>>
    where
        I: IntoIterator<Item: Endpoint<Output: Send + 'static> + Send + 'static>,
    {
        self.items(SendAll::new(endpoints).concurrency(concurrency))
    }

    /// Drives a machine without items to its end, and returns its output.
    ///
    /// ```
    /// use imagekit_ureq::proto::api::files::DeleteMultipleFiles;
    /// use imagekit_ureq::proto::flow::Batch;
    /// # use imagekit_ureq::Client;
    /// # let server = imagekit_loopback::Server::json(
    /// #     r#"{"successfullyDeletedFileIds": ["598821f949c0a938d57563bd"]}"#,
    /// # );
    /// # let client = Client::new(server.config())?;
    ///
    /// let delete = DeleteMultipleFiles::new(["598821f949c0a938d57563bd"]);
    /// let outcome = client.run(Batch::new(delete).concurrency(4).stop_on_error(true));
    /// println!("{} deleted, {} not sent", outcome.succeeded.len(), outcome.not_sent.len());
    /// # assert!(outcome.is_complete());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn run<M>(&self, machine: M) -> M::Output
    where
        M: Machine<Item = Infallible, TransportError = TransportError>,
        M::Request: Endpoint<Output: Send + 'static> + Send + 'static,
    {
        let mut items = self.items(machine);
        match items.next() {
            Some(never) => match never {},
            None => items.finish(),
        }
    }

    /// Iterates over the items of a machine.
    ///
    /// ```
    /// use imagekit_ureq::proto::api::files::GetFileDetails;
    /// use imagekit_ureq::proto::flow::SendAll;
    /// # use imagekit_ureq::Client;
    /// # let server = imagekit_loopback::Server::json(imagekit_loopback::FILE);
    /// # let client = Client::new(server.config())?;
    ///
    /// let details = ["598821f949c0a938d57563bd"].map(GetFileDetails::new);
    /// for sent in client.items(SendAll::new(details).in_order(false)) {
    ///     println!("{}: {:?}", sent.index, sent.outcome);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn items<M>(&self, machine: M) -> Items<M>
    where
        M: Machine<TransportError = TransportError>,
        M::Request: Endpoint<Output: Send + 'static> + Send + 'static,
    {
        Items::new(self.clone(), machine)
    }
}
