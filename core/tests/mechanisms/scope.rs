//! How far a denial reaches, and what it leaves alone.

use super::{check, patterns};

/// Columns: the garden needs water, it does not; roses grow, they do not.
const GARDEN: [&str; 4] = ["need* & water", "!need* & water", "roses & grow*", "!roses & grow*"];

#[test]
fn a_fronted_denial_ends_at_the_main_clause() {
    check(
        &patterns(&GARDEN),
        "
        + ! . .  Because it doesn't rain the garden needs water.
        + ! . .  As it doesn't rain the garden needs water.
        + ! . .  Although it does not rain the old garden needs water.
        + ! . .  Once there is no rain the garden needs water.
        + ! . .  In case of no rain the garden needs water.
        + ! . .  Due to no rain the garden needs water.
        + ! . .  If it doesn't rain the garden needs water.
        + ! . .  When it does not rain my garden will need water.
        . . + !  While weeds don't spread roses grow.
        . . + !  If the gate is not open roses grow.
        . . . +  When the gate is open roses do not grow.
        ! + . .  Because it rains the garden needs no water.
        // What is denied in front stays denied.
        . + . .  If the garden doesn't need the water of the lake it rains.
        . . . +  If it does not make the roses grow it is poor.
        ",
    );
    check(
        &patterns(&["boil* & water", "!boil* & water"]),
        "
        + !  If yes stop, if not boil water.
        + !  If it is hot, we are done, if not we boil water.
        ~ !  When not hot boil water.
        + !  While it isn't hot it boils the water.
        + !  In case of no tea boil water.
        + !  If it isn't hot boil water.
        + !  If the tea isn't ready the kettle boils more water.
        + !  If there is no tea left boil water.
        . +  If it does not boil water, we stop.
        . +  If they do not boil the water we stop.
        ! +  Do not stop or boil water.
        ",
    );
}

#[test]
fn a_denial_inside_the_subject_ends_in_front_of_its_verb() {
    check(
        &patterns(&GARDEN),
        "
        + ! . .  The reason it's not brown is that the garden needs water.
        + ! . .  The reason why it's not brown is that the garden needs water.
        + ! . .  The fact that it is not brown means that the garden needs water.
        . . + !  That it's not brown shows that roses grow.
        . . + !  That the soil does not dry makes roses grow.
        + ! . .  What's not obvious is that the garden needs water.
        + ! . .  Not having rain means that the garden needs water.
        + ! . .  The lack of rain means that the garden needs water.
        . . + !  No rain means roses grow.
        . . + !  The advantage of not pruning is that roses grow.
        . + . .  The reason is not that the garden needs water.
        ! + . .  I do not think the reason is that the garden needs water.
        ! + . .  That does not mean that the garden needs water.
        . . ! +  No rose here makes the other roses grow.
        ",
    );
}

#[test]
fn a_denial_in_a_relative_clause_ends_in_front_of_the_main_verb() {
    check(
        &patterns(&["wood & (rot*|decay*)", "wood & !rot*"]),
        "
        + !  Wood that isn't painted rots.
        + !  Wood that was not painted will rot.
        + !  Wood that has no paint rots.
        + !  Wood not painted will rot.
        + !  Wood with no paint rots.
        ! +  Wood that is painted does not rot.
        ! +  It is wood that does not rot.
        ",
    );
    check(
        &patterns(&["(lose|drop) & leaves", "!(lose|drop) & leaves"]),
        "
        + .  Trees that are not watered lose leaves.
        + !  Trees which are not watered lose leaves.
        + !  Trees not watered lose leaves.
        + !  Anything not watered will lose its leaves.
        + .  Plants that aren't pruned lose leaves.
        + .  Trees that have no water lose leaves.
        . +  These are trees that do not lose leaves.
        . +  A tree that does not lose leaves grows.
        ! +  Trees which do not lose their leaves grow.
        ! +  Watered trees never lose leaves.
        ",
    );
}

#[test]
fn a_denied_means_leaves_its_end_alone() {
    check(
        &patterns(&["boil* & water", "!boil* & water"]),
        "
        + !  You don't need a stove to boil water.
        + !  You don't have to use the stove for boiling water.
        + !  It doesn't take long to boil water.
        + !  It takes no time to boil the water.
        + !  It has no trouble boiling water.
        + !  It isn't difficult to boil water with it.
        + !  You don't have to worry about boiling water.
        + !  It doesn't matter how it boils the water.
        + !  It doesn't matter whether it boils the water.
        + !  You don't care how it boils the water.
        + !  A stove is not needed to boil water.
        ! +  You do not need to boil water.
        ! +  There is no need to boil water.
        ! +  It is not used to boil water.
        ! +  You cannot use it to boil water.
        ! +  There is no need for the cook to boil water.
        ! +  It cannot tell whether the guest boils water.
        ! +  It does not care to boil water.
        ! +  It has no way to boil water.
        ",
    );
}

