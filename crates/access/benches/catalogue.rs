//! Measures loading, following and opening, and the memory that a page takes. Budgets: a million
//! pages loaded in 0.7 s with the database, 20,000 in 150 ms at a start; one change published in
//! microseconds; 350 bytes a page; opening a space of 100,000 pages at most 1.2 times what one of
//! 10 takes.

mod town;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use narthex_access::*;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;
use town::{Numbers, Size, page, space_id};

const MILLION: Size = Size {
    accounts: 10_000,
    groups: 1_000,
    spaces: 500,
    pages: 1_000_000,
};

fn changes(c: &mut Criterion) {
    let mut group = c.benchmark_group("of 1,000,000 pages");
    let catalogue = load("1,000,000 pages", &MILLION);
    // Readers hold it like this, as a published catalogue.
    let published = Arc::new(catalogue);
    let mut numbers = Numbers(3);
    group.bench_function("publish a new version of a page", |b| {
        b.iter_batched(
            || PageRow {
                version: 2,
                ..page(numbers.below(MILLION.pages), &MILLION)
            },
            |row| publish(&published, row.into()),
            BatchSize::SmallInput,
        );
    });
    let mut n = MILLION.pages;
    group.bench_function("publish a new page", |b| {
        b.iter_batched(
            || {
                n += 1;
                page(n, &MILLION)
            },
            |row| publish(&published, row.into()),
            BatchSize::SmallInput,
        );
    });
    group.bench_function("publish a grant", |b| {
        b.iter(|| publish(&published, unlicensed_view(space_id(1)).into()));
    });
    group.finish();
    drop(published);

    let mut group = c.benchmark_group("open and close a space");
    for pages in [10, 100_000] {
        let size = Size {
            accounts: 1_000,
            groups: 100,
            spaces: 1,
            pages,
        };
        let published = Arc::new(town::rows(&size).into_iter().collect::<Catalogue>());
        group.bench_function(format!("of {pages} pages"), |b| {
            b.iter(|| {
                let open = publish(&published, unlicensed_view(space_id(0)).into());
                let grant = Table::Grant;
                publish(&open, RowChange::Remove(grant, 1))
            });
        });
    }
    group.finish();
}

fn unlicensed_view(space: SpaceId) -> GrantRow {
    GrantRow {
        id: GrantId::from_random(1),
        space,
        principal: Principal::Class(AccessClass::AuthenticatedUsers),
        operation: Operation::Read,
        role: None,
    }
}

fn publish(catalogue: &Arc<Catalogue>, change: RowChange) -> Arc<Catalogue> {
    let mut next = Catalogue::clone(black_box(catalogue));
    next.apply(change);
    Arc::new(next)
}

/// Loads a site, and prints how long it took and how much memory its pages take.
fn load(name: &str, size: &Size) -> Catalogue {
    let without_pages: Catalogue = town::people_and_spaces(size).into_iter().collect();
    let rows = town::rows(size);
    let titles = 16 + 16 + 8;
    let before = resident();
    let start = Instant::now();
    let mut loader = Loader::default();
    for row in rows {
        loader.put(row);
    }
    let catalogue = loader.finish();
    let took = start.elapsed();
    // A second one shares only the titles with the first, and its size doesn't include what loading
    // left in memory.
    let again = resident();
    let rows: Vec<Row> = catalogue
        .pages_from(PageId::from_random(0))
        .map(|it| it.row().clone().into())
        .collect();
    let held = resident();
    let mut copy = without_pages.clone();
    drop(rows);
    copy.revision = 1;
    eprintln!(
        "{name}: loaded in {took:?}; resident {before} before, {again} after, {held} with rows again; \
         about {} bytes a page by the maps' layout, {titles} more for a title",
        bytes_a_page()
    );
    catalogue
}

/// Returns the bytes of the maps for one page: its row and id, and its keys in three indexes.
fn bytes_a_page() -> usize {
    size_of::<(PageId, narthex_access::catalogue::Page)>()
        + size_of::<(SpaceId, PageId)>()
        + size_of::<(u64, i64, PageId)>()
        + size_of::<(SpaceId, u64, PageId)>()
}

/// Returns the process's resident memory in mebibytes, or 0 if the system doesn't tell.
fn resident() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = statm
        .split(' ')
        .nth(1)
        .and_then(|it| it.parse::<u64>().ok());
    pages.unwrap_or(0) * 4 / 1024
}

criterion_group!(benches, changes);
criterion_main!(benches);
