//! What a type declares and this build cannot read.

use std::borrow::Cow;

use confkit_sources::{Read, ReadContext, Source, SourceError};

/// A declared layer whose feature is switched off: a problem, so that nothing is left out in silence.
pub(super) struct Unbuilt {
    pub(super) name: &'static str,
    pub(super) feature: &'static str,
}

impl Source for Unbuilt {
    fn name(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.name)
    }

    fn read(&self, _: &ReadContext<'_>) -> Result<Read, SourceError> {
        let feature = self.feature;
        Err(SourceError::Other {
            message: format!("this program was built without the feature `{feature}`"),
            help: Some(format!("switch on the feature `{feature}` of confkit")),
        })
    }
}
