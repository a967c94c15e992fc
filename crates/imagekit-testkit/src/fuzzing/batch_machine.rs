//! A batch, driven in any order by a server with any result for each file.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::input::Input;
use super::outcomes::{Files, Results, TestError, api_error, not_sent, reply};
use imagekit_proto::flow::{Batch, BatchOutcome, FlowStep, Machine as _, RequestKey};

const NOW: Duration = Duration::ZERO;

/// Drives a batch by operations made from `bytes`.
///
/// # Panics
///
/// A file in no list, in two, or in the wrong one; a file sent again although it must not be; more
/// requests in flight than asked for; a request after an error that stops the batch; no end.
pub fn batch_machine(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let ids: Vec<String> =
        (0..input.byte() % 24).map(|_| (input.byte() % 32).to_string()).collect();
    let concurrency = usize::from(input.byte() % 4);
    let limit = [1, 2, usize::MAX][usize::from(input.byte() % 3)];
    let [skip_missing, stop_on_error] = [(); 2].map(|()| input.byte() % 2 == 0);
    let mut batch = Batch::new(Files::new(ids.clone()))
        .size(usize::from(input.byte() % 5))
        .concurrency(concurrency)
        .skip_missing(skip_missing)
        .stop_on_error(stop_on_error);
    batch.limit_concurrency(limit);
    let mut watch = Watch {
        most: concurrency.max(1).min(limit),
        fates: ids.iter().map(|id| (id.clone(), Fate::NotSent)).collect(),
        ..Watch::default()
    };
    while !input.is_empty() {
        match input.byte() % 16 {
            0..8 => watch.step(batch.poll(NOW)),
            8..11 => {
                let Some((key, files)) = watch.take(input.byte()) else { continue };
                let mut results = Results::default();
                for id in files {
                    let fate = input.choose(
                        &[Fate::Succeeded, Fate::Succeeded, Fate::Failed, Fate::Unknown],
                        Fate::Succeeded,
                    );
                    match fate {
                        Fate::Succeeded => results.succeeded.push(id.clone()),
                        Fate::Failed => results.failed.push(id.clone()),
                        _ => {}
                    }
                    watch.stopped |= stop_on_error && fate != Fate::Succeeded;
                    watch.fates.insert(id, fate);
                }
                batch.on_response(NOW, key, reply(results));
            }
            11..14 => {
                let Some((key, files)) = watch.take(input.byte()) else { continue };
                let mask = input.byte();
                let is_missing = |index: usize| mask >> (index % 8) & 1 == 1;
                let named: Vec<&String> = files
                    .iter()
                    .enumerate()
                    .filter_map(|(index, id)| is_missing(index).then_some(id))
                    .collect();
                let is_unknown = input.byte() % 3 == 0;
                let error = error(&named, is_unknown);
                let repeats = skip_missing && !named.is_empty();
                watch.stopped |= stop_on_error && !repeats;
                for (index, id) in files.iter().enumerate() {
                    let fate = match (is_missing(index), is_unknown) {
                        (false, _) if repeats => Fate::NotSent,
                        (_, true) => Fate::Unknown,
                        (true, false) => Fate::Missing,
                        (false, false) => Fate::Failed,
                    };
                    watch.fates.insert(id.clone(), fate);
                }
                batch.on_failure(NOW, key, error);
            }
            14 => {
                if let Some(key) = watch.reported.first() {
                    batch.on_failure(NOW, *key, not_sent());
                    watch.misused = true;
                }
            }
            _ if input.byte() % 4 == 0 => watch.end(batch.finish()),
            _ => {}
        }
    }
    for _ in 0..1_000 {
        if watch.is_over {
            return;
        }
        if let Some((key, files)) = watch.take(0) {
            watch.fates.extend(files.iter().map(|id| (id.clone(), Fate::Succeeded)));
            batch.on_response(NOW, key, reply(Results { succeeded: files, failed: vec![] }));
        }
        watch.step(batch.poll(NOW));
    }
    panic!("it does not end");
}

