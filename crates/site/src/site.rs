//! A site on one node.

use crate::error::SiteError;
use crate::plan::Plan;
use crate::render::{self, Policy, Templates};
use crate::thumbnail::Thumbnails;
use narthex_access::{Credential, Door, View};
use narthex_content::view::Renderer;
use narthex_store::change::{Change, Planned};
use narthex_store::{CommitError, Entropy, Store};
use std::sync::{Arc, Mutex};

/// A site: its store, and what is made of bodies. Cheap to clone.
#[derive(Clone)]
pub struct Site {
    pub(crate) store: Store,
    pub(crate) entropy: Entropy,
    pub(crate) templates: Arc<Templates>,
    pub(crate) renderer: Arc<Renderer>,
    pub(crate) thumbnails: Arc<Thumbnails>,
    /// The turn to read a large text: a text that is read takes many times its bytes.
    pub(crate) reading: Arc<Mutex<()>>,
    /// The search index of this node; none where nobody searches.
    pub(crate) search: Option<Arc<crate::search::SearchIndex>>,
}

impl std::fmt::Debug for Site {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Site").finish_non_exhaustive()
    }
}

impl Site {
    /// The site that a store keeps.
    pub fn new(store: Store, entropy: Entropy) -> Self {
        Self {
            store,
            entropy,
            templates: Arc::new(render::templates()),
            renderer: Arc::default(),
            thumbnails: Arc::default(),
            reading: Arc::default(),
            search: None,
        }
    }

    /// The site, whose pages may show so much of other hosts. What was rendered before
    /// isn't used.
    #[must_use]
    pub fn with_policy(&self, policy: Policy) -> Self {
        Self {
            templates: Arc::new(render::templates()),
            renderer: Arc::new(Renderer::new(policy)),
            ..self.clone()
        }
    }

    /// The site with another source of randomness: tests that compare two sites
    /// draw the ids of what differs from a stream of its own.
    #[must_use]
    pub fn with_entropy(&self, entropy: Entropy) -> Self {
        Self {
            entropy,
            ..self.clone()
        }
    }

    /// Where new ids and secrets come from.
    pub fn entropy(&self) -> &Entropy {
        &self.entropy
    }

    /// The store, for health and the commands of operation. Content comes out of
    /// it against a witness only.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// What a credential sees now: passes the freshness gate, so that every
    /// change acknowledged before this call is in it (law 7.5).
    ///
    /// # Errors
    /// Unauthorized for a wrong credential; storage where the newest revision
    /// can't be learnt.
    pub async fn view(&self, credential: &Credential, door: Door) -> Result<View, SiteError> {
        let (catalogue, now) = self.store.catalogue().await?;
        Ok(View::open(catalogue, credential, door, now)?)
    }

    /// Makes a change: runs the plan against the newest catalogue inside the
    /// write's transaction. The plan may be run again, so it has no effects.
    ///
    /// # Errors
    /// What the plan answers; unauthorized for a credential that has become wrong
    /// since the request came in; storage.
    pub async fn commit<T: Send + 'static>(
        &self,
        credential: &Credential,
        plan: impl Fn(&Plan<'_>) -> Result<Change<T>, SiteError> + Send + Sync + 'static,
    ) -> Result<T, SiteError> {
        let credential = credential.clone();
        let entropy = self.entropy.clone();
        let planned = self.store.commit(move |catalogue, now| {
            let view = View::open(Arc::clone(catalogue), &credential, Door::Confluence, now)?;
            let context = Plan {
                view: &view,
                catalogue,
                now,
                entropy: &entropy,
            };
            let change = plan(&context)?;
            Ok(Planned {
                actor: context.actor(),
                change,
            })
        });
        planned.await.map_err(|error| match error {
            CommitError::Refused(refused) => refused,
            CommitError::Db(db) => SiteError::Storage(db),
        })
    }

    /// What a plan would do, without doing it: for `dryRun`.
    ///
    /// # Errors
    /// As [`Site::commit`].
    pub async fn rehearse<T>(
        &self,
        credential: &Credential,
        plan: impl Fn(&Plan<'_>) -> Result<T, SiteError>,
    ) -> Result<T, SiteError> {
        let (catalogue, now) = self.store.catalogue().await?;
        let view = View::open(Arc::clone(&catalogue), credential, Door::Confluence, now)?;
        plan(&Plan {
            view: &view,
            catalogue: &catalogue,
            now,
            entropy: &self.entropy,
        })
    }
}
