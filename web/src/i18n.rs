//! The words of the user interface: one file for each language, `i18n/<code>.toml`.
//!
//! A new language is a new file and one line in [`LANGUAGES`]; a test finds keys that are missing, left over, or used
//! with other parameters.

use std::collections::BTreeMap;
use std::sync::LazyLock;
use toml::de::{DeTable, DeValue};

/// Code, own name and file of every language; the first is the default.
const LANGUAGES: &[(&str, &str, &str)] =
    &[("en", "English", include_str!("../i18n/en.toml")), ("de", "Deutsch", include_str!("../i18n/de.toml"))];

static TEXTS: LazyLock<Vec<Texts>> = LazyLock::new(|| {
    LANGUAGES.iter().map(|&(code, name, file)| Texts { code, name, entries: entries(file) }).collect()
});

/// All texts of one language.
pub struct Texts {
    /// Such as `en`.
    pub code: &'static str,
    /// Name of the language in itself.
    pub name: &'static str,
    entries: BTreeMap<String, String>,
}

impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Texts {
    /// Every language.
    pub fn all() -> &'static [Texts] {
        &TEXTS
    }

    /// The language with this code (`de`, `de-AT`), or the default.
    pub fn of(code: &str) -> &'static Texts {
        let base = code.split('-').next().unwrap_or_default();
        TEXTS.iter().find(|texts| texts.code == base).unwrap_or(&TEXTS[0])
    }

    /// The text of a key; the key itself where there is none, which the test below rules out.
    pub fn say(&'static self, key: &'static str) -> &'static str {
        self.entries.get(key).map_or(key, String::as_str)
    }

    /// The text of a key with `{name}` replaced by its value.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut text = self.entries.get(key).map_or(key, String::as_str).to_owned();
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    /// The text for one or for another number of things: keys `<key>.one` and `<key>.other`, both with `{n}`.
    pub fn count(&self, key: &str, n: usize) -> String {
        self.form(key, &n.to_string())
    }

    /// The same for points, of which there may be halves.
    pub fn count_points(&'static self, key: &str, points: f64) -> String {
        self.form(key, &self.number(points))
    }

    /// Points earned of points possible.
    pub fn points(&'static self, points: f64, max_points: f64) -> String {
        self.count_points("outcome.points", max_points).replace("{points}", &self.number(points))
    }

    fn form(&self, key: &str, n: &str) -> String {
        let form = if n == "1" { "one" } else { "other" };
        self.fill(&format!("{key}.{form}"), &[("n", n)])
    }

    /// The name of a value that comes from data, such as a kind; the value itself, made readable, where there is none.
    pub fn name(&self, group: &str, value: &str) -> String {
        self.entries.get(&format!("{group}.{value}")).cloned().unwrap_or_else(|| readable(value))
    }

    /// The wording of a message of the engine, which itself speaks English; `None` where this language leaves it so.
    pub fn engine(&self, id: &str) -> Option<&str> {
        self.entries.get(&format!("engine.{id}")).map(String::as_str)
    }

    /// A number with at most one digit after the decimal sign.
    pub fn number(&'static self, value: f64) -> String {
        let text = format!("{value:.1}");
        text.strip_suffix(".0").unwrap_or(&text).replace('.', self.say("number.decimal-sign"))
    }
}

/// `code-review` becomes `Code review`.
fn readable(id: &str) -> String {
    let spaced = id.replace(['-', '_'], " ");
    let mut letters = spaced.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Flattens the tables of a file: `[practise] title = ""` becomes `practise.title`.
fn entries(file: &str) -> BTreeMap<String, String> {
    fn flatten(table: &DeTable<'_>, prefix: &str, into: &mut BTreeMap<String, String>) {
        for (key, value) in table {
            let key = format!("{prefix}{}", key.get_ref());
            match value.get_ref() {
                DeValue::String(text) => drop(into.insert(key, text.to_string())),
                DeValue::Table(table) => flatten(table, &format!("{key}."), into),
                _ => panic!("{key} is no text"),
            }
        }
    }
    let mut into = BTreeMap::new();
    let table = DeTable::parse(file).expect("language files are TOML; a test reads them");
    flatten(table.get_ref(), "", &mut into);
    into
}

#[cfg(test)]
mod tests {
    use super::{Texts, readable};
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    fn parameters(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
    }

    /// Keys and groups that the sources name: (`say`, `fill`, `count`), (`name`).
    fn used(folder: &Path, keys: &mut BTreeSet<String>, groups: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                used(&path, keys, groups);
                continue;
            }
            let source = fs::read_to_string(&path).unwrap();
            let source = source.split("#[cfg(test)]").next().unwrap();
            for (call, forms) in [
                (".say(", &[""][..]),
                (".fill(", &[""]),
                (".count(", &[".one", ".other"]),
                (".count_points(", &[".one", ".other"]),
                (".name(", &[]),
            ] {
                for rest in source.split(call).skip(1) {
                    let Some(key) = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next()) else {
                        continue;
                    };
                    if call == ".name(" {
                        groups.insert(format!("{key}."));
                    }
                    keys.extend(forms.iter().map(|form| format!("{key}{form}")));
                }
            }
        }
    }

    #[test]
    fn every_language_has_exactly_the_texts_that_the_app_uses() {
        let (mut keys, mut groups) = (BTreeSet::new(), BTreeSet::from(["engine.".to_owned()]));
        used(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut keys, &mut groups);
        for texts in Texts::all() {
            for key in &keys {
                assert!(texts.entries.contains_key(key), "{}.toml lacks `{key}`", texts.code);
            }
            for key in texts.entries.keys() {
                let is_used = keys.contains(key) || groups.iter().any(|group| key.starts_with(group));
                assert!(is_used, "{}.toml: `{key}` is never used", texts.code);
            }
        }
    }

    #[test]
    fn languages_agree_on_keys_and_parameters() {
        let first = &Texts::all()[0];
        for texts in Texts::all() {
            // What engine and rubrics say is English without our help.
            let is_own = |key: &str| !key.starts_with("engine.") && !key.starts_with("topic.");
            let own = |texts: &'static Texts| texts.entries.iter().filter(|(key, _)| is_own(key));
            assert!(
                own(texts).map(|(key, _)| key).eq(own(first).map(|(key, _)| key)),
                "{}.toml has other keys",
                texts.code
            );
            for (key, text) in own(texts) {
                assert_eq!(parameters(text), parameters(&first.entries[key]), "{}.toml: `{key}`", texts.code);
                assert!(!text.trim().is_empty(), "{}.toml: `{key}` is empty", texts.code);
            }
        }
    }

    #[test]
    fn regions_and_unknown_languages_have_texts() {
        assert_eq!(Texts::of("de-AT").code, "de");
        assert_eq!(Texts::of("tlh").code, "en");
    }

    #[test]
    fn numbers_follow_the_language() {
        assert_eq!(Texts::of("en").number(6.5), "6.5");
        assert_eq!(Texts::of("de").number(6.5), "6,5");
        assert_eq!(Texts::of("de").number(7.0), "7");
    }

    #[test]
    fn points_are_counted_by_what_is_possible() {
        assert_eq!(Texts::of("en").points(0.8, 1.0), "0.8 of 1 point");
        assert_eq!(Texts::of("en").points(1.0, 2.0), "1 of 2 points");
        assert_eq!(Texts::of("de").points(0.8, 1.0), "0,8 von 1 Punkt");
    }

    #[test]
    fn ids_become_readable() {
        assert_eq!(readable("system-design"), "System design");
        assert_eq!(readable(""), "");
    }
}
