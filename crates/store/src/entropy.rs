//! Randomness as a parameter: the operating system's in the program, and a seed's in tests that
//! compare two runs.

use parking_lot::Mutex;
use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};
use std::sync::Arc;

/// A source of unguessable numbers. It is cheap to clone; clones draw from one stream.
#[derive(Clone)]
pub struct Entropy(Arc<Mutex<ChaCha20Rng>>);

impl Entropy {
    /// Returns a stream that is seeded by the operating system.
    ///
    /// # Errors
    /// Returns the operating system's error if it can't provide randomness.
    pub fn from_os() -> std::io::Result<Self> {
        let random = ChaCha20Rng::try_from_os_rng().map_err(std::io::Error::other)?;
        Ok(Self(Arc::new(Mutex::new(random))))
    }

    /// Returns the stream of a seed, for tests.
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(ChaCha20Rng::seed_from_u64(seed))))
    }

    /// Returns a random number for an id, such as `PageId::from_random` makes (law 7.4: ids tell
    /// nothing about when or how many), or for the mark of a revision.
    pub fn number(&self) -> u64 {
        self.0.lock().next_u64()
    }

    /// Returns random bytes for secrets and names of blobs.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.lock().fill_bytes(&mut bytes);
        bytes
    }
}

impl std::fmt::Debug for Entropy {
    /// Writes the name alone, because the state of the stream is a secret.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Entropy")
    }
}
