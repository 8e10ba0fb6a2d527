//! AWS IAM policies: parse, decide and explain, without I/O.
