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
    /// Returns a stream of a long list: requests page after page and hands out the items.
    ///
    /// A page that fails is one `Err`, after which the listing goes on with the same page. It ends
    /// when a page fails three times in a row, or with an error that no repetition mends. See
    /// [`Listing`] for lists that change meanwhile.
    ///
    /// ```
    /// use imagekit_reqwest::proto::api::assets::ListAndSearchAssets;
    /// # use imagekit_reqwest::Client;
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let server = imagekit_loopback::Server::json(&format!("[{}]", imagekit_loopback::FILE));
    /// # let client = Client::new(server.config())?;
    ///
    /// let list = ListAndSearchAssets::new().path("/sale");
    /// let mut assets = client.pages(list).concurrency(2).max_items(5_000);
    /// while let Some(asset) = assets.next().await {
    ///     match asset {
    ///         Ok(asset) => println!("{asset:?}"),
    ///         Err(error) => eprintln!("{error}"),
    ///     }
    /// }
    /// # Ok(())
    /// # }
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
    /// use imagekit_reqwest::proto::api::folders::BulkJobStatus;
    /// use imagekit_reqwest::proto::flow::WaitPolicy;
    /// # use imagekit_reqwest::Client;
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let server = imagekit_loopback::Server::json(
    /// #     r#"{"jobId": "5d5b1a9b4c8c4c0001f3e4a2", "type": "MOVE_FOLDER", "status": "Completed"}"#,
    /// # );
    /// # let client = Client::new(server.config())?;
    ///
    /// let status = BulkJobStatus::new("5d5b1a9b4c8c4c0001f3e4a2");
    /// let outcome = client.wait(status, WaitPolicy::default()).await?;
    /// assert!(outcome.is_complete());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The deadline passed, or the status request can only fail again: see
    /// [`WaitError`](crate::proto::flow::WaitError). The job goes on.
    pub async fn wait<E>(
        &self,
        status: E,
        policy: WaitPolicy,
    ) -> WaitResult<E::Output, TransportError>
    where
        E: Endpoint<Output: Pollable + Send + 'static> + Clone + Send + 'static,
    {
        self.run(Wait::new(status, policy)).await
    }

    /// Starts a job and waits for its end: `MoveFolder`, `CopyFolder`, `RenameFolder`,
    /// `PurgeCache`.
    ///
    /// ```
    /// use imagekit_reqwest::proto::api::folders::MoveFolder;
    /// use imagekit_reqwest::proto::flow::WaitPolicy;
    /// # use imagekit_reqwest::Client;
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let json = |body| imagekit_loopback::response("200 OK", "connection: close\r\n", body);
    /// # let server = imagekit_loopback::Server::responding([
    /// #     json(r#"{"jobId": "5d5b1a9b4c8c4c0001f3e4a2"}"#),
    /// #     json(r#"{"jobId": "5d5b1a9b4c8c4c0001f3e4a2", "type": "MOVE_FOLDER", "status": "Completed"}"#),
    /// # ]);
    /// # let client = Client::new(server.config())?;
    ///
    /// let end = client.run_job(MoveFolder::new("/sale", "/archive"), WaitPolicy::default()).await?;
    /// assert!(end.outcome.is_complete());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The job was not started, or its end was not seen: see
    /// [`JobError`](crate::proto::flow::JobError).
    pub async fn run_job<S>(&self, start: S, policy: WaitPolicy) -> JobResult<S, TransportError>
    where
        S: StartsJob<Output: Send + 'static> + Send + 'static,
        S::Status: Endpoint<Output: Send + 'static> + Send + 'static,
    {
        self.run(JobRun::new(start, policy)).await
    }

    /// Does one thing to any number of files: sends as many requests as it takes and merges their
    /// outcomes. For options, [`run`](Self::run) a [`Batch`].
    ///
    /// ```
    /// use imagekit_reqwest::proto::api::files::DeleteMultipleFiles;
    /// # use imagekit_reqwest::Client;
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let server = imagekit_loopback::Server::json(
    /// #     r#"{"successfullyDeletedFileIds": ["598821f949c0a938d57563bd"]}"#,
    /// # );
    /// # let client = Client::new(server.config())?;
    ///
    /// let outcome = client.batch(DeleteMultipleFiles::new(["598821f949c0a938d57563bd"])).await;
    /// assert!(outcome.is_complete());
    /// for file in &outcome.failed {
    ///     println!("{file}"); // its id, and why
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn batch<E>(&self, endpoint: E) -> BatchOutcome<TransportError>
    where
        E: Bulk<Output: Send + 'static> + Send + 'static,
    {
        self.run(Batch::new(endpoint)).await
    }

    /// Sends any number of endpoints, up to `concurrency` at a time, and returns a stream of the
    /// outcomes in the order of the endpoints. For options, poll the [`items`](Self::items) of a
    /// [`SendAll`].
    ///
    /// ```
    /// use imagekit_reqwest::proto::api::files::GetFileDetails;
    /// # use imagekit_reqwest::Client;
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let server = imagekit_loopback::Server::json(imagekit_loopback::FILE);
    /// # let client = Client::new(server.config())?;
    ///
    /// let ids = ["598821f949c0a938d57563bd", "598821f949c0a938d57563bd"];
    /// let mut all = client.send_all(ids.map(GetFileDetails::new), 8);
    /// while let Some(sent) = all.next().await {
    ///     match sent.outcome {
    ///         Ok(file) => println!("{} is {}", ids[sent.index], file.name),
    ///         Err(error) => println!("{}: {error}", ids[sent.index]),
    ///     }
    /// }
    /// # Ok(())
    /// # }
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

    /// Drives a machine without items to its end, and returns its output. Dropping the future
    /// cancels what is in flight.
    ///
    /// ```
    /// use imagekit_reqwest::proto::api::files::DeleteMultipleFiles;
    /// use imagekit_reqwest::proto::flow::Batch;
    /// # use imagekit_reqwest::Client;
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let server = imagekit_loopback::Server::json(
    /// #     r#"{"successfullyDeletedFileIds": ["598821f949c0a938d57563bd"]}"#,
    /// # );
    /// # let client = Client::new(server.config())?;
    ///
    /// let delete = DeleteMultipleFiles::new(["598821f949c0a938d57563bd"]);
    /// let outcome = client.run(Batch::new(delete).concurrency(4).stop_on_error(true)).await;
    /// println!("{} deleted, {} not sent", outcome.succeeded.len(), outcome.not_sent.len());
    /// # assert!(outcome.is_complete());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn run<M>(&self, machine: M) -> M::Output
    where
        M: Machine<Item = Infallible, TransportError = TransportError>,
        M::Request: Endpoint<Output: Send + 'static> + Send + 'static,
    {
        let mut items = self.items(machine);
        match items.next().await {
            Some(never) => match never {},
            None => items.finish(),
        }
    }

    /// Returns a stream of the items of a machine.
    ///
    /// ```
    /// use imagekit_reqwest::proto::api::files::GetFileDetails;
    /// use imagekit_reqwest::proto::flow::SendAll;
    /// # use imagekit_reqwest::Client;
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let server = imagekit_loopback::Server::json(imagekit_loopback::FILE);
    /// # let client = Client::new(server.config())?;
    ///
    /// let details = ["598821f949c0a938d57563bd"].map(GetFileDetails::new);
    /// let mut all = client.items(SendAll::new(details).in_order(false));
    /// while let Some(sent) = all.next().await {
    ///     println!("{}: {:?}", sent.index, sent.outcome);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn items<M>(&self, machine: M) -> Items<M>
    where
        M: Machine<TransportError = TransportError>,
        M::Request: Endpoint<Output: Send + 'static> + Send + 'static,
    {
        Items::new(self.clone(), machine)
    }
}
