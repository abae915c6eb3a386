//! What differs by language, as data.

/// A language that texts are read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English.
    En,
    /// Serbian, in either script.
    Sr,
    /// Croatian.
    Hr,
    /// Bosnian.
    Bs,
    /// Montenegrin.
    Cnr,
    /// Macedonian.
    Mk,
    /// Albanian.
    Sq,
    /// Slovene.
    Sl,
}

impl Lang {
    /// Every language, in the order of its code in the tables.
    pub const ALL: [Lang; 8] =
        [Self::En, Self::Sr, Self::Hr, Self::Bs, Self::Cnr, Self::Mk, Self::Sq, Self::Sl];

    /// Its code, ISO 639.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Sr => "sr",
            Self::Hr => "hr",
            Self::Bs => "bs",
            Self::Cnr => "cnr",
            Self::Mk => "mk",
            Self::Sq => "sq",
            Self::Sl => "sl",
        }
    }
}

impl std::str::FromStr for Lang {
    type Err = crate::error::Error;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|l| l.code() == code).ok_or_else(|| {
            let known = Self::ALL.map(Self::code).join(" ");
            crate::error::Error::Config(format!("unknown language {code:?}; known are: {known}"))
        })
    }
}
