//! Long lists, page by page.

mod listing;
mod outcome;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::time::Duration;

use super::machine::{FlowStep, InFlight, Machine, RequestKey, is_permanent};
use super::traits::Paged;
use crate::error::{Error, Misuse};
use crate::reply::Reply;

pub use listing::Listing;
pub use outcome::{ListingEnd, Page, PageError, Position, StopReason};

/// How long a listing waits at most before it requests a page again.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// A long list, page by page: what [`Listing::pages`] returns.
///
/// A [`Machine`] whose items are [`Page`]s or errors. Pages come in order, and none is empty.
#[must_use = "pages do nothing until they are polled"]
pub struct Pages<E: Paged, T> {
    request: E,
    /// Items per page.
    size: u32,
    /// How many pages are requested ahead of the one that is handed out.
    ahead: usize,
    /// How often the same page may fail in a row.
    max_failures: u32,
    /// The pages that are handed out next: requested or received, without a gap.
    slots: VecDeque<Slot<E::Item, T>>,
    in_flight: InFlight<()>,
    /// Where the page after the last slot begins; `None` behind the end of the list.
    next: Option<u64>,
    /// How often the page at the front has failed in a row.
    failures: u32,
    /// The ids on the full page that was handed out last, and on the shorter ones behind it.
    seen: BTreeSet<String>,
    /// Whether the next page is requested in full, though fewer items are wanted.
    is_full_next: bool,
    position: Position,
    repeated: u64,
    stop: Option<StopReason>,
    misuse: Option<Misuse>,
    is_over: bool,
}

struct Slot<I, T> {
    offset: u64,
    size: u32,
    state: SlotState<I, T>,
}

enum SlotState<I, T> {
    Due { at: Duration },
    InFlight(RequestKey),
    Received(Vec<I>),
    Failed(Error<T>),
}

/// A page to hand out: each item with its offset in the list.
type Numbered<I> = Vec<(u64, I)>;

type PageResult<P, T> = Result<P, PageError<T>>;

impl<E: Paged, T> Pages<E, T> {
    fn new(request: E) -> Self {
        let start = request.skipped();
        Self {
            size: request.page_size().unwrap_or(E::MAX_PAGE),
            request,
            ahead: 0,
            max_failures: 3,
            slots: VecDeque::new(),
            in_flight: InFlight::new(),
            next: Some(start),
            failures: 0,
            seen: BTreeSet::new(),
            is_full_next: false,
            position: Position::new(start),
            repeated: 0,
            stop: None,
            misuse: None,
            is_over: false,
        }
    }

    /// Returns the position behind the last page that was handed out: save it to
    /// [`resume`](Listing::resume) later.
    pub fn position(&self) -> Position {
        self.position
    }

    /// Goes on from `position`; requests in flight no longer matter. What has ended stays ended.
    fn go_on_from(&mut self, position: Position) {
        self.slots.clear();
        self.seen.clear();
        self.is_full_next = false;
        self.failures = 0;
        if !self.is_over {
            self.stop = None;
        }
        self.next = Some(position.offset);
        self.position = position;
    }

    /// Returns what to do next, with the offset of each item of a page.
    fn step(&mut self, now: Duration) -> FlowStep<E, PageResult<Numbered<E::Item>, T>, ListingEnd> {
        if self.is_over {
            self.misuse.get_or_insert(Misuse::PolledAfterDone);
            return FlowStep::Done(self.end());
        }
        loop {
            if self.stop.is_some() || self.position.remaining == Some(0) {
                return FlowStep::Done(self.end());
            }
            if let Some(step) = self.send(now) {
                return step;
            }
            let Some(slot) = self.slots.pop_front() else {
                // There may be more, but requests that no longer matter use up the concurrency.
                let is_held_up = self.next.is_some() && !self.in_flight.is_empty();
                return if is_held_up { FlowStep::Pending } else { FlowStep::Done(self.end()) };
            };
            match slot.state {
                SlotState::Received(items) => match self.hand_out(slot.offset, items) {
                    Ok(page) if page.is_empty() => {}
                    page => return FlowStep::Item(page),
                },
                SlotState::Failed(error) => {
                    return FlowStep::Item(Err(self.fail(now, slot.offset, slot.size, error)));
                }
                SlotState::Due { at } if at > now => {
                    self.slots.push_front(slot);
                    return FlowStep::Sleep(at.saturating_sub(now));
                }
                SlotState::Due { .. } | SlotState::InFlight(_) => {
                    self.slots.push_front(slot);
                    return FlowStep::Pending;
                }
            }
        }
    }

