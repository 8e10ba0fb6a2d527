//! What each release of a Cluster API consumer needs from an AWS credential.
