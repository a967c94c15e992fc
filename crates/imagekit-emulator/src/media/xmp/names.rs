//! Names of XMP properties. The rule: the first letter in upper case, members behind the name
//! of their structure. The tables hold what differs; they are ExifTool's names.

use super::rdf::Property;

/// Properties at the top, and structures by the part that their members' names begin with.
const TOP: &[(&str, &str)] = &[
    ("AddlModelInfo", "AdditionalModelInformation"),
    ("ArtworkOrObject", "Artwork"),
    ("CVterm", "ControlledVocabularyTerm"),
    ("CreatorContactInfo", "Creator"),
    ("DigImageGUID", "DigitalImageGUID"),
    ("DigitalSourcefileType", "DigitalSourceFileType"),
    ("EmbdEncRightsExpr", "EmbeddedEncodedRightsExpr"),
    ("EventId", "EventID"),
    ("IptcLastEdited", "IPTCLastEdited"),
    ("LinkedEncRightsExpr", "LinkedEncodedRightsExpr"),
    ("PersonInImageWDetails", "PersonInImage"),
    ("PixelXDimension", "ExifImageWidth"),
    ("PixelYDimension", "ExifImageHeight"),
    ("RegistryId", "Registry"),
    ("Regions", "Region"),
    ("ISOSpeedRatings", "ISO"),
    ("ExposureBiasValue", "ExposureCompensation"),
    ("FocalLengthIn35mmFilm", "FocalLengthIn35mmFormat"),
    ("OECF", "Opto-ElectricConvFactor"),
    ("CameraOwnerName", "OwnerName"),
    ("BodySerialNumber", "SerialNumber"),
    ("LensSpecification", "LensInfo"),
    ("InteroperabilityIndex", "InteropIndex"),
    ("PageInfo", "PageImage"),
    ("Thumbnails", "Thumbnail"),
    ("ICCProfile", "ICCProfileName"),
];

/// Properties whose local name means something else in another namespace.
const TOP_OF: &[(&str, &str, &str)] = &[
    ("http://ns.adobe.com/exif/1.0/", "GPSTimeStamp", "GPSDateTime"),
    ("http://ns.adobe.com/tiff/1.0/", "ImageLength", "ImageHeight"),
    ("http://cipa.jp/exif/1.0/", "Temperature", "AmbientTemperature"),
    ("http://ns.microsoft.com/photo/1.0", "Rating", "RatingPercent"),
    ("http://ns.useplus.org/ldf/xmp/1.0/", "Version", "PLUSVersion"),
];

/// Members of structures; an empty name is that of the structure itself.
const MEMBERS: &[(&str, &str)] = &[
    ("AOCircaDateCreated", "CircaDateCreated"),
    ("AOContentDescription", "ContentDescription"),
    ("AOContributionDescription", "ContributionDescription"),
    ("AOCopyrightNotice", "CopyrightNotice"),
    ("AOCreator", "Creator"),
    ("AOCreatorId", "CreatorID"),
    ("AOCurrentCopyrightOwnerId", "CopyrightOwnerID"),
    ("AOCurrentCopyrightOwnerName", "CopyrightOwnerName"),
    ("AOCurrentLicensorId", "LicensorID"),
    ("AOCurrentLicensorName", "LicensorName"),
    ("AODateCreated", "DateCreated"),
    ("AOPhysicalDescription", "PhysicalDescription"),
    ("AOSource", "Source"),
    ("AOSourceInvNo", "SourceInventoryNo"),
    ("AOSourceInvURL", "SourceInvURL"),
    ("AOStylePeriod", "StylePeriod"),
    ("AOTitle", "Title"),
    ("CiAdrCity", "City"),
    ("CiAdrCtry", "Country"),
    ("CiAdrExtadr", "Address"),
    ("CiAdrPcode", "PostalCode"),
    ("CiAdrRegion", "Region"),
    ("CiEmailWork", "WorkEmail"),
    ("CiTelWork", "WorkTelephone"),
    ("CiUrlWork", "WorkURL"),
    ("EncRightsExpr", ""),
    ("LinkedRightsExpr", ""),
    ("PersonCharacteristic", "CvTerm"),
    ("PersonDescription", "Description"),
    ("PersonId", "Id"),
    ("PersonName", "Name"),
    ("ProductDescription", "Description"),
    ("ProductGTIN", "GTIN"),
    ("ProductName", "Name"),
    ("RegEntryRole", "EntryRole"),
    ("RegItemId", "ItemID"),
    ("RegOrgId", "OrganisationID"),
    ("RegionBoundary", "Boundary"),
    ("RightsExprEncType", "Type"),
    ("RightsExprLangId", "LangID"),
    ("rCtype", "Ctype"),
    ("rId", "ID"),
    ("rRole", "Role"),
    ("rbH", "H"),
    ("rbRx", "Rx"),
    ("rbShape", "Shape"),
    ("rbUnit", "Unit"),
    ("rbVertices", "Vertices"),
    ("rbW", "W"),
    ("rbX", "X"),
    ("rbY", "Y"),
];

