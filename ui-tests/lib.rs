//! What the compiler says about mistakes: `fail/<macro>/<rule>.rs`, and `pass/<macro>/*.rs`.
