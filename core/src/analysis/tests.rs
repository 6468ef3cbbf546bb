//! The figures against scipy's and scikit-learn's, and what they do where there is nothing to compute.

use serde::Deserialize;

use super::*;

#[derive(Deserialize)]
struct Expected {
    levels: Levels,
    missing_label: Levels,
    numbers: Numbers,
    items: Items,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Levels {
    a: Vec<u8>,
    b: Vec<u8>,
    exact: f64,
    adjacent: f64,
    kappa: f64,
    quadratic: f64,
    accuracy: f64,
    macro_f1: f64,
    weighted_f1: f64,
    precision: Vec<f64>,
    recall: Vec<f64>,
}

#[derive(Deserialize)]
struct Numbers {
    scores: Vec<f64>,
    ratings: Vec<f64>,
    pearson: f64,
    spearman: f64,
    rmse: f64,
    mae: f64,
    smd: f64,
    slope: f64,
    intercept: f64,
    probes: Vec<f64>,
    isotonic: Vec<f64>,
    right: Vec<bool>,
    best_macro_f1: f64,
    best_kappa: f64,
    bootstrap: Resampled,
}

#[derive(Deserialize)]
struct Resampled {
    seed: u64,
    n_resamples: usize,
    interval: [f64; 2],
    scipy_interval: [f64; 2],
}

#[derive(Deserialize)]
struct Items {
    rows: Vec<Vec<f64>>,
    facility: Vec<f64>,
    discrimination: Vec<f64>,
}

fn expected() -> Expected {
    serde_json::from_str(include_str!("../../tests/data/agreement.json")).expect("the script writes this shape")
}

#[track_caller]
fn close(actual: Option<f64>, expected: f64) {
    let actual = actual.expect("the inputs vary");
    assert!((actual - expected).abs() < 1e-12, "{actual} is not {expected}");
}

#[test]
fn levels_agree_as_scikit_learn_says() {
    let Expected { levels, missing_label, .. } = expected();
    close(exact_agreement(&levels.a, &levels.b), levels.exact);
    close(adjacent_agreement(&levels.a, &levels.b), levels.adjacent);
    close(cohen_kappa(&levels.a, &levels.b, 5), levels.kappa);
    close(quadratic_weighted_kappa(&levels.a, &levels.b, 5), levels.quadratic);
    close(accuracy(&levels.a, &levels.b), levels.accuracy);
    let figures = f1(&levels.a, &levels.b).expect("there are labels");
    close(Some(figures.macro_mean), levels.macro_f1);
    close(Some(figures.weighted_mean), levels.weighted_f1);
    for (label, (precision, recall)) in figures.labels.iter().zip(levels.precision.iter().zip(&levels.recall)) {
        close(Some(label.precision), *precision);
        close(Some(label.recall), *recall);
    }
    let figures = f1(&missing_label.a, &missing_label.b).expect("there are labels");
    close(Some(figures.macro_mean), missing_label.macro_f1);
    close(Some(figures.weighted_mean), missing_label.weighted_f1);
}

/// Fleiss, Cohen & Everitt (1969), "Large sample standard errors of kappa and weighted kappa", give kappa 0.429 for this
/// table of two clinicians' diagnoses.
#[test]
fn kappa_of_the_published_table() {
    let table = [[53, 5, 2], [11, 14, 5], [1, 6, 3]];
    let (mut a, mut b) = (Vec::new(), Vec::new());
    for (i, row) in (0_u8..).zip(table) {
        for (j, n) in (0_u8..).zip(row) {
            a.extend(std::iter::repeat_n(i, n));
            b.extend(std::iter::repeat_n(j, n));
        }
    }
    let kappa = cohen_kappa(&a, &b, 3).expect("the table has ratings");
    assert!((kappa - 0.429).abs() < 0.0005, "{kappa}");
}

#[test]
fn numbers_compare_as_scipy_says() {
    let Numbers { scores, ratings, pearson: r, spearman: rho, rmse: root, mae: absolute, smd, .. } = expected().numbers;
    close(pearson(&scores, &ratings), r);
    close(spearman(&scores, &ratings), rho);
    close(rmse(&scores, &ratings), root);
    close(mae(&scores, &ratings), absolute);
    close(standardised_mean_difference(&scores, &ratings), smd);
}

#[test]
fn bootstrap_is_fixed_and_near_scipys() {
    let Numbers { scores, ratings, bootstrap: resampled, .. } = expected().numbers;
    let interval = bootstrap(scores.len(), resampled.n_resamples, 0.95, resampled.seed, |rows| {
        let pick = |from: &[f64]| rows.iter().map(|row| from[*row]).collect::<Vec<_>>();
        pearson(&pick(&scores), &pick(&ratings))
    })
    .expect("there are rows");
    close(Some(interval.low), resampled.interval[0]);
    close(Some(interval.high), resampled.interval[1]);
    assert!((interval.low - resampled.scipy_interval[0]).abs() < 0.03);
    assert!((interval.high - resampled.scipy_interval[1]).abs() < 0.03);
}

#[test]
fn items_as_scipy_says() {
    let Items { rows, facility, discrimination } = expected().items;
    let mut rows: Vec<Vec<Option<f64>>> = rows.into_iter().map(|row| row.into_iter().map(Some).collect()).collect();
    let statistics = item_statistics(&rows);
    for (item, (facility, discrimination)) in statistics.iter().zip(facility.iter().zip(&discrimination)) {
        assert_eq!(item.n, rows.len());
        close(item.facility, *facility);
        close(item.discrimination, *discrimination);
    }
    rows.push(vec![None; 4]);
    assert_eq!(item_statistics(&rows), statistics, "a person without answers changes nothing");
}

#[test]
fn calibrations_as_scikit_learn_fits_them() {
    let numbers = expected().numbers;
    let Some(Method::Linear { slope, intercept }) = Method::fit_linear(&numbers.scores, &numbers.ratings) else {
        panic!("there are answers");
    };
    close(Some(slope), numbers.slope);
    close(Some(intercept), numbers.intercept);
    let isotonic = Method::fit_isotonic(&numbers.scores, &numbers.ratings).expect("there are answers");
    for (probe, value) in numbers.probes.iter().zip(&numbers.isotonic) {
        close(Some(isotonic.apply(*probe)), *value);
    }
    let split = |measure| {
        let method =
            Method::fit_threshold(&numbers.scores, &numbers.right, measure).expect("some are right, some wrong");
        numbers.scores.iter().map(|score| method.apply(*score) as u8).collect::<Vec<_>>()
    };
    let right: Vec<u8> = numbers.right.iter().map(|right| u8::from(*right)).collect();
    close(f1(&right, &split(Measure::MacroF1)).map(|f1| f1.macro_mean), numbers.best_macro_f1);
    close(cohen_kappa(&right, &split(Measure::Kappa), 2), numbers.best_kappa);
}

#[test]
fn figures_without_data_are_none() {
    assert_eq!(exact_agreement(&[], &[]), None);
    assert_eq!(cohen_kappa(&[], &[], 3), None);
    assert_eq!(quadratic_weighted_kappa(&[2, 2], &[2, 2], 3), None);
    assert_eq!(pearson(&[0.1, 0.1, 0.1], &[0.0, 0.5, 1.0]), None);
    assert_eq!(spearman(&[0.3], &[0.3]), None);
    assert_eq!(rmse(&[], &[]), None);
    assert_eq!(standardised_mean_difference(&[0.5, 0.5], &[0.2, 0.2]), None);
    assert_eq!(f1::<u8>(&[], &[]), None);
    assert_eq!(item_statistics(&[]), []);
    assert_eq!(Method::fit_threshold(&[0.1, 0.9], &[true, true], Measure::Kappa), None);
    assert_eq!(Method::fit_isotonic(&[], &[]), None);
}

#[test]
fn figures_of_what_is_no_number_are_none() {
    type Figure = fn(&[f64], &[f64]) -> Option<f64>;
    for odd in [f64::NAN, f64::INFINITY] {
        let (x, y) = ([0.1, odd, 0.9], [0.2, 0.5, 0.7]);
        let figures: [Figure; 4] = [pearson, rmse, mae, standardised_mean_difference];
        for figure in figures {
            assert_eq!((figure(&x, &y), figure(&y, &x)), (None, None), "{odd}");
        }
    }
    assert_eq!(spearman(&[0.1, f64::NAN], &[0.2, 0.5]), None);
}

#[test]
fn calibration_of_equal_scores_is_level() {
    let linear = Method::fit_linear(&[0.1, 0.1, 0.1], &[0.0, 0.5, 1.0]).expect("there are answers");
    assert_eq!(linear.apply(0.9), 0.5);
    let isotonic = Method::fit_isotonic(&[0.1, 0.1, 0.1], &[0.0, 0.5, 1.0]).expect("there are answers");
    assert_eq!(isotonic.apply(0.9), 0.5);
}

#[test]
fn calibration_survives_its_file() {
    let methods = [
        Method::Threshold { threshold: 0.45 },
        Method::Linear { slope: 1.0 / 3.0, intercept: -0.05 },
        Method::fit_isotonic(&[0.1, 0.4, 0.7], &[0.2, 0.1, 0.9]).expect("there are answers"),
    ];
    for method in methods {
        let calibration = Calibration::new(method, 3);
        assert_eq!(Calibration::from_toml(&calibration.to_toml()), Ok(calibration));
    }
}

#[test]
fn unsound_calibrations_are_refused() {
    let refused = |method: &str, format: &str| {
        let text = format!("format = \"{format}\"\nscoring = 1\nn = 3\n[method]\n{method}");
        Calibration::from_toml(&text).expect_err("it is not sound").to_string()
    };
    assert_eq!(
        refused("kind = \"threshold\"\nthreshold = 0.5", "rubrica/1"),
        "`format` is `rubrica/1`, not `rubrica-calibration/1`"
    );
    assert_eq!(refused("kind = \"threshold\"\nthreshold = nan", CALIBRATION_FORMAT), "a number is not finite");
    assert_eq!(refused("kind = \"isotonic\"\npoints = []", CALIBRATION_FORMAT), "`points` is empty");
    let falling = "kind = \"isotonic\"\npoints = [{ score = 0.1, value = 0.5 }, { score = 0.2, value = 0.4 }]";
    assert_eq!(refused(falling, CALIBRATION_FORMAT), "`points` must have ascending scores and values that never fall");
    assert!(refused("kind = \"magic\"", CALIBRATION_FORMAT).contains("magic"));
}
