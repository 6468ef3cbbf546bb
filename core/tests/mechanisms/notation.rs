//! What a pattern can ask for.

use super::{check, check_pattern, patterns};

// ---------------------------------------------------------------------------------------------------------------------
// Pattern features

#[test]
fn phrases_and_gaps() {
    check_pattern(
        "lost letter",
        "+  It is a lost letter.\n+  We lost a letter.\n.  We lost an old letter.\n.  A letter was lost.",
    );
    check_pattern(
        "keep* _ door",
        "+  They keep the door shut.\n+  They kept this. They keep every door.\n.  They keep door.",
    );
    check_pattern("open & door", "+  They open the old wooden door.\n+  The door is open.\n.  They open it.");
    check_pattern("open .. door", "+  They open the old wooden door.\n.  The door is open.");
    check_pattern("open ..2 door", "+  They open the old door.\n.  They open the very old wooden kitchen door.");
    check_pattern("open ..0 door", "+  They open door after door.\n.  They open the door.");
    check_pattern(
        "open & door",
        ".  They open a box, look at what is inside of it, put it back, sit down for an hour and then watch the door.",
    );
}

#[test]
fn what_belongs_together_may_stand_in_neighbouring_clauses() {
    check_pattern(
        "stable & heavy",
        "
        +  The lamp is stable because its foot is heavy.
        +  The lamp is stable, because its foot is heavy.
        +  The lamp is stable, so its foot must be heavy.
        +  The lamp is stable, and it has a heavy foot.
        +  The lamp is stable, and if you ask me it is heavy.
        +  The lamp is stable (all metal) and heavy.
        .  The lamp is stable. Its foot is heavy.
        .  The lamp is stable; its foot is heavy.
        ",
    );
}

#[test]
fn wildcards() {
    check_pattern("photo*", "+  It is a photograph.\n+  They use photosynthesis.\n.  It is a phone.");
    check_pattern("organi?e", "+  They organise it.\n+  They organize it.\n.  They own it.");
    check_pattern("col*r", "+  It has a colour.\n+  It has a color.\n.  It has a colony.");
}

#[test]
fn alternatives_and_exclusions() {
    check_pattern("(big|large) (house|home)", "+  It is a big home.\n+  It is a large house.\n.  It is a big tree.");
    check_pattern("big house|small boat", "+  It is a big house.\n+  It is a small boat.\n.  It is a big boat.");
    check_pattern("river & -bank", "+  They sit by the river.\n.  They sit on the bank of the river.");
    check_pattern("~smoke", "+  Avoid smoke.\n+  It makes smoke.\n+  There is no smoke.\n.  It burns.");
    check_pattern("!smoke & burn*", "+  It burns without smoke.\n.  It burns.\n!  It burns with smoke.");
    check_pattern(
        "!smoke & !heat",
        "
        +  It gives neither smoke nor heat.
        +  It has no smoke and no heat.
        +  It has no smoke and it gives no heat.
        +  It does not give smoke or heat.
        !  It gives smoke and heat.
        .  It has no smoke.
        ",
    );
}

#[test]
fn numbers_ranges_units_and_tolerances() {
    check_pattern("#20", "+  It takes 20 days.\n+  It takes twenty days.\n.  It takes 21 days.");
    check_pattern("#20..60", "+  It takes 20 days.\n+  It takes 45 days.\n.  It takes 61 days.");
    check_pattern("#100 ms", "+  It takes 100 ms.\n+  It takes 100ms.\n.  It takes 100 days.\n.  It takes 90 ms.");
    check_pattern("#100±10 ms", "+  It takes 95 ms.\n+  It takes 110 ms.\n.  It takes 111 ms.");
    check_pattern("#1.5", "+  It weighs 1.5 kilos.\n.  It weighs 15 kilos.");
    check_pattern("#3.9", "+  It weighs 3.9 kilos.\n.  It needs version 3.8.1 of them.");
    check_pattern("#1000", "+  It costs 1,000 dollars.\n+  It costs a thousand dollars.\n.  It costs 1 dollar.");
}

#[test]
fn regular_expressions_see_the_answer_as_written() {
    check_pattern(
        r"/O\(n\)/",
        "+  It runs in O(n) time.\n+  It runs in o(n) time.\n.  It runs in O(n²) time.\n.  It runs in O n time.",
    );
    // Signs that are no word.
    check_pattern(
        r"/\+=/",
        "+  Then total += value in each step.\n+  Then total += -value in each step.\n.  Then total = value in each step.",
    );
    check_pattern(
        r"/[A-Z]{3}-\d+/",
        "+  The ticket is ABC-12 today.\n+  The ticket is abc-12 today.\n.  The ticket is ABC 12 today.",
    );
}

