//! The errors of all machines: what they print, and what they leave to their source.

use std::error::Error as StdError;
use std::fmt;

use super::{CreateOnceError, JobError, PageError, Position, WaitError, WaitTimeout};
use crate::error::{Error, Failure, FailureKind, Misuse};

/// An error with a source, as transports have them.
#[derive(Debug)]
struct Outer(fmt::Error);

impl fmt::Display for Outer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("outer")
    }
}

impl StdError for Outer {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.0)
    }
}

fn request() -> Box<Error<Outer>> {
    Box::new(Error::not_begun("probe", Failure::new(FailureKind::NotSent, Outer(fmt::Error))))
}

fn timeout() -> WaitError<(), Outer> {
    let deadline = std::time::Duration::ZERO;
    WaitError::Timeout(Box::new(WaitTimeout { last: None, last_error: Some(*request()), deadline }))
}

#[test]
fn what_is_printed_is_not_the_source() {
    let position = Position::new(1);
    let started = Box::new(());
    let errors: [Box<dyn StdError>; 8] = [
        Box::new(PageError::Request { position, error: request() }),
        Box::new(WaitError::<(), _>::Request(request())),
        Box::new(timeout()),
        Box::new(JobError::<(), (), _>::Start(request())),
        Box::new(JobError::Wait { started, error: timeout() }),
        Box::new(CreateOnceError::<(), _>::Lookup(request())),
        Box::new(CreateOnceError::<(), _>::Create(request())),
        Box::new(CreateOnceError::<(), _>::NotSeen(request())),
    ];
    for error in errors {
        assert!(error.to_string().contains("outer"), "{error}");
        assert!(error.source().is_some_and(|source| source.is::<fmt::Error>()), "{error}");
    }
}

#[test]
fn an_error_without_a_request_has_no_source() {
    let finished = |may_have_been_applied| {
        Box::new(JobError::<(), (), Outer>::Finished { may_have_been_applied })
    };
    let position = Position::new(7);
    let ended = |may_have_been_applied| {
        Box::new(CreateOnceError::<(), Outer>::Finished { may_have_been_applied })
    };
    let misuse = Misuse::PolledAfterDone;
    let misused = CreateOnceError::<(), Outer>::Misuse { misuse, may_have_been_applied: true };
    let errors: [(Box<dyn StdError>, &str); 10] = [
        (Box::new(PageError::<Outer>::Repeated { position }), "at offset 7 repeats"),
        (Box::new(WaitError::<(), Outer>::Finished(None)), "ended before the job"),
        (Box::new(WaitError::<(), Outer>::Misuse(Misuse::PolledAfterDone)), "driven wrongly"),
        (Box::new(JobError::<(), (), Outer>::Misuse(Misuse::PolledAfterDone)), "driven wrongly"),
        (finished(true), "may have started"),
        (finished(false), "was not started"),
        (Box::new(CreateOnceError::<(), Outer>::Taken(Box::new(()))), "left as it is"),
        (Box::new(misused), "driven wrongly"),
        (ended(true), "may have been created"),
        (ended(false), "was not created"),
    ];
    for (error, text) in errors {
        assert!(error.to_string().contains(text), "{error}");
        assert!(error.source().is_none());
    }
}
