//! Differences for machines.

use serde::ser::{Serialize, SerializeStruct as _, Serializer};

use super::{Difference, Differences, Side};
use crate::report::place;

const VERSION: u8 = 1;

impl Serialize for Differences {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut differences = serializer.serialize_struct("Differences", 3)?;
        differences.serialize_field("version", &VERSION)?;
        differences.serialize_field("type", self.type_name)?;
        differences.serialize_field("differences", &*self.list)?;
        differences.end()
    }
}

impl Serialize for Difference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut difference = serializer.serialize_struct("Difference", 5)?;
        difference.serialize_field("path", self.path())?;
        difference.serialize_field("change", self.change().as_str())?;
        difference.serialize_field("secret", &self.is_secret())?;
        difference.serialize_field("old", &self.old)?;
        difference.serialize_field("new", &self.new)?;
        difference.end()
    }
}

impl Serialize for Side {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut side = serializer.serialize_struct("Side", 8)?;
        side.serialize_field("value", &self.value)?;
        place::<S>(&mut side, Some(&self.origin))?;
        side.end()
    }
}