// ---------------------------------------------------------------------------------------------------------------------
// Order

#[test]
fn order_is_a_relation() {
    check_pattern(
        "boil* << pour*",
        "
        +  Boil the water before you pour it.
        +  You pour the water after you boil it.
        +  First boil the water, then pour it.
        +  First you boil it and then you pour it.
        +  After boiling the water you pour it.
        +  Before you pour the water, you boil it.
        +  Once the water boils, pour it.
        +  Boil the water and afterwards pour it.
        +  You boil the water, after that you pour it.
        !  You pour the water, after that you boil it.
        +  Boiling comes before pouring.
        +  Boiling precedes pouring.
        +  Pouring is preceded by boiling.
        +  The boiling preceded the pouring.
        .  You boil the water after you fill the pot, and pouring is fun.
        +  Pouring follows boiling.
        +  You boil the water and she follows with pouring it.
        +  Pouring requires boiling.
        +  You cannot pour the water until it boils.
        +  You cannot pour the water unless it boils.
        +  Boil the water → pour it over the leaves.
        +  Boiling is followed by pouring.
        +  1. Boil the water⏎2. Pour it over the leaves
        +  You boil the water. Then you pour it over the leaves.
        +  The water boils first, the pouring is second.
        +  Before you pour the water, you weigh it. Boil it. Then pour it over the leaves.
        .  Before you boil the water, you weigh it. Then pour it over the leaves.
        !  Pour the water before you boil it.
        +  Never pour the water before you boil it.
        +  It is wrong to say that you pour the water before you boil it.
        !  It is a mistake to boil the water before you pour it.
        !  First pour the water, then boil it.
        !  You boil the water after you pour it.
        !  Before you boil the water, you pour it.
        +  Before the guests come, boil the water and then pour it.
        .  Prior to serving, the order is boil, pour, drink.
        !  Boiling requires pouring.
        !  Boiling follows pouring.
        !  You cannot boil the water until you pour it.
        +  Pour the water, but before that boil it.
        !  Boil the water, but before that pour it.
        +  Pour the water. Before that, boil it.
        !  Boil the water. Before that, pour it.
        +  You may pour the water, but not before you boil it.
        !  You may boil the water, but not before you pour it.
        +  Boiling is the first thing, pouring the last.
        !  Pouring is the first thing, boiling the last.
        +  Start by boiling the water and finish by pouring it.
        +  Pour the water as soon as it boils.
        +  The water boils, whereupon you pour it.
        +  Having boiled the water, you pour it.
        +  Pour the water only after you have boiled it.
        !  Boil the water only after you have poured it.
        !  First pour the water. Then boil it.
        !  Pour the water. After that boil it.
        // Poured again, it may be in its place.
        .  Pour the water. Then boil it. Then pour it over the leaves.
        .  Pour the water. When it is hot, boil it.
        +  Pouring never happens before boiling.
        !  Boiling never happens before pouring.
        +  Pouring comes later than boiling.
        !  Boiling comes later than pouring.
        +  Firstly you boil the water, secondly you pour it.
        +  Step 1: boil the water. Step 2: pour it over the leaves.
        +  1) boil the water 2) pour it over the leaves
        .  Boiling is when it bubbles and pouring is when it flows.
        .  You boil the water and you pour the water.
        .  You boil the water.
        .  1. Pour it over the leaves⏎2. Boil the water
        ",
    );
}

#[test]
fn a_procedure_is_told_in_its_order() {
    let rubric = patterns(&["boil* << pour*"]).replace("definition", "procedure");
    check(
        &rubric,
        "
        +  You boil the water. You pour it over the leaves.
        .  You pour it over the leaves. You boil the water.
        !  1. Pour it over the leaves⏎2. Boil the water
        .  1. Pour it into the kettle⏎2. Boil the water⏎3. Pour it over the leaves
        .  Pour it over the leaves⏎Boil the water
        .  You boil the water. The kettle does not pour it.
        +  You boil the water and you pour the water.
        +  The water is boiled, filtered and poured.
        .  You both boil and pour the water.
        .  You boil or pour the water.
        .  You do not boil the water and pour it.
        .  The pouring and the boiling are done by the host.
        .  You pour the water and boil it.
        ",
    );
    check_pattern("boil* << pour*", ".  You boil the water. You pour it over the leaves.");
}
