//! Where results go: a file that appears only when it is complete.

use crate::refusal::Refusal;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// A file that is written beside its place and put there at the end, so that a run that breaks off leaves the old one.
pub struct AtomicFile {
    target: PathBuf,
    temporary: PathBuf,
    finished: bool,
}

impl AtomicFile {
    /// # Errors
    /// When no file can be made in the target's folder.
    pub fn create(target: &Path) -> Result<(Self, File), Refusal> {
        // Through a link, the file it points at is replaced, not the link.
        let target = fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
        let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let temporary = target.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
        let file = File::create(&temporary).map_err(|error| Refusal::io("write", &target, &error))?;
        Ok((Self { target, temporary, finished: false }, file))
    }

    /// Puts the file into its place; everything must have been written.
    ///
    /// # Errors
    /// When the file cannot be moved.
    pub fn finish(mut self) -> Result<(), Refusal> {
        fs::rename(&self.temporary, &self.target).map_err(|error| Refusal::io("write", &self.target, &error))?;
        self.finished = true;
        Ok(())
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        if !self.finished {
            // Nothing more can be done about a temporary file that cannot be removed.
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

/// Whether two paths name one existing file.
pub fn is_same_file(a: &Path, b: &Path) -> bool {
    matches!((fs::canonicalize(a), fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}

/// Whether the path names something that is written into and not replaced, such as a terminal or a pipe.
pub fn is_device(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
}
