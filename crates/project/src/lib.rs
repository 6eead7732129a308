//! Project formats: ASL, SAM and CloudFormation, on a map of path to text.
