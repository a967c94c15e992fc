//! A listing, driven in any order over a list that may change.

use std::time::Duration;

use super::input::Input;
use super::outcomes::{Numbers, Span, api_error, busy, not_sent, reply};
use imagekit_proto::flow::{FlowStep, Listing, Machine as _, RequestKey, StopReason};

/// Drives a listing of numbers by operations made from `bytes`.
///
/// # Panics
///
/// More requests in flight or pages in memory than asked for, an item twice or out of order, an item
/// that is missing from a list that did not change, or anything after the end.
pub fn pages_machine(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let mut list: Vec<u64> = (0..u64::from(input.byte() % 40)).collect();
    let size = u32::from(input.byte() % 5) + 1;
    let ahead = usize::from(input.byte() % 4);
    let limit = [1, 2, usize::MAX][usize::from(input.byte() % 3)];
    let wanted = (input.byte() % 2 == 0).then(|| u64::from(input.byte() % 50));
    let start = u64::from(input.byte() % 8);
    let request = Numbers::new(Span { skip: start, limit: Some(size) });
    let mut listing =
        Listing::new(request).concurrency(ahead).max_failures(u32::from(input.byte() % 4));
    if let Some(wanted) = wanted {
        listing = listing.max_items(wanted);
    }
    listing.limit_concurrency(limit);

    let mut watch = Watch { ahead, limit, start, wanted, ..Watch::default() };
    let mut now = Duration::ZERO;
    while !input.is_empty() {
        now += Duration::from_millis(input.byte().into());
        match input.byte() % 16 {
            0..8 => watch.step(listing.poll(now)),
            8..11 => {
                if let Some((key, span)) = watch.take(input.byte()) {
                    listing.on_response(now, key, reply(page(&list, span)));
                }
            }
            11 => {
                if let Some((key, _)) = watch.take(input.byte()) {
                    let errors = [not_sent, || busy(100), || api_error(400, "", false)];
                    watch.failed = true;
                    let error = input.choose(&errors, not_sent);
                    listing.on_failure(now, key, error());
                }
            }
            12 => {
                let number = 1_000 + list.len() as u64;
                list.insert(usize::from(input.byte()) % (list.len() + 1), number);
                watch.changed = true;
            }
            13 if !list.is_empty() => {
                list.remove(usize::from(input.byte()) % list.len());
                watch.changed = true;
            }
            14 => {
                if let Some(key) = watch.reported.first() {
                    listing.on_response(now, *key, reply(vec![1, 2, 3]));
                    watch.misused = true;
                }
            }
            15 if input.byte() % 4 == 0 => {
                let end = listing.finish();
                assert!(watch.over || end.reason != StopReason::Complete);
                watch.over = true;
            }
            _ => {}
        }
    }
    for _ in 0..1_000 {
        now += Duration::from_millis(100);
        if let Some((key, span)) = watch.take(0) {
            listing.on_response(now, key, reply(page(&list, span)));
        }
        if watch.over {
            break;
        }
        watch.step(listing.poll(now));
    }
    assert!(watch.over, "it does not end");
    if watch.reason == Some(StopReason::Complete) && !watch.changed && !watch.misused {
        assert_eq!(watch.next, (list.len() as u64).max(start), "items are missing");
    }
}

fn page(list: &[u64], span: Span) -> Vec<u64> {
    let skip = usize::try_from(span.skip).unwrap_or(usize::MAX);
    let limit = span.limit.map_or(usize::MAX, |limit| limit as usize);
    list.iter().skip(skip).take(limit).copied().collect()
}

#[derive(Default)]
struct Watch {
    ahead: usize,
    limit: usize,
    start: u64,
    wanted: Option<u64>,
    open: Vec<(RequestKey, Span)>,
    reported: Vec<RequestKey>,
    /// How many items were handed out, from `start`.
    handed_out: u64,
    /// The item that follows in a list that does not change.
    next: u64,
    /// The last item.
    last: Option<u64>,
    changed: bool,
    failed: bool,
    misused: bool,
    over: bool,
    reason: Option<StopReason>,
}

impl Watch {
    /// Takes out one of the requests in flight.
    fn take(&mut self, number: u8) -> Option<(RequestKey, Span)> {
        let index = usize::from(number).checked_rem(self.open.len())?;
        let (key, span) = self.open.remove(index);
        self.reported.push(key);
        Some((key, span))
    }

    fn step<E: std::fmt::Debug>(
        &mut self,
        step: FlowStep<Numbers, Result<u64, E>, imagekit_proto::flow::ListingEnd>,
    ) {
        assert!(!self.over || matches!(step, FlowStep::Done(_)), "{step:?} after the end");
        match step {
            FlowStep::Send(key, request) => {
                let span = request.request;
                assert!(!self.reported.contains(&key), "a key twice");
                self.open.push((key, span));
                assert!(self.open.len() <= self.ahead.max(1).min(self.limit), "too many in flight");
                let pages_end = self.handed_out + self.start;
                let ahead = if self.limit == 1 { 0 } else { self.ahead };
                if !self.changed && !self.misused {
                    let most = pages_end + (ahead as u64 + 1) * 5;
                    assert!(span.skip <= most, "{span:?} is too far ahead");
                }
                if let (Some(wanted), false) = (self.wanted, self.changed) {
                    let end = span.skip + u64::from(span.limit.unwrap_or_default());
                    assert!(end <= self.start + wanted, "{span:?} is not wanted");
                }
            }
            FlowStep::Item(Ok(item)) => {
                if !self.changed && !self.misused {
                    assert_eq!(item, self.start + self.handed_out, "out of order");
                }
                assert_ne!(self.last.replace(item), Some(item), "an item twice");
                self.handed_out += 1;
                self.next = self.start + self.handed_out;
                assert!(self.wanted.is_none_or(|wanted| self.handed_out <= wanted));
            }
            FlowStep::Item(Err(error)) => assert!(self.failed || self.changed, "{error:?}"),
            FlowStep::Sleep(wait) => assert!(self.failed && wait > Duration::ZERO),
            FlowStep::Pending => assert!(!self.open.is_empty(), "nothing is in flight"),
            FlowStep::Done(end) => {
                self.next = self.next.max(self.start);
                self.over = true;
                self.reason = Some(end.reason);
                assert!(self.changed || end.position.offset == self.start + self.handed_out);
                assert!(self.failed || end.reason != StopReason::Failed);
            }
        }
    }
}
