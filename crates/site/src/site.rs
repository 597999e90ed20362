//! A site on one node: the handle through which handlers and commands read and write.

use crate::error::SiteError;
use crate::plan::Plan;
use crate::render::{self, Policy, Templates};
use crate::thumbnail::Thumbnails;
use narthex_access::{Credential, Door, View};
use narthex_content::view::Renderer;
use narthex_store::change::{Change, Planned};
use narthex_store::{CommitError, Entropy, Store};
use std::sync::{Arc, Mutex};

/// A site: its store, its search index, and caches of what is rendered. Cheap to clone.
#[derive(Clone)]
pub struct Site {
    pub(crate) store: Store,
    pub(crate) entropy: Entropy,
    pub(crate) templates: Arc<Templates>,
    pub(crate) renderer: Arc<Renderer>,
    pub(crate) thumbnails: Arc<Thumbnails>,
    /// The lock for reading a large text, since parsing takes many times the text's bytes.
    pub(crate) reading: Arc<Mutex<()>>,
    /// The search index of this node; `None` for commands that don't search.
    pub(crate) search: Option<Arc<crate::search::SearchIndex>>,
}

impl std::fmt::Debug for Site {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Site").finish_non_exhaustive()
    }
}

impl Site {
    /// Makes a site on a store, without a search index.
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

    /// Returns the site with another policy for what its pages show of other hosts. Everything
    /// rendered before is forgotten.
    #[must_use]
    pub fn with_policy(&self, policy: Policy) -> Self {
        Self {
            templates: Arc::new(render::templates()),
            renderer: Arc::new(Renderer::new(policy)),
            ..self.clone()
        }
    }

    /// Returns the site with another source of randomness. Tests that compare two sites draw the
    /// ids of what differs from a source of its own.
    #[must_use]
    pub fn with_entropy(&self, entropy: Entropy) -> Self {
        Self {
            entropy,
            ..self.clone()
        }
    }

    /// The source of new ids and secrets.
    pub fn entropy(&self) -> &Entropy {
        &self.entropy
    }

    /// The store, for health checks and commands. It returns content only against a witness.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Opens the present view of a credential. It passes the freshness gate, so every change that
    /// was acknowledged before this call is in it (law 7.5).
    ///
    /// # Errors
    /// Unauthorized for a wrong credential; storage if the newest revision can't be read.
    pub async fn view(&self, credential: &Credential, door: Door) -> Result<View, SiteError> {
        let (catalogue, now) = self.store.catalogue().await?;
        Ok(View::open(catalogue, credential, door, now)?)
    }

    /// Makes a change: runs the plan against the newest catalogue inside the write's transaction.
    /// The plan may be run again, so it must have no effects.
    ///
    /// # Errors
    /// The errors of the plan; unauthorized for a credential that has become wrong since the
    /// request came in; storage.
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

    /// Runs a plan without making its change, for `dryRun` and for reads that a plan decides.
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