    /// Returns the request for a page that is due, or for one more page ahead.
    fn send<I, O>(&mut self, now: Duration) -> Option<FlowStep<E, I, O>> {
        if !self.in_flight.has_room(self.ahead) {
            return None;
        }
        let is_due = |slot: &Slot<_, _>| matches!(slot.state, SlotState::Due { at } if at <= now);
        let index = match self.slots.iter().position(is_due) {
            Some(index) => index,
            None => {
                self.extend()?;
                self.slots.len().checked_sub(1)?
            }
        };
        let slot = self.slots.get_mut(index)?;
        let key = self.in_flight.insert(());
        slot.state = SlotState::InFlight(key);
        Some(FlowStep::Send(key, self.request.page_at(slot.offset, slot.size)))
    }

    /// Adds the next page of the list to the slots, if it is wanted.
    fn extend(&mut self) -> Option<()> {
        let ahead = if self.in_flight.is_sequential() { 0 } else { self.ahead };
        if self.slots.len() > ahead {
            return None;
        }
        let offset = self.next?;
        let size = match self.position.remaining {
            None => self.size,
            Some(wanted) => {
                let coming: u64 = self.slots.iter().map(|slot| u64::from(slot.size)).sum();
                let missing = wanted.checked_sub(coming).filter(|missing| *missing > 0)?;
                if self.is_full_next {
                    self.size
                } else {
                    u32::try_from(missing).unwrap_or(u32::MAX).min(self.size)
                }
            }
        };
        self.next = offset.checked_add(size.into());
        self.slots.push_back(Slot { offset, size, state: SlotState::Due { at: Duration::ZERO } });
        Some(())
    }

    /// Takes a page in, and finds out whether the pages behind it still are where they were
    /// expected.
    fn receive(&mut self, key: RequestKey, items: Vec<E::Item>) {
        let Some(index) = self.slot_of(key) else { return };
        let Some(slot) = self.slots.get_mut(index) else { return };
        let len = items.len() as u64;
        let asked = u64::from(slot.size);
        let behind = slot.offset.checked_add(len);
        slot.state = SlotState::Received(items);
        if len < asked || len == 0 {
            self.next = None;
            self.slots.truncate(index + 1);
        } else if len > asked {
            self.next = behind;
            self.slots.truncate(index + 1);
        }
    }

    fn slot_of(&self, key: RequestKey) -> Option<usize> {
        let is_it = |slot: &Slot<_, _>| matches!(slot.state, SlotState::InFlight(of) if of == key);
        self.slots.iter().position(is_it)
    }

