//! The folder of an index. Nodes may share a data folder: each takes one of its own in
//! it, the first that no other node holds.

use super::IndexError;
use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// So many nodes may share a data folder.
const NODES: usize = 64;

/// A folder that is this node's until it is dropped.
#[derive(Debug)]
pub struct Folder {
    /// Where the index's files are.
    path: PathBuf,
    /// A file beside it, by which whoever holds it is asked to make the index anew.
    asked: PathBuf,
    /// Holds the folder: the lock ends with the file, however the program ends.
    _lock: File,
}

impl Folder {
    /// Takes the first free folder in `home`, which is made if it isn't there.
    ///
    /// # Errors
    /// When none can be made or is free.
    pub fn take(home: &Path) -> Result<Self, IndexError> {
        std::fs::create_dir_all(home)?;
        for n in 1..=NODES {
            if let Some(folder) = Self::take_one(home, n)? {
                return Ok(folder);
            }
        }
        Err(IndexError::Io(std::io::Error::other(format!(
            "more than {NODES} nodes use the folder {}",
            home.display()
        ))))
    }

    /// Takes the folder with a number, if no other node holds it.
    fn take_one(home: &Path, n: usize) -> Result<Option<Self>, IndexError> {
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(home.join(format!("{n}.lock")))?;
        match lock.try_lock() {
            Ok(()) => {
                let path = home.join(n.to_string());
                std::fs::create_dir_all(&path)?;
                Ok(Some(Self {
                    path,
                    asked: asked(home, n),
                    _lock: lock,
                }))
            }
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// Asks the nodes that hold folders in `home` to make their indexes anew, and
    /// answers how many they are.
    ///
    /// # Errors
    /// When a folder can't be read or written.
    pub fn ask_to_rebuild(home: &Path) -> Result<usize, IndexError> {
        let mut count = 0;
        for n in 1..=NODES {
            if home.join(n.to_string()).is_dir() && Self::take_one(home, n)?.is_none() {
                File::create(asked(home, n))?;
                count += 1;
            }
        }
        Ok(count)
    }

    /// Whether it was asked to make the index anew since this was called last.
    #[must_use]
    pub fn was_asked_to_rebuild(&self) -> bool {
        std::fs::remove_file(&self.asked).is_ok()
    }

    /// Where the index's files are.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Removes the index's files.
    pub(super) fn clear(&self) -> Result<(), IndexError> {
        match std::fs::remove_dir_all(&self.path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
            _ => Ok(std::fs::create_dir_all(&self.path)?),
        }
    }
}

fn asked(home: &Path, n: usize) -> PathBuf {
    home.join(format!("{n}.rebuild"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_node_has_a_folder_of_its_own_and_can_be_asked_to_rebuild() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(Folder::ask_to_rebuild(home.path()).unwrap(), 0);
        let one = Folder::take(home.path()).unwrap();
        let two = Folder::take(home.path()).unwrap();
        assert_ne!(one.path(), two.path());
        assert_eq!(Folder::ask_to_rebuild(home.path()).unwrap(), 2);
        assert!(one.was_asked_to_rebuild() && !one.was_asked_to_rebuild());
        let path = one.path().to_path_buf();
        drop(one);
        assert_eq!(Folder::take(home.path()).unwrap().path(), path);
    }
}
