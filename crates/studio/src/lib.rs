//! Every user-visible operation as one request and one response.
