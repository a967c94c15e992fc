//! Parsing a response, compared with a hand-written struct that drops unknown keys.

#![expect(missing_docs, reason = "of the function that criterion's macro writes")]

use std::hint::black_box;

use bytes::Bytes;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use http::Response;
use imagekit_benches::{inputs, peers};
use imagekit_proto::api::assets::ListAndSearchAssets;
use imagekit_proto::api::files::{GetFileDetails, GetUploadedFileMetadata};
use imagekit_proto::{Endpoint, EndpointExt as _};
use serde::de::DeserializeOwned;
use serde_json::Value;

fn compare<E: Endpoint, P: DeserializeOwned>(
    criterion: &mut Criterion,
    name: &str,
    endpoint: &E,
    value: &Value,
) {
    let response = Response::new(Bytes::from(value.to_string()));
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Bytes(response.body().len() as u64));
    group.bench_function("imagekit", |bencher| {
        bencher.iter(|| endpoint.parse(black_box(&response)).is_ok());
    });
    group.bench_function("by hand", |bencher| {
        bencher.iter(|| serde_json::from_slice::<P>(black_box(response.body())).is_ok());
    });
    group.finish();
}

fn parse(criterion: &mut Criterion) {
    let details = GetFileDetails::new("a");
    compare::<_, peers::File>(criterion, "parse file", &details, &inputs::file(1));
    let page = ListAndSearchAssets::new();
    compare::<_, Vec<peers::Row>>(criterion, "parse page of 1000", &page, &inputs::page());
    let metadata = GetUploadedFileMetadata::new("a");
    compare::<_, peers::Metadata>(criterion, "parse metadata", &metadata, &inputs::metadata());
}

criterion_group!(benches, parse);
criterion_main!(benches);