/// A failed request that names the missing files; without any, one that was not sent.
fn error(missing: &[&String], is_unknown: bool) -> TestError {
    match (missing, is_unknown) {
        ([], false) => not_sent(),
        ([], true) => api_error(503, "", true),
        _ => {
            let body = serde_json::json!({ "missingFileIds": missing }).to_string();
            api_error(404, &body, is_unknown)
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    NotSent,
    InFlight,
    Succeeded,
    Failed,
    Missing,
    Unknown,
}

#[derive(Default)]
struct Watch {
    most: usize,
    fates: BTreeMap<String, Fate>,
    open: Vec<(RequestKey, Vec<String>)>,
    reported: Vec<RequestKey>,
    stopped: bool,
    misused: bool,
    is_over: bool,
}

impl Watch {
    fn take(&mut self, number: u8) -> Option<(RequestKey, Vec<String>)> {
        let index = usize::from(number).checked_rem(self.open.len())?;
        let (key, files) = self.open.remove(index);
        self.reported.push(key);
        // After the end, no fate changes.
        (!self.is_over).then_some((key, files))
    }

    fn step(
        &mut self,
        step: FlowStep<Files, std::convert::Infallible, BatchOutcome<&'static str>>,
    ) {
        match step {
            FlowStep::Send(key, request) => {
                assert!(!self.is_over && !self.stopped, "sent after it had stopped");
                assert!(!self.reported.contains(&key), "a key twice");
                assert!(!request.request.is_empty() && request.request.len() <= 3);
                for id in &request.request {
                    let before = self.fates.insert(id.clone(), Fate::InFlight);
                    assert_eq!(before, Some(Fate::NotSent), "{id} was sent again");
                }
                self.open.push((key, request.request));
                assert!(self.open.len() <= self.most, "too many in flight");
            }
            FlowStep::Pending => assert!(!self.open.is_empty(), "nothing is in flight"),
            FlowStep::Sleep(_) => panic!("a batch does not sleep"),
            FlowStep::Item(item) => match item {},
            FlowStep::Done(outcome) => {
                assert!(self.is_over || self.open.is_empty(), "over too early");
                self.end(outcome);
            }
        }
    }

    fn end(&mut self, outcome: BatchOutcome<&'static str>) {
        if std::mem::replace(&mut self.is_over, true) {
            assert!(outcome.misuse.is_some() && outcome.succeeded.is_empty());
            return;
        }
        assert_eq!(outcome.misuse.is_some(), self.misused);
        let mut lists: BTreeMap<&str, Vec<Fate>> = BTreeMap::new();
        let failed = outcome.failed.iter().map(|file| &file.id);
        let unknown = outcome.unknown.iter().map(|file| &file.id);
        let named = (outcome.succeeded.iter().map(|id| (id, Fate::Succeeded)))
            .chain(outcome.missing.iter().map(|id| (id, Fate::Missing)))
            .chain(outcome.not_sent.iter().map(|id| (id, Fate::NotSent)))
            .chain(failed.map(|id| (id, Fate::Failed)))
            .chain(unknown.map(|id| (id, Fate::Unknown)));
        for (id, fate) in named {
            lists.entry(id).or_default().push(fate);
        }
        for (id, fate) in &self.fates {
            let fate = if *fate == Fate::InFlight { Fate::Unknown } else { *fate };
            assert_eq!(lists.remove(id.as_str()), Some(vec![fate]), "{id}");
        }
        assert!(lists.is_empty(), "{lists:?} were not given");
        let all_done = self.fates.values().all(|fate| *fate == Fate::Succeeded);
        assert_eq!(outcome.is_complete(), all_done && !self.misused);
        let remaining: BTreeSet<String> = outcome.remaining().into_iter().collect();
        for (id, fate) in &self.fates {
            let is_open = matches!(fate, Fate::NotSent | Fate::Failed);
            assert_eq!(remaining.contains(id), is_open, "{id}");
        }
    }
}
