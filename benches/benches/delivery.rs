//! Building, signing and verifying a delivery URL.

#![expect(missing_docs, reason = "of the function that criterion's macro writes")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use imagekit_proto::Secret;
use imagekit_proto::delivery::{
    Crop, Expiry, Format, Transformation, TransformationPosition, Transformations, UrlBase,
    UrlSigner,
};
use imagekit_proto::types::UnixTime;

const SOURCE: &str = "/folder/image.jpg";
const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);
const LATER: UnixTime = UnixTime::from_secs(1_700_000_060);

fn delivery(criterion: &mut Criterion) {
    let Ok(base) = UrlBase::new("https://ik.imagekit.io/your_imagekit_id") else { return };
    let Ok(signer) = UrlSigner::new(base.clone(), &Secret::new("private_test_key")) else {
        return;
    };
    let Ok(expiry) = Expiry::at(LATER, NOW) else { return };
    let steps: Transformations = Transformation::new()
        .width(300)
        .height(200)
        .crop(Crop::MaintainRatio)
        .quality(80)
        .format(Format::Webp)
        .into();
    let url = || {
        let url = base.url(black_box(SOURCE)).transformations(&steps);
        url.position(TransformationPosition::Path)
    };
    let Ok(signed) = url().sign(&signer, expiry) else { return };

    let mut group = criterion.benchmark_group("delivery");
    group.bench_function("URL with 5 transformations", |bencher| {
        bencher.iter(|| url().build().is_ok());
    });
    group.bench_function("the same, signed", |bencher| {
        bencher.iter(|| url().sign(&signer, expiry).is_ok());
    });
    group.bench_function("verify it", |bencher| {
        bencher.iter(|| signer.verify(black_box(&signed), NOW).is_ok());
    });
    group.finish();
}

criterion_group!(benches, delivery);
criterion_main!(benches);
