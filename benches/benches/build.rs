//! Building a request, compared with `http::Request`'s own builder and `format!`.

#![expect(missing_docs, reason = "of the function that criterion's macro writes")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use http::Request;
use imagekit_proto::api::files::{GetFileDetails, UpdateFileDetails};
use imagekit_proto::{Config, Endpoint, RequestContext};

const FILE: &str = "598821f949c0a938d57563bd";

fn by_hand(file_id: &str, authorization: &str) -> Option<Request<()>> {
    Request::builder()
        .method("GET")
        .uri(format!("https://api.imagekit.io/v1/files/{file_id}/details"))
        .header("authorization", authorization)
        .header("accept", "application/json")
        .header("user-agent", "imagekit-by-hand/1.0")
        .body(())
        .ok()
}

fn build(criterion: &mut Criterion) {
    let Ok(config) = Config::new("private_test_key") else { return };
    let details = GetFileDetails::new(FILE);
    let update =
        UpdateFileDetails::new(FILE).tags(["red", "round-neck"]).custom_coordinates("1,2,3,4");

    let mut group = criterion.benchmark_group("build");
    group.bench_function("get details", |bencher| {
        bencher.iter(|| black_box(&details).build(&RequestContext::new(&config, 7)).is_ok());
    });
    group.bench_function("get details by hand", |bencher| {
        bencher.iter(|| by_hand(black_box(FILE), "Basic cHJpdmF0ZV90ZXN0X2tleTo=").is_some());
    });
    group.bench_function("update details", |bencher| {
        bencher.iter(|| black_box(&update).build(&RequestContext::new(&config, 7)).is_ok());
    });
    group.finish();
}

criterion_group!(benches, build);
criterion_main!(benches);
