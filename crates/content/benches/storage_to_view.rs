//! Measures how fast bodies become pages: bytes of storage format per second, parsed and rendered,
//! on one core.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use narthex_content::hole::Hole;
use narthex_content::slot::Slot;
use narthex_content::template::Template;
use narthex_content::view::{Renderer, ViewKind};
use narthex_content::{storage, text};

/// Fills holes as for a viewer who sees everything.
fn answer(hole: &Hole, slot: &mut Slot<'_>) {
    match hole {
        Hole::Link(_) | Hole::File(_) => slot.link(
            "/wiki/spaces/OPS/pages/1234567/Gateway+handbook",
            "Gateway handbook",
        ),
        Hole::Image(_) => slot.image("/wiki/download/attachments/1234567/halls.png"),
        Hole::Person { .. } => slot.person("Ada Lovelace", None),
        _ => slot.absent(),
    }
}

/// Returns all pages of `narthex demo`, as an example of a small wiki.
fn demo() -> Vec<String> {
    let mut pages = Vec::new();
    let mut folders = vec![std::path::PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../narthex/src/demo/content"
    ))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(page) = std::fs::read_to_string(path) {
                pages.push(page);
            }
        }
    }
    pages
}

fn view(renderer: &Renderer, body: &str) -> Template {
    let document =
        storage::parse(black_box(body)).unwrap_or_else(|_| storage::Document::from_text(""));
    renderer.render(&document, ViewKind::View)
}

fn benches(c: &mut Criterion) {
    let renderer = Renderer::default();
    let runbook = include_str!("../tests/bodies/runbook.xml");
    let prose = include_str!("../tests/bodies/prose.xml");
    let mut group = c.benchmark_group("storage_to_view");
    for (name, body) in [("runbook", runbook), ("prose", prose)] {
        group.throughput(Throughput::Bytes(body.len() as u64));
        group.bench_function(name, |b| b.iter(|| view(&renderer, body)));
    }
    let pages = demo();
    let bytes: usize = pages.iter().map(String::len).sum();
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("demo", |b| {
        b.iter(|| {
            pages
                .iter()
                .map(|page| view(&renderer, page).weight())
                .sum::<usize>()
        });
    });
    group.finish();

    let mut group = c.benchmark_group("parts");
    group.throughput(Throughput::Bytes(runbook.len() as u64));
    group.bench_function("parse", |b| b.iter(|| storage::parse(black_box(runbook))));
    let document = storage::parse(runbook).unwrap_or_else(|_| storage::Document::from_text(""));
    let template = renderer.render(&document, ViewKind::View);
    group.bench_function("fill", |b| {
        b.iter(|| black_box(&template).fill(&mut answer))
    });
    group.bench_function("plain_text", |b| {
        b.iter(|| text::plain(black_box(&document)))
    });
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