/// The name of a property that is in no structure.
pub(super) fn top(property: &Property) -> String {
    let local = property.local.as_str();
    let special =
        TOP_OF.iter().find(|(space, name, _)| *space == property.namespace && *name == local);
    let known = TOP.iter().find(|(name, _)| *name == local).map(|(_, name)| *name);
    special.map(|(_, _, name)| *name).or(known).map_or_else(|| upper(local), str::to_owned)
}

/// The name of a member of the structure `parent`. A member that repeats the structure's name,
/// or the end of it, does so once (`Licensor` with `LicensorCity`, `AboutCvTerm` with `CvTermId`).
pub(super) fn member(parent: &str, local: &str) -> String {
    let known = MEMBERS.iter().find(|(name, _)| *name == local).map(|(_, name)| *name);
    let own = known.map_or_else(|| upper(local), str::to_owned);
    let overlap = ["CvTerm", "Region", parent]
        .into_iter()
        .rev()
        .find(|end| !end.is_empty() && parent.ends_with(end) && own.starts_with(end));
    let rest = overlap.and_then(|end| own.strip_prefix(end)).unwrap_or(&own);
    // The list in `mwg-rs:Regions` holds the regions themselves.
    let rest = if parent == "Region" && rest == "List" { "" } else { rest };
    format!("{parent}{rest}")
}

fn upper(local: &str) -> String {
    let mut chars = local.chars().filter(|c| c.is_alphanumeric() || "-_".contains(*c));
    chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_follow_their_structure() {
        for (parent, local, name) in [
            ("Creator", "CiAdrCity", "CreatorCity"),
            ("Licensor", "LicensorCity", "LicensorCity"),
            ("AboutCvTerm", "CvTermRefinedAbout", "AboutCvTermRefinedAbout"),
            ("AboutCvTerm", "CvId", "AboutCvTermCvId"),
            ("PersonInImage", "PersonCharacteristic", "PersonInImageCvTerm"),
            ("PersonInImageCvTerm", "CvTermId", "PersonInImageCvTermId"),
            ("ImageRegionBoundary", "rbVertices", "ImageRegionBoundaryVertices"),
            ("ImageRegionBoundaryVertices", "rbX", "ImageRegionBoundaryVerticesX"),
            ("ImageRegion", "OrganisationInImageName", "ImageRegionOrganisationInImageName"),
            ("ImageRegion", "Name", "ImageRegionName"),
            ("ImageRegion", "rCtype", "ImageRegionCtype"),
            ("LocationShown", "City", "LocationShownCity"),
            ("EmbeddedEncodedRightsExpr", "EncRightsExpr", "EmbeddedEncodedRightsExpr"),
            ("Registry", "RegOrgId", "RegistryOrganisationID"),
            ("Region", "RegionList", "Region"),
            ("Flash", "Fired", "FlashFired"),
        ] {
            assert_eq!(member(parent, local), name);
        }
    }
}
