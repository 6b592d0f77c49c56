//! Reports for machines.

use confkit_sources::{Origin, OriginKind};
use serde::ser::{Serialize, SerializeMap as _, SerializeStruct as _, Serializer};

use super::{Problem, Related, Report};

const VERSION: u8 = 1;

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut report = serializer.serialize_struct("Report", 6)?;
        report.serialize_field("version", &VERSION)?;
        report.serialize_field("type", &self.0.type_name)?;
        report.serialize_field("profile", &self.0.profile)?;
        report.serialize_field("problems", &self.0.problems)?;
        report.serialize_field("warnings", &self.0.warnings)?;
        report.serialize_field("notes", &self.0.notes)?;
        report.end()
    }
}

impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut problem = serializer.serialize_struct("Problem", 16)?;
        problem.serialize_field("code", self.code().as_str())?;
        problem.serialize_field("rule", &self.rule())?;
        problem.serialize_field("severity", self.severity().as_str())?;
        problem.serialize_field("path", self.path())?;
        problem.serialize_field("message", self.message())?;
        problem.serialize_field("params", &Params(self.params()))?;
        place::<S>(&mut problem, self.origin())?;
        problem.serialize_field("related", self.related())?;
        problem.serialize_field("suggestion", &self.suggestion())?;
        problem.serialize_field("help", &self.help())?;
        problem.end()
    }
}

impl Serialize for Related {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut related = serializer.serialize_struct("Related", 8)?;
        related.serialize_field("message", self.message())?;
        place::<S>(&mut related, Some(self.origin()))?;
        related.end()
    }
}

/// Where something stands, as seven fields.
pub(crate) fn place<S: Serializer>(
    to: &mut S::SerializeStruct,
    origin: Option<&Origin>,
) -> Result<(), S::Error> {
    let key = |kind| origin.filter(|origin| origin.kind() == kind).and_then(Origin::key);
    let (variable, argument) = (key(OriginKind::Variable), key(OriginKind::Argument));
    let end = origin.and_then(Origin::end);
    to.serialize_field("source", &origin.map(Origin::source))?;
    to.serialize_field("line", &origin.and_then(Origin::line))?;
    to.serialize_field("column", &origin.and_then(Origin::column))?;
    to.serialize_field("end_line", &end.map(|end| end.line))?;
    to.serialize_field("end_column", &end.map(|end| end.column))?;
    to.serialize_field("variable", &variable)?;
    to.serialize_field("argument", &argument)
}

struct Params<'p>(&'p [(&'static str, String)]);

impl Serialize for Params<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut params = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in self.0 {
            params.serialize_entry(name, value)?;
        }
        params.end()
    }
}
