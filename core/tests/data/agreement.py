#!/usr/bin/env python3
"""Makes agreement.json: what scipy and scikit-learn say about fixed inputs.

  pip install numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1
  python3 core/tests/data/agreement.py > core/tests/data/agreement.json

The inputs are drawn from a seeded generator; ties, constant stretches and unequal classes are on purpose."""

import json

import numpy as np
from scipy import stats
from sklearn import isotonic, linear_model, metrics

rng = np.random.default_rng(20240607)


def levels():
    a = rng.integers(0, 5, 60)
    b = np.clip(a + rng.choice([-2, -1, 0, 0, 0, 0, 1, 1], 60), 0, 4)
    return {
        "a": a.tolist(),
        "b": b.tolist(),
        "exact": float(np.mean(a == b)),
        "adjacent": float(np.mean(np.abs(a - b) <= 1)),
        "kappa": metrics.cohen_kappa_score(a, b),
        "quadratic": metrics.cohen_kappa_score(a, b, weights="quadratic"),
        "accuracy": metrics.accuracy_score(a, b),
        "macro_f1": metrics.f1_score(a, b, average="macro"),
        "weighted_f1": metrics.f1_score(a, b, average="weighted"),
        "precision": metrics.precision_score(a, b, average=None).tolist(),
        "recall": metrics.recall_score(a, b, average=None).tolist(),
    }


def missing_label():
    """One label is never given and one never expected."""
    a, b = [0, 0, 1, 1, 2, 2, 2, 0], [0, 3, 1, 0, 0, 3, 1, 0]
    return {
        "a": a,
        "b": b,
        "macro_f1": metrics.f1_score(a, b, average="macro", zero_division=0),
        "weighted_f1": metrics.f1_score(a, b, average="weighted", zero_division=0),
    }


def splitmix(state):
    mask = (1 << 64) - 1
    while True:
        state = (state + 0x9E3779B97F4A7C15) & mask
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        yield z ^ (z >> 31)


def numbers():
    scores = np.round(rng.beta(1.2, 1.2, 50), 2)
    ratings = np.clip(np.round((0.7 * scores + 0.2 + rng.normal(0, 0.15, 50)) * 4) / 4, 0, 1)
    line = linear_model.LinearRegression().fit(scores[:, None], ratings)
    steps = isotonic.IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(scores, ratings)
    probes = np.linspace(-0.1, 1.1, 25)
    right = ratings >= 0.5
    cuts = np.unique(scores)
    cuts = (cuts[1:] + cuts[:-1]) / 2
    best = {
        name: max(measure(right, scores >= cut) for cut in cuts)
        for name, measure in (
            ("macro_f1", lambda e, g: metrics.f1_score(e, g, average="macro")),
            ("kappa", metrics.cohen_kappa_score),
        )
    }
    draws, seed, n_resamples = splitmix(42), 42, 400
    resampled = []
    for _ in range(n_resamples):
        rows = [(next(draws) * 50) >> 64 for _ in range(50)]
        resampled.append(stats.pearsonr(scores[rows], ratings[rows])[0])
    theirs = stats.bootstrap(
        (scores, ratings), lambda x, y: stats.pearsonr(x, y)[0], paired=True, vectorized=False,
        method="percentile", n_resamples=20000, rng=np.random.default_rng(1))
    pooled = np.sqrt((scores.var(ddof=1) + ratings.var(ddof=1)) / 2)
    return {
        "scores": scores.tolist(),
        "ratings": ratings.tolist(),
        "pearson": stats.pearsonr(scores, ratings)[0],
        "spearman": stats.spearmanr(scores, ratings)[0],
        "rmse": metrics.root_mean_squared_error(ratings, scores),
        "mae": metrics.mean_absolute_error(ratings, scores),
        "smd": (scores.mean() - ratings.mean()) / pooled,
        "slope": line.coef_[0],
        "intercept": line.intercept_,
        "probes": probes.tolist(),
        "isotonic": steps.predict(probes).tolist(),
        "right": right.tolist(),
        "best_macro_f1": best["macro_f1"],
        "best_kappa": best["kappa"],
        "bootstrap": {
            "seed": seed,
            "n_resamples": n_resamples,
            "interval": np.quantile(resampled, [0.025, 0.975]).tolist(),
            "scipy_interval": [theirs.confidence_interval.low, theirs.confidence_interval.high],
        },
    }


def items():
    ability = rng.normal(0, 1, 30)
    rows = (ability[:, None] + rng.normal(0, 1, (30, 4)) > np.array([-1, 0, 0.5, 1])).astype(float)
    rest = [(rows.sum(axis=1) - rows[:, item]) / 3 for item in range(4)]
    return {
        "rows": rows.tolist(),
        "facility": rows.mean(axis=0).tolist(),
        "discrimination": [stats.pearsonr(rows[:, item], rest[item])[0] for item in range(4)],
    }


def plain(value):
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    return value if isinstance(value, (list, int, float, bool, str)) else value.item()


print(json.dumps(plain({"levels": levels(), "missing_label": missing_label(), "numbers": numbers(), "items": items()})))
