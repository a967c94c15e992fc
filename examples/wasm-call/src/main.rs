//! A call of the core where there is no clock, socket or random source:
//! `cargo build -p example-wasm-call --target wasm32-unknown-unknown`, then call the exported
//! `main`, which returns 0. `cargo xtask ci` does so in Node.

use std::convert::Infallible;
use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use http::{Response, StatusCode};
use imagekit_proto::api::files::GetFileDetails;
use imagekit_proto::{Attempt, Call, CallOptions, Config, Step, operation};

fn main() -> Result<(), Box<dyn Error>> {
    let config = Config::new("private_abc")?;
    let details = GetFileDetails::new("598821f949c0a938d57563bd");
    // The host of the module passes random bits, the time, and responses.
    let mut call = Call::<_, Infallible>::new(&config, details, CallOptions::default(), 0x5eed);
    let mut clock = Duration::ZERO;
    let mut sent = 0;
    let file = loop {
        match call.poll(clock) {
            Step::Send(attempt) => {
                sent += 1;
                call.on_response(clock, respond(sent, &attempt)?);
            }
            Step::Sleep(wait) => clock += wait,
            Step::Done(outcome) => break outcome?,
        }
    };
    if file.attempts != 2 || clock < Duration::from_secs(5) {
        return Err("the call did not wait as long as the server asked".into());
    }
    signature()
}

/// Asks for a pause of five seconds first, then responds with a file.
fn respond(sent: u32, attempt: &Attempt) -> Result<Response<Bytes>, Box<dyn Error>> {
    if attempt.request.uri().host() != Some("api.imagekit.io") {
        return Err("the request goes to another host".into());
    }
    if sent == 1 {
        let busy = Response::builder()
            .status(StatusCode::TOO_MANY_REQUESTS)
            .header("X-RateLimit-Reset", "5000")
            .body(Bytes::new())?;
        return Ok(busy);
    }
    let operation = operation::find("get-file-details").ok_or("there is no such operation")?;
    Ok(operation.sample_response())
}

/// Verifies a webhook message that it has signed.
#[cfg(feature = "sign")]
fn signature() -> Result<(), Box<dyn Error>> {
    use imagekit_proto::types::UnixTime;
    use imagekit_proto::webhook::{WebhookSigner, WebhookVerifier};

    let now = UnixTime::from_secs(1_700_000_000);
    let headers = WebhookSigner::new("whsec_abc")?.sign("msg_1", now, b"{}")?;
    WebhookVerifier::new("whsec_abc")?.verify(&headers, b"{}", now)?;
    Ok(())
}

#[cfg(not(feature = "sign"))]
fn signature() -> Result<(), Box<dyn Error>> {
    Ok(())
}
