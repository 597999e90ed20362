//! Randomness as a parameter: the operating system's in the program, a seed's in tests that compare two runs.

use parking_lot::Mutex;
use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};
use std::sync::Arc;

/// A source of unguessable numbers. Cheap to clone; clones draw from one stream.
#[derive(Clone)]
pub struct Entropy(Arc<Mutex<ChaCha20Rng>>);

impl Entropy {
    /// A stream that starts from the operating system's randomness.
    ///
    /// # Errors
    /// When the operating system has none to give.
    pub fn from_os() -> std::io::Result<Self> {
        let random = ChaCha20Rng::try_from_os_rng().map_err(std::io::Error::other)?;
        Ok(Self(Arc::new(Mutex::new(random))))
    }

    /// The stream of a seed: for tests.
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(ChaCha20Rng::seed_from_u64(seed))))
    }

    /// A random number for an id, `PageId::from_random` and its like (law 7.4: ids tell nothing about when or how many), or for the
    /// mark of a revision.
    pub fn number(&self) -> u64 {
        self.0.lock().next_u64()
    }

    /// Random bytes: secrets, names of blobs.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.lock().fill_bytes(&mut bytes);
        bytes
    }
}

impl std::fmt::Debug for Entropy {
    /// The state of the stream is a secret.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Entropy")
    }
}
