//! Switches faults on and off.

use bytes::Bytes;
use http::Response;
use http::request::Parts;
use serde_json::{Map, Value, json};

use super::done;
use crate::emulator::Emulator;
use crate::faults::Fault;
use crate::response::{Handled, Problem, ok};
use crate::route::query_pairs;

/// Injects the fault `{fault, operation, times}`: the text of [`Fault`], and, both optional, an
/// operation and how many requests. `times` counts before that of the text; all requests if neither
/// is there.
pub(super) fn inject(emulator: &Emulator, asked: &Map<String, Value>) -> Handled {
    let text = |name| asked.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let written = text("fault").unwrap_or_default();
    let mut fault: Fault =
        written.parse().map_err(|error| Problem::bad_request(format!("{error}.")))?;
    if let Some(operation) = text("operation") {
        fault = fault.on(operation).map_err(|error| Problem::bad_request(format!("{error}.")))?;
    }
    fault = match asked.get("times") {
        None | Some(Value::Null) if Fault::is_counted(written) => fault,
        None | Some(Value::Null) => fault.times(u32::MAX),
        Some(times) => {
            let times = times.as_u64().and_then(|times| u32::try_from(times).ok());
            let wrong = || Problem::bad_request("times has to be a number from 1.");
            fault.times(times.filter(|times| *times > 0).ok_or_else(wrong)?)
        }
    };
    emulator.inject(fault);
    Ok(ok(&list(emulator)))
}

/// Removes the fault that the query names by `number`, or all of them.
pub(super) fn remove(emulator: &Emulator, parts: &Parts) -> Result<Response<Bytes>, Problem> {
    let pairs = query_pairs(parts.uri.query().unwrap_or_default());
    match pairs.iter().find(|(name, _)| name == "number") {
        None => emulator.clear_faults(),
        Some((_, number)) => {
            let wrong = |_| Problem::bad_request("number has to be the number of a fault.");
            emulator.state().faults.remove(number.parse().map_err(wrong)?);
        }
    }
    Ok(done())
}

/// The faults that have not happened yet.
pub(super) fn list(emulator: &Emulator) -> Vec<Value> {
    let state = emulator.state();
    let faults = state.faults.numbered().map(|(number, fault)| {
        let times = Some(fault.times_left()).filter(|times| *times < u32::MAX / 2);
        json!({
            "number": number,
            "fault": fault.summary(),
            "operation": fault.operation(),
            "path": fault.path(),
            "times": times,
        })
    });
    faults.collect()
}
