//! What is only supposed, given up, put second or called a mistake.

use super::{check, check_pattern, patterns};

/// The garden needs water; to use salt, or to skip the water, is a misconception.
const SALT: &str = r#"
prompt = "How do you keep a garden?"
kind = "definition"
[[criteria]]
id = "water"
label = "The garden needs water"
any = ["need* & water"]
[[misconceptions]]
id = "salt"
label = "Salt harms the garden"
any = ["use* ..2 salt", "skip* ..2 water"]
penalty = 1
"#;

/// Each answer holds the misconception of a rubric, or does not.
#[track_caller]
fn check_held(rubric: &str, held: &str, not_held: &str) {
    let lines = |table: &str| -> Vec<String> {
        table.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| line.replace('⏎', "\n")).collect()
    };
    let is_held = |answer: &String| !super::evaluate(rubric, answer).misconceptions.is_empty();
    let missed: Vec<String> = lines(held).into_iter().filter(|answer| !is_held(answer)).collect();
    let wrong: Vec<String> = lines(not_held).into_iter().filter(is_held).collect();
    let mut marker = super::marker(rubric);
    let mut trace = |answer: &String| format!("{answer}\n{}", marker.trace("q", answer).expect("known"));
    let missed: String = missed.iter().map(&mut trace).collect();
    let wrong: String = wrong.iter().map(&mut trace).collect();
    assert!(missed.is_empty() && wrong.is_empty(), "not held:\n{missed}\nheld:\n{wrong}");
}

#[test]
fn a_condition_holds_no_misconception() {
    check_held(
        SALT,
        "
        You use salt.
        If it rains, use salt.
        If it rains we use salt.
        Use salt if it rains.
        Salt is good, so we use salt when it rains.
        If weeds grow the roses use salt.
        When people use salt, the roses die.
        ",
        "
        If you use salt, the roses die.
        You get sick if you use salt.
        If we used salt, the roses would die.
        If you use salt you lose the roses.
        ",
    );
    check(
        &patterns(&["!salt"]),
        "
        .  If you use salt, the roses die.
        !  You use salt. If it rains, the roses die.
        !  Check if the cook uses salt.
        ",
    );
}

#[test]
fn what_would_hold_otherwise_contradicts_nobody() {
    let rubric = patterns(&["!rust*", "rust*"]);
    check(
        &rubric,
        "
        . +  Paint the gate, otherwise it rusts.
        . +  Paint the gate. Otherwise it would rust.
        . +  The gate must be painted, or else it rusts.
        . +  A gate would otherwise rust.
        . +  Do not leave it in the rain, otherwise it rusts.
        . +  Do not leave it in the rain or else it rusts.
        ! +  The gate rusts.
        ! +  Paint the gate, otherwise it is ugly; it rusts.
        ! +  Everything else is new, but the gate rusts.
        + !  Paint the gate, so it does not rust.
        ",
    );
}

#[test]
fn what_was_given_up_is_no_misconception() {
    check_held(
        SALT,
        "
        We used to use salt.
        Earlier we used salt, and we still do.
        I considered the roses and use salt.
        ",
        "
        We used to use salt, but now we don't.
        Earlier we used salt, but not any more.
        I considered using salt but decided against it.
        I thought about using salt, but I didn't.
        I could have used salt, but I didn't.
        At first I wanted to use salt, but then I realized that it doesn't work.
        We used to skip the water. That was a mistake, now we never do.
        ",
    );
}

#[test]
fn what_is_not_preferred_is_denied() {
    check_held(
        SALT,
        "
        I'd rather use salt than plan.
        It's better to use salt than to plan.
        We rather use salt.
        ",
        "
        I'd rather plan than use salt.
        I'd rather pin the roses than use salt.
        It's better to plan than to use salt.
        I prefer planning to using salt.
        I prefer planning over using salt.
        ",
    );
    let coffee = SALT.replace("\"use* ..2 salt\"", "\"(prefer*|likes) .. coffee\"");
    check_held(
        &coffee,
        "
        The guest prefers coffee over milk.
        The guest prefers coffee to milk.
        The guest prefers to drink coffee.
        The guest prefers coffee.
        ",
        "
        The guest prefers milk over coffee.
        The guest prefers milk to coffee.
        ",
    );
    check_pattern(
        "prefer* & milk .. coffee",
        "
        +  The guest prefers milk over coffee.
        +  The guest prefers milk to coffee.
        ",
    );
}