    /// Hands out a page without the items that were on the page before.
    fn hand_out(&mut self, offset: u64, items: Vec<E::Item>) -> PageResult<Numbered<E::Item>, T> {
        self.failures = 0;
        let len = items.len();
        let mut seen = BTreeSet::new();
        let mut page = Vec::with_capacity(len);
        for (index, item) in items.into_iter().enumerate() {
            let number = offset.saturating_add(index as u64);
            let id = E::item_id(&item).into_owned();
            let is_new = !self.seen.contains(&id);
            if seen.insert(id) && is_new {
                page.push((number, item));
            }
        }
        let is_full = len as u64 >= u64::from(self.size);
        if page.is_empty() && len > 0 && is_full {
            self.stop = Some(StopReason::Repeated);
            return Err(PageError::Repeated { position: self.position });
        }
        self.repeated += (len - page.len()) as u64;
        if is_full {
            self.seen = seen;
        } else {
            self.seen.append(&mut seen);
        }
        // The few items that were missing may have been added in front: a full page tells that from
        // a server that ignores the offset.
        self.is_full_next = page.is_empty();
        let mut behind = offset.saturating_add(len as u64);
        if let Some(wanted) = &mut self.position.remaining {
            let wanted_len = usize::try_from(*wanted).unwrap_or(usize::MAX);
            if let Some((number, _)) = page.get(wanted_len) {
                behind = *number;
            }
            page.truncate(wanted_len);
            *wanted = wanted.saturating_sub(page.len() as u64);
        }
        self.position.offset = behind;
        Ok(page)
    }

    /// Hands out the error of a page, which is requested again or ends the list.
    fn fail(&mut self, now: Duration, offset: u64, size: u32, error: Error<T>) -> PageError<T> {
        self.failures = self.failures.saturating_add(1);
        if is_permanent(&error) || self.failures >= self.max_failures {
            self.stop = Some(StopReason::Failed);
        }
        let wait = error.retry_after().unwrap_or_default();
        if wait > LONGEST_WAIT {
            self.stop = Some(StopReason::Failed);
        }
        let at = now.saturating_add(wait);
        self.slots.push_front(Slot { offset, size, state: SlotState::Due { at } });
        PageError::Request { position: self.position, error: Box::new(error) }
    }

    fn end(&mut self) -> ListingEnd {
        self.is_over = true;
        self.slots.clear();
        let remaining = self.position.remaining;
        let by_default =
            if remaining == Some(0) { StopReason::MaxItems } else { StopReason::Complete };
        ListingEnd {
            position: self.position,
            repeated: self.repeated,
            reason: *self.stop.get_or_insert(by_default),
            misuse: self.misuse,
        }
    }
}

impl<E: Paged, T> Machine for Pages<E, T> {
    type Request = E;
    type TransportError = T;
    type Item = Result<Page<E::Item>, PageError<T>>;
    type Output = ListingEnd;

    fn poll(&mut self, now: Duration) -> FlowStep<E, Self::Item, ListingEnd> {
        match self.step(now) {
            FlowStep::Item(page) => FlowStep::Item(page.map(|page| {
                let items = page.into_iter().map(|(_, item)| item).collect();
                Page { items, next: self.position }
            })),
            FlowStep::Send(key, request) => FlowStep::Send(key, request),
            FlowStep::Sleep(wait) => FlowStep::Sleep(wait),
            FlowStep::Pending => FlowStep::Pending,
            FlowStep::Done(end) => FlowStep::Done(end),
        }
    }

    fn on_response(&mut self, _: Duration, key: RequestKey, response: Reply<Vec<E::Item>>) {
        if self.in_flight.remove(key, &mut self.misuse).is_some() {
            self.receive(key, response.into_value());
        }
    }

    fn on_failure(&mut self, _: Duration, key: RequestKey, error: Error<T>) {
        if self.in_flight.remove(key, &mut self.misuse).is_some() {
            if let Some(slot) = self.slot_of(key).and_then(|index| self.slots.get_mut(index)) {
                slot.state = SlotState::Failed(error);
            }
        }
    }

    fn limit_concurrency(&mut self, requests: usize) {
        self.in_flight.limit(requests);
    }

    fn finish(&mut self) -> ListingEnd {
        if !self.is_over {
            self.stop.get_or_insert(StopReason::Finished);
        }
        self.end()
    }
}

impl<E: Paged, T> fmt::Debug for Pages<E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &self.request.operation().id)
            .field("position", &self.position)
            .field("size", &self.size)
            .field("in_flight", &self.in_flight.len())
            .finish_non_exhaustive()
    }
}
