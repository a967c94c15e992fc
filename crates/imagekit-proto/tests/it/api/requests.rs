//! Requests: their JSON form and the request they build say the same.

use imagekit_proto::{Config, Endpoint as _, RequestContext, operation};
use proptest::prelude::*;
use serde_json::Value;

use super::edits::{apply, edits, lost};
use super::inputs;

/// Reads an input, and if it is one, checks that its JSON form is the same input and builds the
/// same request. Returns that form.
fn run(id: &str, input: &Value) -> Result<Value, String> {
    let entry = operation::find(id).unwrap();
    let form = entry.normalize(input.clone()).map_err(|error| error.to_string())?;
    assert_eq!(entry.normalize(form.clone()).unwrap(), form);

    let endpoint = entry.endpoint(input.clone()).unwrap();
    let again = entry.endpoint(form.clone()).unwrap();
    assert_eq!(endpoint.idempotency(), again.idempotency());
    let config = Config::new("private_key").unwrap();
    for skip in [false, true] {
        let cx = RequestContext::new(&config, 7).skip_limit_checks(skip);
        match (endpoint.build(&cx), again.build(&cx)) {
            (Ok(first), Ok(second)) => {
                assert_eq!(first.method(), second.method());
                assert_eq!(first.uri(), second.uri());
                assert_eq!(first.headers(), second.headers());
                assert_eq!(first.body().as_bytes(), second.body().as_bytes());
            }
            (first, second) => assert_eq!(first.err(), second.err()),
        }
    }
    Ok(form)
}

#[test]
fn every_field_of_every_input_is_found_again() {
    for (id, input) in inputs() {
        let form = run(&id, &input).unwrap_or_else(|error| panic!("{id}: {error}"));
        let lost = lost(&input, Some(&form), &id);
        assert!(lost.is_empty(), "{lost:?}");
        assert_eq!(form.as_object().unwrap().len(), input.as_object().unwrap().len(), "{form}");
    }
}

#[test]
fn null_is_absent_except_for_a_patch() {
    for (id, input) in inputs() {
        for key in input.as_object().unwrap().keys() {
            let (mut null, mut absent) = (input.clone(), input.clone());
            null[key] = Value::Null;
            absent.as_object_mut().unwrap().remove(key);
            match (run(&id, &null), run(&id, &absent)) {
                (Ok(form), Ok(_))
                    if id == "update-file-details"
                        && ["tags", "customCoordinates"].contains(&key.as_str()) =>
                {
                    assert!(form.get(key).unwrap().is_null());
                }
                (Ok(null), Ok(absent)) => assert_eq!(null, absent, "{id} {key}"),
                (null, absent) => {
                    assert!(null.is_err() && absent.is_err(), "{id} {key}: {null:?} {absent:?}");
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn an_input_and_its_json_form_say_the_same(
        place in any::<prop::sample::Index>(),
        edits in edits(),
    ) {
        let inputs = inputs();
        let (id, input) = place.get(&inputs);
        let input = apply(input.clone(), &edits, &[]);
        // What is no input is refused, which is as good; whatever is, must hold.
        if let Ok(form) = run(id, &input) {
            let lost = lost(&form, Some(&input), id);
            prop_assert!(lost.is_empty(), "{:?}", lost);
        }
    }

    #[test]
    fn unknown_keys_of_an_input_are_refused(
        place in any::<prop::sample::Index>(),
        key in "zz\\PC{0,8}",
        value in super::edits::anything(),
    ) {
        let inputs = inputs();
        let (id, input) = place.get(&inputs);
        let mut input = input.clone();
        input[key] = value;
        prop_assert!(run(id, &input).is_err());
    }
}
