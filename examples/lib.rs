//! Runnable programs, one per promise of the README.
