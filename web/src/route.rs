//! Addresses inside the app. They live after the `#`, so that any static server will do.

use std::fmt;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// Questions to choose from.
    #[default]
    Practise,
    Question(String),
    Session,
    Progress,
    Workshop,
    Batch,
    Settings,
    /// No page has this address.
    Missing,
}

impl Route {
    /// Reads the part of the address after `#`.
    pub fn parse(fragment: &str) -> Self {
        let path = fragment.trim_start_matches('#').trim_matches('/');
        match path.split_once('/') {
            Some(("question", id)) if !id.is_empty() => Route::Question(id.to_owned()),
            _ => match path {
                "" => Route::Practise,
                "session" => Route::Session,
                "progress" => Route::Progress,
                "workshop" => Route::Workshop,
                "batch" => Route::Batch,
                "settings" => Route::Settings,
                _ => Route::Missing,
            },
        }
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Route::Practise | Route::Missing => f.write_str("#/"),
            Route::Question(id) => write!(f, "#/question/{id}"),
            Route::Session => f.write_str("#/session"),
            Route::Progress => f.write_str("#/progress"),
            Route::Workshop => f.write_str("#/workshop"),
            Route::Batch => f.write_str("#/batch"),
            Route::Settings => f.write_str("#/settings"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Route;

    #[test]
    fn every_route_reads_back() {
        let routes = [
            Route::Practise,
            Route::Question("net-tcp-vs-udp".to_owned()),
            Route::Session,
            Route::Progress,
            Route::Workshop,
            Route::Batch,
            Route::Settings,
        ];
        for route in routes {
            assert_eq!(Route::parse(&route.to_string()), route);
        }
    }

    #[test]
    fn addresses_are_read_leniently_and_unknown_ones_are_told() {
        for fragment in ["", "#", "#/"] {
            assert_eq!(Route::parse(fragment), Route::Practise, "{fragment}");
        }
        assert_eq!(Route::parse("#/progress/"), Route::Progress);
        assert_eq!(Route::parse("#/question/db-acid/"), Route::Question("db-acid".to_owned()));
        for fragment in ["#/nowhere", "#/question/", "#/question"] {
            assert_eq!(Route::parse(fragment), Route::Missing, "{fragment}");
        }
    }
}
