//! Building an upload form and reading its body.

#![expect(missing_docs, reason = "of the function that criterion's macro writes")]

use std::hint::black_box;
use std::io::{self, Read};

use bytes::Bytes;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use imagekit_proto::api::upload::{FileSource, UploadFile};
use imagekit_proto::{Config, Endpoint, RequestContext};

const MIB: usize = 1 << 20;

fn multipart(criterion: &mut Criterion) {
    let Ok(config) = Config::new("private_test_key") else { return };
    let upload = UploadFile::new("cat.jpg")
        .file(FileSource::bytes(Bytes::from(vec![7; MIB])))
        .folder("/pets")
        .tags(["cat", "grey"])
        .custom_metadata("brand", "Nike");

    let mut group = criterion.benchmark_group("multipart");
    group.bench_function("build", |bencher| {
        bencher.iter(|| black_box(&upload).build(&RequestContext::new(&config, 7)).is_ok());
    });
    group.throughput(Throughput::Bytes(MIB as u64));
    group.bench_function("read 1 MiB", |bencher| {
        let mut buffer = vec![0; 64 << 10];
        bencher.iter(|| {
            let Ok(request) = upload.build(&RequestContext::new(&config, 7)) else { return 0 };
            let mut reader = request.into_body().into_reader(io::empty());
            let mut total = 0;
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                total += count;
            }
            total
        });
    });
    group.finish();
}

criterion_group!(benches, multipart);
criterion_main!(benches);
