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
}

impl Route {
    /// Reads the part of the address after `#`; what it does not know leads to the start.
    pub fn parse(fragment: &str) -> Self {
        let path = fragment.trim_start_matches('#').trim_start_matches('/');
        match path.split_once('/') {
            Some(("question", id)) if !id.is_empty() => Route::Question(id.to_owned()),
            _ => match path {
                "session" => Route::Session,
                "progress" => Route::Progress,
                "workshop" => Route::Workshop,
                "batch" => Route::Batch,
                "settings" => Route::Settings,
                _ => Route::Practise,
            },
        }
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Route::Practise => f.write_str("#/"),
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
    fn unknown_addresses_lead_to_the_start() {
        for fragment in ["", "#", "#/", "#/nowhere", "#/question/", "#/question"] {
            assert_eq!(Route::parse(fragment), Route::Practise, "{fragment}");
        }
    }
}
