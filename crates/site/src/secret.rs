//! Secrets that the site makes: API tokens, session cookies, one-time links.
//!
//! Each has 256 random bits, is shown once, and is stored only as its SHA-256. A slow hash would
//! add nothing, because the secret can't be guessed.

use narthex_access::credential::SecretHash;
use narthex_store::Entropy;
use sha2::{Digest, Sha256};
use std::fmt;
use subtle::ConstantTimeEq;

/// The prefix of API tokens, by which people and secret scanners recognise them.
pub const TOKEN_PREFIX: &str = "nx_";

/// The number of random characters of a secret: 43 of 62 hold 256 bits.
const RANDOM: usize = 43;

/// The number of characters of a token's checksum: 6 of 62 hold the 32 bits of a CRC.
const CHECKSUM: usize = 6;

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// A secret that is shown to its owner once. Its `Debug` output doesn't contain it, so no log does.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Makes a secret for a session cookie, a one-time link or set-up. It has digits and letters
    /// only, so it needs no escaping anywhere.
    pub fn random(entropy: &Entropy) -> Self {
        Self(random(entropy))
    }

    /// Makes the secret of an API token: the prefix, random characters, and their CRC-32, by which
    /// a scanner tells a token from a look-alike without a request.
    pub(crate) fn token(entropy: &Entropy) -> Self {
        let random = random(entropy);
        let checksum = checksum(&random);
        Self(format!("{TOKEN_PREFIX}{random}{checksum}"))
    }

    /// Returns the text of the secret, to show it to its owner.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The last four characters, by which its owner tells it from others. Those of a token are part
    /// of the checksum, so more than 230 bits of it stay unknown.
    pub(crate) fn ending(&self) -> &str {
        let start = self.0.len().saturating_sub(4);
        self.0.get(start..).unwrap_or_default()
    }

    /// The hash of the secret, which is what the catalogue stores.
    pub fn hash(&self) -> SecretHash {
        hash(&self.0)
    }

    /// Whether a text is this secret, in a time that reveals nothing about it.
    pub fn admits(&self, text: &str) -> bool {
        self.hash().ct_eq(&hash(text)).into()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// Returns the hash of a secret that a request sends, as the catalogue stores it.
pub fn hash(secret: &str) -> SecretHash {
    Sha256::digest(secret).into()
}

/// Whether a text has the shape of an API token, including its checksum. If not, it needn't be
/// looked up.
pub fn is_token(text: &str) -> bool {
    text.strip_prefix(TOKEN_PREFIX)
        .filter(|rest| rest.len() == RANDOM + CHECKSUM)
        .and_then(|rest| rest.split_at_checked(RANDOM))
        .is_some_and(|(random, sum)| sum == checksum(random))
}

fn random(entropy: &Entropy) -> String {
    // A byte from 248 on is drawn again: 248 is 4 times 62, so every character is equally likely.
    let draws = std::iter::repeat_with(|| entropy.bytes::<64>()).flatten();
    draws
        .filter(|byte| *byte < 248)
        .map(|byte| digit(byte.into()))
        .take(RANDOM)
        .collect()
}

fn digit(number: u32) -> char {
    DIGITS
        .iter()
        .cycle()
        .nth(number as usize % DIGITS.len())
        .copied()
        .map_or('0', char::from)
}

fn checksum(text: &str) -> String {
    let mut rest = crc32(text.as_bytes());
    let mut digits: Vec<char> = Vec::with_capacity(CHECKSUM);
    for _ in 0..CHECKSUM {
        digits.push(digit(rest % 62));
        rest /= 62;
    }
    digits.into_iter().rev().collect()
}

/// Computes the CRC-32 (IEEE 802.3), the checksum that tokens of other products use too.
fn crc32(bytes: &[u8]) -> u32 {
    let rest = bytes.iter().fold(u32::MAX, |rest, byte| {
        (0..8).fold(rest ^ u32::from(*byte), |rest, _| {
            if rest & 1 == 1 {
                (rest >> 1) ^ 0xedb8_8320
            } else {
                rest >> 1
            }
        })
    });
    !rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_crc_that_everybody_computes() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn a_token_is_known_by_its_prefix_length_and_checksum() {
        let token = Secret::token(&Entropy::seeded(1));
        let text = token.reveal();
        assert!(text.starts_with("nx_"));
        assert_eq!(text.len(), 3 + 43 + 6);
        assert!(is_token(text));
        assert!(!is_token(&text.replace("nx_", "ny_")));
        assert!(!is_token(&format!("{text}x")));
        let changed = if text.contains('a') {
            text.replace('a', "b")
        } else {
            text.replace('A', "B")
        };
        assert!(changed == text || !is_token(&changed));
        assert!(!is_token("nx_"));
        assert!(!is_token(
            "nx_äääääääääääääääääääääääääääääääääääääääääääääääää"
        ));
    }

    #[test]
    fn a_secret_is_letters_and_digits_and_differs_each_time() {
        let entropy = Entropy::seeded(2);
        let (one, other) = (Secret::random(&entropy), Secret::random(&entropy));
        assert!(one.reveal().chars().all(|c| c.is_ascii_alphanumeric()));
        assert_eq!(one.reveal().len(), 43);
        assert_ne!(one, other);
        assert!(one.admits(one.reveal()));
        assert!(!one.admits(other.reveal()));
    }

    #[test]
    fn a_secret_never_shows_itself_in_a_log() {
        assert_eq!(
            format!("{:?}", Secret::token(&Entropy::seeded(3))),
            "Secret"
        );
    }
}
