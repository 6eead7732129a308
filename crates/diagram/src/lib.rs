//! Layout and drawing of flow graphs.
