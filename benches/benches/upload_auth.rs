//! Signing an upload from a browser: token, expire, signature.

#![expect(missing_docs, reason = "of the function that criterion's macro writes")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use imagekit_proto::types::UnixTime;
use imagekit_proto::upload_auth::{SignatureToken, UploadSigner};

const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);

fn upload_auth(criterion: &mut Criterion) {
    let Ok(signer) = UploadSigner::new("private_test_key") else { return };

    let mut group = criterion.benchmark_group("upload auth");
    group.bench_function("from entropy", |bencher| {
        bencher.iter(|| {
            let token = SignatureToken::from_entropy(black_box([7; 16]));
            signer.sign(token, UploadSigner::DEFAULT_LIFETIME, NOW).is_ok()
        });
    });
    group.bench_function("of a token and an expire", |bencher| {
        bencher.iter(|| signer.signature_unchecked(black_box("your_token"), 1_582_269_249));
    });
    group.finish();
}

criterion_group!(benches, upload_auth);
criterion_main!(benches);
