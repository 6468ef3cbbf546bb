//! Stems: Porter2 behind a table of exceptions.

use crate::hash::FxMap;
use rust_stemmers::Algorithm;

const EXCEPTIONS: &str = include_str!("../../data/stems.txt");

pub(crate) struct Stemmer {
    exceptions: FxMap<&'static str, &'static str>,
    /// Forms in the table by stem.
    irregular: FxMap<&'static str, Vec<&'static str>>,
    porter: rust_stemmers::Stemmer,
}

impl Stemmer {
    pub(crate) fn english() -> Self {
        let (mut exceptions, mut irregular) = (FxMap::default(), FxMap::default());
        for line in EXCEPTIONS.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (stem, forms) = line.split_once(':').expect("a stem line is `stem: forms`");
            let forms: Vec<&str> = forms.split_whitespace().collect();
            exceptions.extend(forms.iter().map(|form| (*form, stem)));
            irregular.insert(stem, forms);
        }
        Self { exceptions, irregular, porter: rust_stemmers::Stemmer::create(Algorithm::English) }
    }

    /// Forms of a stem that the table of exceptions lists: they need not look like it.
    pub(crate) fn irregular_forms(&self, stem: &str) -> &[&'static str] {
        self.irregular.get(stem).map_or(&[], Vec::as_slice)
    }

    /// The stem of a lower-case word.
    ///
    /// Words of up to three letters only lose a plural s. British -is- becomes -iz- first, so that both spellings meet.
    ///
    /// # Source
    /// Porter, M. (2001), "Snowball: a language for stemming algorithms"; exceptions in `core/data/stems.txt`.
    pub(crate) fn stem(&self, word: &str) -> String {
        if let Some(stem) = self.exceptions.get(word) {
            return (*stem).to_owned();
        }
        if word.len() <= 3 {
            let plural = word.len() == 3
                && word.ends_with('s')
                && !matches!(
                    word,
                    "dns"
                        | "abs"
                        | "has"
                        | "was"
                        | "its"
                        | "yes"
                        | "gas"
                        | "bus"
                        | "aws"
                        | "css"
                        | "tls"
                        | "sms"
                        | "gps"
                        | "ios"
                        | "dos"
                        | "rds"
                        | "ess"
                        | "ass"
                );
            return if plural { word[..2].to_owned() } else { word.to_owned() };
        }
        let american = american(word);
        let word = american.as_deref().unwrap_or(word);
        match self.exceptions.get(word) {
            Some(stem) => (*stem).to_owned(),
            None => self.porter.stem(word).into_owned(),
        }
    }
}

/// British -ise, -isation, -our spellings in the American way.
fn american(word: &str) -> Option<String> {
    for (british, us) in [
        ("isation", "ization"),
        ("isations", "izations"),
        ("ising", "izing"),
        ("ised", "ized"),
        ("ises", "izes"),
        ("ise", "ize"),
    ] {
        if let Some(rest) = word.strip_suffix(british) {
            let stays = matches!(
                rest,
                "rev"
                    | "superv"
                    | "exerc"
                    | "adv"
                    | "compr"
                    | "prom"
                    | "surpr"
                    | "enterpr"
                    | "disgu"
                    | "exp"
                    | "prec"
                    | "conc"
                    | "r"
                    | "ra"
                    | "pra"
                    | "no"
                    | "otherw"
                    | "w"
                    | "l"
                    | "dev"
                    | "telev"
                    | "improv"
            );
            return (rest.len() >= 3 && !stays).then(|| format!("{rest}{us}"));
        }
    }
    if word.contains("our") {
        for root in ["behaviour", "colour", "favour", "flavour", "honour", "labour", "neighbour"] {
            if let Some(ending) = word.strip_prefix(root) {
                return Some(format!("{}or{ending}", &root[..root.len() - 3]));
            }
        }
    }
    None
}
