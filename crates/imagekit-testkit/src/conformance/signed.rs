//! Suite `signed`: options, private key and clock to a signed URL.

use super::{
    ordered::Json,
    report::Report,
    source::Source,
    vector::{self, Vector},
};

pub(crate) fn run(text: &str, report: &mut Report) -> Result<(), String> {
    for case in vector::read(text)? {
        case.judge(sign(&case).map(Json::Text), report);
    }
    Ok(())
}

fn sign(case: &Vector) -> Result<String, String> {
    let source = Source::read(&case.input)?;
    let url = source.builder();
    let Some((signer, expiry)) = source.signature(case.private_key.as_deref(), case.now_unix)?
    else {
        return url.build().map_err(|error| error.to_string());
    };
    url.sign(&signer, expiry).map_err(|error| error.to_string())
}
