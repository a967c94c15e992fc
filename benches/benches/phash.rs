//! Distances of a million pairs of hashes.

#![expect(missing_docs, reason = "of the function that criterion's macro writes")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use imagekit_proto::phash::PHash;

const PAIRS: u64 = 1_000_000;

/// Hashes that differ from each other in no regular way (a Weyl sequence, mixed).
fn hashes() -> Vec<PHash> {
    let mixed = |index: u64| {
        let step = index.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (step ^ (step >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9)
    };
    (0..=PAIRS).filter_map(|index| format!("{:016x}", mixed(index)).parse().ok()).collect()
}

fn phash(criterion: &mut Criterion) {
    let hashes = hashes();

    let mut group = criterion.benchmark_group("phash");
    group.throughput(Throughput::Elements(PAIRS));
    group.sample_size(20);
    group.bench_function("distance of a million pairs", |bencher| {
        bencher.iter(|| -> u64 {
            let first = black_box(hashes.iter());
            let pairs = first.zip(hashes.iter().skip(1));
            pairs.filter_map(|(a, b)| a.distance(b).ok()).map(u64::from).sum()
        });
    });
    group.finish();
}

criterion_group!(benches, phash);
criterion_main!(benches);