#[test]
fn what_is_named_as_a_mistake_is_denied() {
    check_held(
        SALT,
        "
        The mistake is made again. We use salt.
        What you do is use salt.
        ",
        "
        A typical mistake is using salt.
        The biggest mistake is using salt.
        A mistake I often see is to use salt.
        My mistake was that I used salt.
        What people do wrong is use salt.
        What you should avoid is using salt.
        The worst thing you can do is use salt.
        I'm against using salt.
        I see no point in using salt.
        Beginners often use salt, which is a mistake.
        Beginners often make the mistake of using salt.
        A common mistake is using salt.
        Some use salt, but they shouldn't.
        It is often wrongly believed that you use salt.
        ",
    );
    check_pattern(
        "prun*",
        "
        .  A common mistake is pruning the trees in winter, but that helps nobody.
        +  A common mistake is forgetting to prune. I always prune the trees.
        +  The mistake was found, and we prune the trees.
        ",
    );
}

#[test]
fn a_correction_ends_what_is_called_wrong() {
    check(
        &patterns(&["boil* & water", "milk"]),
        "
        + !  It's a common mistake to think that a kettle is for milk - it boils water.
        + !  It's a common mistake to think that a kettle is for milk, in fact it boils water.
        + !  It's a common mistake to think that a kettle is for milk, when in fact it boils water.
        + !  It is not true that a kettle is for milk, it boils water.
        + .  People think that a kettle is for milk - it boils water.
        + .  People think that a kettle is for milk, in reality it boils water.
        + .  I used to think a kettle is for milk, now I know it boils water.
        + +  It boils water - as everybody knows - and milk.
        . .  People think that a kettle is for milk - as they say - and boils water.
        ! .  It is a myth that, when it is hot, it boils water.
        ",
    );
}

#[test]
fn a_restriction_that_is_denied() {
    check(
        &patterns(&["(just|simply|only) drink*", "drink*"]),
        "
        . +  We don't just drink, we also wash the cups.
        . +  You don't simply drink, you wash the cups.
        . +  We not only drink, we wash the cups.
        + +  We just drink.
        + +  You simply drink.
        ",
    );
    check_pattern("not only drink*", "+  We not only drink, we wash the cups.");
}

#[test]
fn a_denied_wait_is_no_wait() {
    check_pattern(
        "wait* until ..3 whistle*",
        "
        +  We wait until the kettle whistles.
        .  We don't wait until the kettle whistles.
        .  Never wait until the kettle whistles.
        .  Instead of waiting until the kettle whistles, we go.
        ",
    );
    check_pattern("walk* until ..3 whistle*", "+  We don't walk until the kettle whistles.");
}

#[test]
fn other_deeds_of_ones_own_contradict_nothing() {
    let deeds = patterns(&["(i|we) (baked|did|painted) & (bread|cake|milk)"]);
    let experience = deeds.replace("definition", "experience");
    check(
        &experience,
        "
        +  I baked the bread. I didn't cut the cake, my wife did.
        !  We didn't paint the cake.
        +  We didn't cut the bread, we baked the bread.
        ",
    );
    check(&deeds, "!  We didn't paint the cake.");
}

#[test]
fn what_is_only_tried_or_due() {
    check_pattern(
        "(need*|hold*) & (water|truck)",
        "
        .  Steel tries to hold a truck but fails.
        .  Steel wants to hold a truck but it can't.
        .  Steel could hold a truck if it were thick, but it isn't.
        .  I wish steel held a truck.
        .  Allegedly steel holds a truck.
        .  Steel holds a truck, or so they say.
        .  The garden should need water, but it doesn't.
        .  The garden is supposed to need water, but it does not.
        .  In theory the garden needs water, in practice it doesn't.
        +  The garden should have a fence. It needs water.
        +  Steel could hold a truck. It does not rust.
        +  In theory and in practice the garden needs water.
        ",
    );
}

#[test]
fn a_denial_stands_where_the_pattern_wants_it() {
    check(
        &patterns(&["sensor* & !glow*", "!sensor* & glow*"]),
        "
        + .  The sensor works and it does not glow.
        . +  There is no sensor and the lamp glows.
        . +  If there is no sensor, the lamp glows.
        + .  The sensor hums, but nothing glows.
        . +  It glows without a sensor.
        . .  There is no sensor, so the lamp does not glow.
        + +  No sensor glows.
        ",
    );
    check(
        &patterns(&["door ..4 unlocked", "locked"]),
        "
        + !  The guard keeps the door unlocked.
        + !  The guard does not keep the door locked.
        . +  The guard does not open the door but locks it.
        . +  The guard leaves no door, he locks it.
        // Known limit: behind a phrase, no door denies the door alone.
        + +  Because of the guard no door is ever locked.
        ",
    );
}
