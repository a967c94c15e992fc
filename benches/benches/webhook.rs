//! Verifying and parsing a webhook of 4 KiB.

#![expect(missing_docs, reason = "of the function that criterion's macro writes")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use imagekit_benches::inputs;
use imagekit_proto::types::UnixTime;
use imagekit_proto::webhook::{WebhookSigner, WebhookVerifier};

const SECRET: &str = "whsec_c2VjcmV0";
const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);

fn webhook(criterion: &mut Criterion) {
    let body = inputs::event().to_string().into_bytes();
    let (Ok(verifier), Ok(signer)) = (WebhookVerifier::new(SECRET), WebhookSigner::new(SECRET))
    else {
        return;
    };
    let Ok(headers) = signer.sign("msg_1", NOW, &body) else { return };

    let mut group = criterion.benchmark_group("webhook");
    group.throughput(Throughput::Bytes(body.len() as u64));
    group.bench_function("verify", |bencher| {
        bencher.iter(|| verifier.verify(black_box(&headers), &body, NOW).is_ok());
    });
    group.bench_function("verify, then typed event", |bencher| {
        bencher.iter(|| {
            let verified = verifier.verify(black_box(&headers), &body, NOW);
            verified.is_ok_and(|message| message.event().is_ok())
        });
    });
    group.finish();
}

criterion_group!(benches, webhook);
criterion_main!(benches);
