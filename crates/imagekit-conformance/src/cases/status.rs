//! The meaning of a status and its body.

use imagekit_proto::api::files::GetFileDetails;
use serde_json::{Value, json};

use super::{fine, fine_value};
use crate::ability::Ability;
use crate::case::{Case, attempts_at_most, call, endpoint_call, sees};
use crate::outcome::Why;
use crate::probe::{Probe, Real};
use crate::script::response;

const MISSING: &str =
    r#"{"message":"The requested file does not exist.","help":"Write to support."}"#;

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = successes();
    cases.extend(redirects());
    cases.extend(errors());
    cases
}

fn successes() -> Vec<Case> {
    let get = || call(Probe::get());
    let delete = || call(Probe::delete());
    let (gets, deletes) = (|| sees("GET /v1/probe"), || sees("DELETE /v1/probe"));
    vec![
        Case::new("status/200", [fine()]).call(get().value(fine_value())).sees(gets()),
        Case::new("status/201", [response(201).json("[1]")])
            .call(get().value(json!([1])))
            .sees(gets()),
        Case::new("status/202", [response(202).json(r#"{"message":"queued"}"#)])
            .call(get().value(json!({"message": "queued"})))
            .sees(gets()),
        Case::new("status/204", [response(204).end()])
            .call(delete().value(Value::Null))
            .sees(deletes()),
        Case::new("status/204-where-a-result-is-needed", [response(204).end()])
            .call(get().decode(204))
            .sees(gets()),
        Case::new("status/207", [response(207).json(r#"{"errors":[]}"#)])
            .call(get().value(json!({"errors": []})))
            .sees(gets()),
        Case::new("status/200-empty", [response(200).empty()])
            .call(delete().value(Value::Null))
            .sees(deletes()),
        Case::new("status/200-null", [response(200).json("null")])
            .call(delete().value(Value::Null))
            .sees(deletes()),
        Case::new("status/200-empty-where-a-result-is-needed", [response(200).empty()])
            .call(get().decode(200))
            .sees(gets()),
        Case::new("status/200-html-on-a-delete", [response(200).html()])
            .call(delete().decode(200).perhaps_applied())
            .sees(deletes()),
        Case::new("status/200-html", [response(200).html()]).call(get().decode(200)).sees(gets()),
        Case::new("status/200-json-under-another-type", [response(200).body("text/html", "[2]")])
            .call(get().value(json!([2])))
            .sees(gets()),
        Case::new("status/200-invalid-json", [response(200).json("{\"a\":}")])
            .call(get().decode(200))
            .sees(gets()),
        Case::new("status/200-truncated-json", [response(200).json(r#"{"a":[1,2"#)])
            .call(get().decode(200))
            .sees(gets()),
        Case::new("status/200-not-utf-8", [response(200).body("application/json", b"\"\xff\"")])
            .call(get().decode(200))
            .sees(gets()),
    ]
}

/// A redirect is never followed: it could send the key to any server.
fn redirects() -> Vec<Case> {
    let moved = |status| response(status).header("Location", "/v1/elsewhere").html();
    let get = |name, status| {
        Case::new(name, [moved(status)])
            .needs(Ability::Redirects)
            .call(call(Probe::get()).api(status))
            .sees(sees("GET /v1/probe"))
    };
    vec![
        get("status/301", 301),
        get("status/302", 302),
        get("status/303", 303),
        get("status/307", 307),
        get("status/308", 308),
        Case::new("status/304", [response(304).end()])
            .call(call(Probe::get()).api(304))
            .sees(sees("GET /v1/probe")),
        Case::new(
            "status/302-to-another-host",
            [response(302).header("Location", "http://127.0.0.2:1/v1/elsewhere").empty()],
        )
        .needs(Ability::Redirects)
        .call(call(Probe::get()).api(302))
        .sees(sees("GET /v1/probe")),
        Case::new("status/307-on-a-create", [moved(307)])
            .needs(Ability::Redirects)
            .call(call(Probe::create()).api(307))
            .sees(sees("POST /v1/probe").json(r#"{"name":"probe"}"#)),
        Case::new("status/308-on-an-upload", [moved(308)])
            .needs(Ability::Redirects)
            .call(call(Probe::upload_inline("file")).api(308))
            .sees(sees("POST /v1/probe").form(b"file")),
    ]
}

fn errors() -> Vec<Case> {
    let json = |name, status| {
        let error = response(status).header("x-ik-requestId", "request-1").json(MISSING);
        let get = call(Probe::get()).api(status).request_id("request-1");
        Case::new(name, [error])
            .call(get.message("The requested file does not exist."))
            .sees(sees("GET /v1/probe"))
    };
    let create = || sees("POST /v1/probe").json(r#"{"name":"probe"}"#);
    let details = endpoint_call(Box::new(Real(GetFileDetails::new("a b/c"))));
    vec![
        json("status/400", 400),
        json("status/401", 401),
        json("status/403", 403),
        json("status/404", 404),
        json("status/409", 409),
        json("status/423", 423),
        json("status/499", 499),
        json("status/600", 600).needs(Ability::UnusualStatuses),
        Case::new("status/404-html", [response(404).html()])
            .call(call(Probe::get()).api(404))
            .sees(sees("GET /v1/probe")),
        Case::new("status/404-empty", [response(404).empty()])
            .call(call(Probe::delete()).api(404))
            .sees(sees("DELETE /v1/probe")),
        Case::new(
            "status/401-challenge",
            [response(401).header("WWW-Authenticate", "Basic").empty()],
        )
        .call(call(Probe::get()).api(401))
        .sees(sees("GET /v1/probe")),
        Case::new("status/502-html", [response(502).html()])
            .call(call(Probe::get()).options(attempts_at_most(1)).api(502))
            .sees(sees("GET /v1/probe")),
        Case::new("status/502-html-on-a-create", [response(502).html()])
            .call(call(Probe::create()).maybe_applied(Why::Status(502)))
            .sees(sees("POST /v1/probe").json(r#"{"name":"probe"}"#)),
        Case::new("status/200-html-on-a-create", [response(200).html()])
            .call(call(Probe::create()).decode(200).perhaps_applied())
            .sees(create()),
        Case::new("status/600-on-a-create", [response(600).empty()])
            .needs(Ability::UnusualStatuses)
            .call(call(Probe::create()).maybe_applied(Why::Status(600)))
            .sees(create()),
        Case::new("status/999-on-a-create", [response(999).empty()])
            .needs(Ability::UnusualStatuses)
            .call(call(Probe::create()).maybe_applied(Why::Status(999)))
            .sees(create()),
        Case::new("status/501-on-a-create", [response(501).empty()])
            .call(call(Probe::create()).maybe_applied(Why::Status(501)))
            .sees(create()),
        Case::new("status/501", [response(501).empty()])
            .call(call(Probe::get()).api(501))
            .sees(sees("GET /v1/probe")),
        Case::new("status/505", [response(505).empty()])
            .call(call(Probe::get()).api(505))
            .sees(sees("GET /v1/probe")),
        Case::new("status/404-of-a-real-operation", [response(404).json(MISSING)])
            .call(details.api(404).message("The requested file does not exist."))
            .sees(sees("GET /v1/files/a%20b%2Fc/details")),
    ]
}
