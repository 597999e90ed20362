//! Folders: one that everybody sees, with pages in it that not everybody sees, and one below a page
//! that few see.

use super::build::Builder;
use super::content::PageSpec;
use super::who::{Audience, EVERYBODY, Who};
use narthex_access::{PageKind, Principal};

impl Builder {
    /// Makes the folders with their content.
    pub(super) async fn folders(&mut self) {
        let olga = Principal::Account(self.id_of(Who::Olga));
        let only_olga = Audience::of(&[Who::Olga]);
        let page = |name, by, audience| PageSpec::new(name, "DOCS", by, audience);
        let folder = |spec: PageSpec| PageSpec {
            kind: PageKind::Folder,
            laden: false,
            ..spec
        };
        self.page(folder(page("Shelf", Who::Ada, EVERYBODY))).await;
        self.page(PageSpec {
            parent: Some("Shelf"),
            ..page("On the shelf", Who::Lena, EVERYBODY)
        })
        .await;
        self.page(PageSpec {
            parent: Some("Shelf"),
            readers: Some(vec![olga]),
            ..page("Secret on the shelf", Who::Olga, only_olga)
        })
        .await;
        let secret = page("Secret shelf", Who::Olga, only_olga);
        self.page(PageSpec {
            parent: Some("Secret"),
            ..folder(secret)
        })
        .await;
        self.page(PageSpec {
            parent: Some("Secret shelf"),
            ..page("On the secret shelf", Who::Olga, only_olga)
        })
        .await;
    }
}