#[test]
fn a_denial_reaches_over_an_insertion() {
    check(
        &patterns(&["rust*", "!rust*"]),
        "
        ! +  It does not, however, rust.
        ! +  It doesn't, in general, rust.
        ! +  It doesn't - as far as I know - rust.
        ! +  It cannot however rust.
        ! +  The gate is not, as many think, able to rust.
        ! +  It does not actually rust.
        + !  It does not bend, however, it rusts.
        + !  The bell bends, but it does not, the old gate rusts, as always.
        ",
    );
}

#[test]
fn what_takes_the_place_of_something_leaves_the_deed() {
    check(
        &patterns(&["bread & (kept|stored|baked)", "bread & !(kept|stored|baked)"]),
        "
        + !  The bread isn't stored in the cellar but in the kitchen.
        + !  The bread is stored not in the cellar but in the kitchen.
        + !  The bread isn't stored in the cellar, it's stored in the kitchen.
        + !  The bread isn't stored in the cellar; instead it's stored in the kitchen.
        + !  I have not baked the bread at home but at work.
        ! +  The bread isn't stored in the cellar.
        ! +  The bread isn't stored in the cellar but it smells.
        ! +  The bread isn't baked in the oven but bought in a shop.
        ",
    );
    check(
        &patterns(&["roses & grow*", "!(lose|give up) ..3 gas", "(lose|give up) ..3 gas", "cellar", "!cellar"]),
        "
        + . . . .  The roses don't grow because of the rain but because of the light.
        . . + . .  The oven does not give up water but gas.
        . + ! . .  The oven does not give up gas but water.
        . + ! . .  The oven does not lose gas.
        . . . ! +  The bread isn't stored in the cellar but in the kitchen.
        ! . . . .  The roses don't grow, but the light is on.
        ",
    );
}

#[test]
fn a_denied_restriction_contradicts_nobody() {
    check(
        &patterns(&["roses & grow*"]),
        "
        .  Roses don't grow as fast as weeds.
        .  Roses won't grow if it is cold.
        .  If there's no water, roses can't grow.
        .  Without water, roses don't grow.
        .  Without water roses cannot grow.
        .  Roses don't grow immediately.
        .  Roses don't grow on their own.
        .  Roses do not grow every day.
        !  Roses do not grow.
        !  Roses do not grow at all.
        !  Roses do not grow in the garden, and if it rains, they drown.
        !  If it rains, roses do not drown. Roses never grow.
        ",
    );
}

#[test]
fn a_denied_comparison_says_it_of_the_best() {
    check(
        &patterns(&["boil* & water", "!boil* & water", "(one|single) counter"]),
        "
        + ! .  No other device boils water faster.
        + ! .  Nothing boils water as fast as a kettle.
        + ! .  There is no easier way to boil water.
        + ! .  You cannot boil water faster than with a kettle.
        ! + .  No other device boils water.
        ! + .  Nothing boils water here.
        ! + .  There is no way to boil water.
        . . +  There can't be more than one counter.
        . . +  There's never more than one counter.
        . . +  It does not have more than one counter.
        . . +  No shop has more than one counter.
        . . !  It does not have one counter.
        ",
    );
}

#[test]
fn what_never_happens_is_denied() {
    check(
        &patterns(&["rust*", "!rust*"]),
        "
        . +  Rust does not appear on it.
        . +  It is protected against rust.
        . +  It resists rust.
        . +  It's immune to rust.
        ! +  It's painted so as not to rust.
        . +  Ugly rust cannot form.
        . +  Loud rusts cannot occur.
        + !  There is no way round it: it rusts.
        ",
    );
    check_walks();
}

/// A noun that could be a verb, behind an adjective.
fn check_walks() {
    check(
        &patterns(&["!read*", "read*"]),
        "
        + .  Dirty reads cannot occur.
        + .  Long reads are not possible.
        ! +  He reads.
        . +  The guest that reads is not able to write.
        ",
    );
}
