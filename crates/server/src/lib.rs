//! The REST API and the console.
