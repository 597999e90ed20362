//! Measures a decision, on random pages of a site with the size of a town, for somebody of each
//! tier. The budget is 100 ns.

mod town;

use criterion::{Criterion, criterion_group, criterion_main};
use narthex_access::decide::decide;
use narthex_access::{Action, Catalogue, Door, Object, Subject};
use std::hint::black_box;
use town::{Numbers, Size, account_id, page_id};

const SIZE: Size = Size {
    accounts: 10_000,
    groups: 1_000,
    spaces: 500,
    pages: 20_000,
};

fn decisions(c: &mut Criterion) {
    let catalogue: Catalogue = town::rows(&SIZE).into_iter().collect();
    let mut numbers = Numbers(7);
    let pages: Vec<Object> = (0..65_536)
        .map(|_| Object::Page(page_id(numbers.below(SIZE.pages))))
        .collect();
    let somebody = |n, door| catalogue.subject_of(account_id(n), door);
    let subjects = [
        ("licensed", somebody(1000, Door::Confluence), Action::View),
        ("guest", somebody(1006, Door::Confluence), Action::View),
        ("unlicensed", somebody(1007, Door::Confluence), Action::View),
        (
            "customer in the portal",
            somebody(1009, Door::Portal),
            Action::ViewInPortal,
        ),
        ("anonymous", Some(Subject::anonymous()), Action::View),
        (
            "licensed, edit",
            somebody(1000, Door::Confluence),
            Action::Edit,
        ),
    ];
    let mut group = c.benchmark_group("decide one of 20,000 pages");
    for (name, subject, action) in subjects {
        let Some(subject) = subject else { continue };
        let mut pages = pages.iter().cycle();
        group.bench_function(name, |b| {
            b.iter(|| {
                pages
                    .next()
                    .map(|page| decide(black_box(&catalogue), &subject, action, *page))
            });
        });
    }
    group.finish();
}

criterion_group!(benches, decisions);
criterion_main!(benches);
