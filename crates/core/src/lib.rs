//! The domain of Commissary: workspaces, infrastructure providers, operations and ports.
