//! What names name.

/// What kind of thing a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// A person.
    Person,
    /// A body: state organ, company, party, alliance, mission, medium.
    Org,
    /// A country, region, place, building.
    Loc,
    /// Nationalities, ethnic, religious and political groups, as nouns or adjectives.
    Norp,
    /// A war, summit, exercise, election with a name.
    Event,
    /// A point or stretch of calendar time.
    Date,
}

impl Label {
    /// Every label, in the order of its code in the tables.
    pub const ALL: [Label; 6] = [Self::Person, Self::Org, Self::Loc, Self::Norp, Self::Event, Self::Date];

    /// As the tables show it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "PERSON",
            Self::Org => "ORG",
            Self::Loc => "LOC",
            Self::Norp => "NORP",
            Self::Event => "EVENT",
            Self::Date => "DATE",
        }
    }
}
