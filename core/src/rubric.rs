//! Rubrics: as written ([`source`]), and compiled.

pub mod source;
