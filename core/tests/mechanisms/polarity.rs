//! What is affirmed and what is denied.

use super::{TRAVEL, check, check_pattern, patterns};

/// Columns: it holds caffeine, it does not.
const DRINK: [&str; 2] = ["caffeine", "!caffeine"];

#[test]
fn every_family_of_denials() {
    check(
        &patterns(&DRINK),
        "
        + !  The drink contains caffeine.
        ! +  The drink does not contain caffeine.
        ! +  The drink doesn't contain caffeine.
        ! +  The drink doesnt contain caffeine.
        ! +  The drink doesn’t contain caffeine.
        ! +  The drink cannot contain caffeine.
        ! +  The drink can't contain caffeine.
        ! +  The drink won't contain caffeine.
        ! +  The drink never contains caffeine.
        ! +  The drink contains no caffeine.
        ! +  It is a drink without caffeine.
        ! +  The drink no longer contains caffeine.
        ! +  The drink lacks caffeine.
        ! +  There is a lack of caffeine in the drink.
        ! +  The absence of caffeine is what makes the drink mild.
        ! +  The drink is free of caffeine.
        ! +  The drink is free from caffeine.
        ! +  The drink fails to deliver caffeine.
        ! +  The drink is unable to give you caffeine.
        ! +  The drink contains neither caffeine nor sugar.
        ! +  The drink contains neither sugar nor caffeine.
        ! +  The drink contains hardly any caffeine.
        ! +  It contains water instead of caffeine.
        ! +  It contains sugar rather than caffeine.
        ! +  It is a drink devoid of caffeine.
        ! +  The drink has zero caffeine.
        ! +  None of the drinks contains caffeine.
        ! +  Nobody puts caffeine into the drink.
        ! +  No one puts caffeine into the drink.
        + !  The drink contains caffeine in little cups.
        + !  They pour the caffeine into little cups.
        ! +  The drink contains little caffeine.
        ! +  It is impossible to find caffeine in the drink.
        ! +  It is not true that the drink contains caffeine.
        ! +  It is false that the drink contains caffeine.
        ! +  It is a myth that the drink contains caffeine.
        ! +  The drink is anything but rich in caffeine.
        ! +  Its taste is the opposite of caffeine.
        ! +  The leaf is too weak to give you caffeine.
        ! +  The drink by no means contains caffeine.
        ! +  Under no circumstances does it contain caffeine.
        ! +  At no time does it contain caffeine.
        ! +  The drink ceases to contain caffeine.
        ! +  The drink is deprived of caffeine.
        ! +  The drink is missing caffeine.
        ! +  It dispenses with caffeine.
        ! +  We refrain from caffeine.
        ! +  The maker did away with caffeine.
        + !  The drink is too hot, and it gives you caffeine.
        ! ~  Contains caffeine: no
        ! ~  - contains caffeine: no⏎- contains sugar: yes
        + !  Contains caffeine: no doubt it does.
        + !  It fails to cool you and on top of that it contains caffeine.
        . +  Many parents fear that it contains caffeine, but it does not.
        ",
    );
}

#[test]
fn what_is_taken_back_counts_for_nothing() {
    check(
        &patterns(&DRINK),
        "
        . .  The drink contains caffeine, no wait, it is sugar.
        ! +  The drink contains caffeine, sorry, I mean it does not contain caffeine.
        + !  There is no sugar in it. The drink contains sugar, scratch that, it contains caffeine.
        + !  The drink wakes you up, I mean, it contains caffeine.
        ! +  The drink contains caffeine. Sorry, the drink contains no caffeine.
        . .  The drink contains caffeine; correction: it contains sugar.
        . .  The drink contains caffeine, or rather smells like it.
        + !  The drink contains caffeine, or rather a lot of caffeine.
        + !  I am sorry, but the drink contains caffeine.
        ",
    );
}

#[test]
fn prevention_denies_but_contradicts_nothing() {
    check(
        &patterns(&DRINK),
        "
        . +  You drink it to avoid caffeine.
        . +  The process removes caffeine from the drink.
        . +  The process eliminates all caffeine.
        . +  This process gets rid of caffeine.
        . +  It keeps caffeine from getting into the drink.
        . +  The filter blocks all the caffeine from entering the cup.
        + !  They keep caffeine from the first brew and add it later.
        . +  Caffeine is not found in the drink.
        . +  They prefer adding sugar over adding caffeine.
        + !  They prefer adding caffeine over adding sugar.
        ",
    );
}

/// Columns: it stores water, it does not store.
const PUMP: &[&str] = &["store* & water", "!store*"];

#[test]
fn what_is_rejected_as_useless_is_denied() {
    check(
        &patterns(&DRINK),
        "
        . +  Caffeine is of no use here.
        . +  Adding caffeine to the drink is unnecessary because it is sweet.
        . +  Adding caffeine to the drink is discouraged.
        ! +  It is infeasible to find caffeine in it.
        . +  Caffeine is nowhere to be found.
        . +  It is useless as caffeine.
        . +  Putting caffeine into it would be a disaster.
        . +  Putting caffeine into it would ruin the taste.
        + !  Much caffeine would ruin the taste.
        . +  Wash it lest caffeine stays in it.
        . +  It spares you any caffeine.
        ",
    );
}

#[test]
fn a_denial_ends_with_its_bracket_and_leaves_the_rest_of_all() {
    check(
        &patterns(&["keep* & water", "!keep* & water"]),
        "
        + !  The pots keep (not spill) their water.
        + !  The pots keep a full (not a half) measure of water.
        . +  The pots do not keep every drop of water.
        . +  The pots do not keep all of their water.
        ! +  The pots do not keep water at all.
        ! +  The pots give up keeping water.
        + !  And because the lid never moves they keep water.
        ",
    );
}

#[test]
fn what_is_not_said_is_denied() {
    check(
        &patterns(&["water & cold", "!water & cold"]),
        "
        + !  They say that the water is cold.
        . +  Nobody says that the water is cold.
        . +  I do not believe that the water is cold.
        . +  Do not think that a guest finds the water cold.
        + !  My brother does not know that the water is cold.
        ! +  The label does not guarantee that the water stays cold.
        ",
    );
}

#[test]
fn a_denied_object_denies_its_verb() {
    check_pattern(
        "!break",
        "
        +  The storm breaks nothing.
        +  The storm breaks none of them.
        +  The storm breaks no one.
        +  The storm breaks neither door nor window.
        !  The storm breaks the door, nothing else.
        !  The storm breaks something.
        ",
    );
}

#[test]
fn denials_reach_over_or_and_back_to_the_verb() {
    check(
        &patterns(PUMP),
        "
        ! +  The pump never repeats or stores the water.
        ! +  It does not repeat the cycle, filter the input or store water.
        + !  The pump does not leak or it stores water.
        ! +  The pump stores no water.
        + !  The pump stores water and needs no power.
        . +  Storing water is impossible for the pump.
        + !  Without a tank the pump stores water badly.
        . +  Pipes and a store are not needed.
        . +  Stores are not wanted.
        . +  A store is useless here.
        . +  Storing water is skipped.
        . +  Storing water should be avoided.
        . +  Storing water would be a bad idea.
        . +  Storing water is a waste of time.
        . +  The pump makes storing water impossible.
        ! +  It is a mistake to store water.
        ! +  It is useless to store water.
        . +  The idea that the pump stores water is wrong.
        + !  It stores water easily and pipes do not leak.
        + !  The valve is not open and the pump stores water.
        + .  Instead of one big tank use a pump that stores water.
        + !  It stores the water of the roof minus the leaks.
        + !  For a while the pump stores water.
        . +  A store of water plays no part.
        ! +  Do not store water in the pump.
        + !  So that nothing leaks or it stores water.
        ",
    );
}

#[test]
fn what_is_called_wrong_is_denied() {
    check(
        &patterns(PUMP),
        "
        ! +  It is false to claim that it stores water.
        ! +  A common mistake is to think that the pump stores water.
        ! +  A common mistake is to think that the pump stores water, but it only moves it.
        + !  It is a myth that the pump leaks, but it stores water.
        + !  It is not true that the pump stores no water.
        . +  Many people say that the pump stores water. That is wrong.
        ! +  The pump stores water, which is not true.
        . +  You might think it stores water, but it does not.
        ! +  That does not mean that the pump stores water.
        . +  Many think that the pump stores water.
        + !  Many think that the pump leaks; in truth it stores water.
        ! +  I doubt that the pump stores water.
        . +  A frequent mistake is to store water in it.
        + !  Contrary to what many think, the pump stores water.
        + !  It is untrue that the pump leaks: it stores water.
        + !  It does not mean that the pump leaks, since it stores water.
        + !  The pump stores water. That is wrong for the filter.
        + !  It stores water. They do not ask for more.
        ",
    );
}

#[test]
fn what_holds_instead_stands_behind_what_does_not() {
    check(
        &patterns(&["gate & rust*", "gate & creak*"]),
        "
        ! +  It does not mean that the gate rusts, it means that the gate creaks.
        . +  It is not that the gate rusts; it is that the gate creaks.
        . +  It's not that the gate rusts but that the gate creaks.
        . +  Not that the gate rusts, but the gate creaks.
        ! +  It is not so much that the gate rusts, it is that the gate creaks.
        + .  It is not that I dislike it; the gate rusts.
        + +  It is that the gate rusts and that the gate creaks.
        + +  It is not only that the gate rusts; it is that the gate creaks.
        ",
    );
}

#[test]
fn what_is_called_a_myth_is_said_by_nobody() {
    check(
        &patterns(&DRINK),
        "
        . +  The claim that it contains caffeine is folklore.
        . +  'It contains caffeine' is a half-truth.
        . +  That it contains caffeine is a common misconception among guests.
        . +  Many say that it contains caffeine. That is a myth.
        . +  Many say that it contains caffeine; wrong, it is free of it.
        . +  Some think it contains caffeine. No, there is sugar in it.
        . +  Some people promise caffeine: not true.
        + !  It contains caffeine; no, you do not feel it.
        . +  The drink does not always contain caffeine.
        . +  The drink has no caffeine label.
        . +  Using caffeine in the drink is considered harmful.
        . +  The drink is useless for caffeine.
        + !  The drink is used for caffeine.
        . +  Putting caffeine into the drink is bad practice, so putting caffeine into tea is harmful.
        ! +  If not caffeine, it contains sugar.
        . +  Common myth: it contains caffeine; in truth it is sweet.
        + !  Common myth: it is sweet; in truth it contains caffeine.
        + !  That it contains caffeine is no myth.
        + !  It is a myth that it is sweet: it contains caffeine.
        ! +  It is folklore that it contains caffeine.
        ",
    );
}

#[test]
fn what_is_known_holds_though_nobody_knows_it() {
    check(
        &patterns(&DRINK),
        "
        + !  Nobody denies that it contains caffeine.
        + !  No one would deny that it contains caffeine.
        + !  It can't be denied that it contains caffeine.
        + !  I never knew that it contains caffeine.
        + !  I didn't know that it contains caffeine until I read the label.
        + !  Hardly anyone knows that it contains caffeine.
        + !  Not everybody knows that it contains caffeine.
        + !  Many guests do not realise that it contains caffeine.
        + !  People fail to see that it contains caffeine.
        + !  One should not overlook the fact that it contains caffeine.
        + !  A common mistake is to forget that it contains caffeine.
        + !  It is no secret that it contains caffeine.
        + !  It goes without saying that it contains caffeine.
        + !  It is not wrong that it contains caffeine.
        + !  It would be wrong to deny that it contains caffeine.
        + !  I do not doubt that it contains caffeine.
        + !  It is a fact and not a myth that it contains caffeine.
        ! +  Nobody knows that it does not contain caffeine.
        ! +  The maker denies that it contains caffeine.
        ! +  I doubt that it contains caffeine.
        ! +  I strongly disagree that it contains caffeine.
        ! +  They do not check that it contains caffeine.
        ",
    );
}

#[test]
fn what_is_doubted_is_denied() {
    check(
        &patterns(&DRINK),
        "
        ! +  I doubt that the drink contains caffeine.
        ! +  I doubt the drink contains caffeine.
        . +  I doubt if the drink contains caffeine.
        ! +  It is doubtful that the drink contains caffeine.
        ! +  It is unlikely that the drink contains caffeine.
        ! +  It is hardly likely that the drink contains caffeine.
        ! +  The drink is unlikely to contain caffeine.
        + !  It is likely that the drink contains caffeine.
        + !  It is not unlikely that the drink contains caffeine.
        + !  I do not doubt the drink contains caffeine.
        + !  Nobody doubts the drink contains caffeine.
        + !  Without doubt the drink contains caffeine.
        + !  I doubt it, but the drink contains caffeine.
        ",
    );
}

#[test]
fn a_denied_report_denies_what_it_tells() {
    check(
        &TRAVEL.replace("any = [\"@fast\"]", "any = [\"tea & serve*\"]"),
        "
        + .  I would say that a plane serves tea.
        . .  I would not say that a plane serves tea.
        ! .  It does not follow that a plane serves tea.
        . .  There is no reason to think that a plane serves tea.
        . .  Nobody should believe that a plane serves tea.
        ! .  Do not let anybody tell you that a plane serves tea.
        + .  Nobody should believe that a train is warm, and a plane serves tea.
        ",
    );
}

#[test]
fn what_others_say_is_no_claim() {
    check(
        &patterns(&DRINK),
        "
        . .  Some people say that it contains caffeine.
        . .  Some tutorials say it contains caffeine.
        . .  I used to think that it contains caffeine.
        . .  An old professor taught us that it contains caffeine.
        . .  You'd think it contains caffeine.
        . .  Saying that it contains caffeine is a sure way to lose guests.
        . .  Suppose for a moment that it contains caffeine.
        . .  It is debatable whether it contains caffeine.
        . +  You'd think it contains caffeine, but nope.
        . +  Some tutorials claim that it contains caffeine; they are outdated.
        . +  My professor taught us that it contains caffeine, and he was wrong.
        . +  Guests believe that it contains caffeine. In fact it is the opposite.
        . +  It is easy to believe that it contains caffeine, but wrong.
        . +  The belief that it contains caffeine is widespread but unfounded.
        . +  The claim that it contains caffeine does not hold.
        . +  There is this idea that it contains caffeine. Do not fall for it.
        . +  Forget the idea that it contains caffeine.
        . +  Contrary to the belief that it contains caffeine, it is mild.
        . +  Wrong: it contains caffeine.
        ! +  It contains caffeine - not true.
        ! +  It contains caffeine? No.
        + !  The label says that it contains caffeine.
        + !  I think that it contains caffeine.
        + !  Some say it is sweet, but it contains caffeine.
        + !  Some drinks are sweet, and this one contains caffeine.
        + !  Forget the idea that it is mild: it contains caffeine.
        + !  Contrary to the belief that it is mild, it contains caffeine.
        + !  It is mild? No, it contains caffeine.
        + !  Wrong: it is mild. Right: it contains caffeine.
        + !  The label is outdated, and it contains caffeine.
        + !  The bits tell the cup where to pour, and it contains caffeine.
        ",
    );
}

#[test]
fn a_denial_reaches_as_far_as_it_means() {
    check(
        &patterns(&DRINK),
        "
        + !  The drink is not sweet, but it contains caffeine.
        + !  If it is not sweet it contains caffeine.
        + !  It does not taste sweet as the drink contains caffeine.
        ! +  It does not come as a drink with caffeine.
        + !  When nobody looks they find caffeine in it.
        . +  You cannot drink caffeine without sugar.
        + !  A drink without sugar brings caffeine to the party.
        ! +  A drink without sugar brings no caffeine.
        ! +  A drink without caffeine brings you peace.
        + !  A crash without sugar brings caffeine to the party.
        + !  The drink has no sugar, it contains caffeine.
        + !  Although it is not sweet, it contains caffeine.
        + !  It contains caffeine and no sugar.
        + !  Without sugar, the caffeine is bitter.
        ! +  The drink has no sugar, milk or caffeine.
        ! +  The drink has no sugar and no caffeine.
        ! +  It does not contain sugar or caffeine.
        ! +  It does not promise that the drink contains caffeine.
        ! +  The drink contains water, not caffeine.
        + !  It does not matter. The drink contains caffeine.
        + !  The drink contains caffeine, not sugar.
        + !  We keep no list of who brings the caffeine.
        + !  No-shows drink the caffeine of others.
        ! +  It has nothing to do with caffeine.
        + !  It is made of water rather than milk and then brings caffeine.
        ! +  Nobody needs a friend or caffeine.
        ! +  It comes without filters or caffeine, all at once.
        ! +  They do not show where the caffeine goes.
        + !  If it != water, it contains caffeine.
        ",
    );
    // Each of two clauses is denied by a cue of its own: they do not cancel.
    check_pattern("pump* & tank*", ".  Pumps do not matter here, and a tank is of no use.");
    // What the pattern itself denies.
    check_pattern("~(never|without|instead of) ..4 ~open & tested", "+  Instead of opening the tested box, we knock.");
}

#[test]
fn a_denied_subject_does_nothing() {
    check(
        &patterns(&DRINK),
        "
        ! +  No drink may contain caffeine.
        ! +  No drink of ours will ever have caffeine.
        ! +  No filtered drink may contain caffeine.
        ! +  It means that no drink may contain caffeine.
        ! +  The rule: no drink may contain caffeine.
        ! +  In the end no drink may contain caffeine.
        ! +  In the shop no drink may contain caffeine.
        ! +  That way no drink will contain caffeine.
        + !  No drink is served once caffeine is found in it.
        + !  A drink with no label may contain caffeine.
        + !  Drinks that have no label can contain caffeine.
        + !  No label means that it may contain caffeine.
        + !  No drink is safe, so each may contain caffeine.
        + !  With no label the drink can contain caffeine.
        ",
    );
}

#[test]
fn words_that_only_look_like_a_denial() {
    check(
        &patterns(&DRINK),
        "
        + !  The drink contains not only sugar but also caffeine.
        // Known limit: the word only in the clause makes it too unclear to contradict the second column.
        + .  Not only does the drink contain caffeine, it is sweet too.
        + !  It is not just water, it contains caffeine.
        + !  No doubt the drink contains caffeine.
        + !  No matter how you brew it, the drink contains caffeine.
        + !  The drink contains nothing but caffeine.
        + !  The drink contains nothing else than caffeine.
        + !  Do not forget the caffeine!
        + !  Zero or one cup brings caffeine.
        + !  When nothing or one drop is left, it brings caffeine.
        + !  I do not like how the drink tastes of caffeine.
        + !  Why not add caffeine to the drink?⏎It surely contains caffeine.
        ",
    );
}

#[test]
fn two_denials_cancel() {
    check(
        &patterns(&DRINK),
        "
        + !  There is no drink without caffeine.
        + !  Nothing stops you from drinking caffeine.
        + !  You cannot make the drink without caffeine.
        + !  The drink never lacks caffeine.
        + !  It is not true that the drink contains no caffeine.
        + !  The drink is not free of caffeine.
        + !  It is impossible to make the drink without caffeine.
        ",
    );
    check_pattern(
        "start* & password",
        "
        +  It cannot start without a password.
        +  It cannot start unless there is a password.
        +  It does not start until you type the password.
        !  It starts without a password.
        ",
    );
}

#[test]
fn opposites_of_a_concept_deny_it() {
    let concept =
        "[[concepts]]\nid = \"safe\"\nnames = [\"safe\", \"secure\"]\nopposites = [\"dangerous\", \"risky\"]\n";
    let rubric = patterns(&["@safe", "!@safe"]) + concept;
    check(
        &rubric,
        "
        + !  The bridge is safe.
        + !  The bridge is secure.
        ! +  The bridge is dangerous.
        ! +  It is a risky bridge.
        ! +  The bridge is not safe.
        + !  The bridge is not dangerous.
        ! +  The bridge is unsafe.
        ! +  The bridge is insecure.
        + !  The bridge is never unsafe.
        ! +  The bridge is far from safe.
        ",
    );
}

#[test]
fn negative_prefixes_and_endings_deny_known_words() {
    check(
        &patterns(&["reversible", "!reversible"]),
        "
        + !  The change is reversible.
        ! +  The change is irreversible.
        + !  The change is not irreversible.
        ! +  The change is non-reversible.
        ! +  The change is non reversible.
        ! +  The change is nonreversible.
        ",
    );
    check(
        &patterns(&["harm*", "!harm*"]),
        "
        + !  The plant harms the people.
        ! +  The plant is harmless.
        + !  The plant is not harmless.
        ",
    );
    check(
        &patterns(&["irreversible", "stable", "unbalanced"]),
        "
        + . .  The change is irreversible.
        // Known limit: where a term is written in its denied form only, the plain form is unknown.
        . . .  The change is reversible.
        . + .  The bridge is stable.
        . ! .  The bridge is unstable.
        . . .  The tree is not balanced.
        . . .  The tree is balanced.
        ",
    );
    // A word that only begins like a negative prefix is a word of its own.
    check(
        &patterns(&["port", "form"]),
        "
        . .  We import the goods and inform the guests.
        + +  The port has a form.
        ",
    );
}

#[test]
fn quantities_deny_what_there_is_little_of() {
    check(
        &patterns(&["effort", "!effort", "waste"]),
        "
        + ! .  It costs effort.
        ! + .  It costs less effort.
        ! + .  It takes little effort.
        ! + .  It takes minimal effort.
        + ! .  It takes a little effort.
        . . !  It makes fewer mistakes and less waste.
        + ! .  Every guest makes his own little effort.
        ",
    );
}

#[test]
fn comparatives_have_a_mirrored_reading() {
    let rubric = TRAVEL.replace("[\"@fast\"]", "[\"@fast|faster\"]");
    check(
        &rubric,
        "
        + .  Planes are faster than trains.
        ! .  Trains are faster than planes.
        ! .  Planes are slower than trains.
        + .  Trains are slower than planes.
        . .  Trains are not slower than planes.
        ! .  Planes are not faster than trains.
        + .  Trains are as fast as planes.
        + .  Trains are not as fast as planes.
        + .  Planes are quicker than trains.
        + .  A plane travels more rapidly than a train.
        + .  Trains are less fast than planes.
        ",
    );
}

#[test]
fn denials_that_keep_away_or_call_it_wasted() {
    check_pattern(
        "(cool*|salt*) & (bread|we)",
        "
        !  We kept away from salt.
        !  We steer clear of salt.
        !  They forgot to cool the bread.
        !  It is wrong to salt our bread.
        !  It is out of the question to salt our bread.
        !  It makes little sense to cool the bread.
        !  It is wasted effort to salt our bread.
        .  Such ovens keep bread from being cooled.
        .  The bread does not cool until the lid is off.
        .  We do not add salt, unless there is soup.
        +  We never forgot to salt it.
        ",
    );
}

#[test]
fn what_a_condition_denies_is_denied_of_nobody() {
    check_pattern(
        "cool* & bread",
        "
        .  If nobody cools the bread, it molds.
        .  When bread isn't cooled it molds.
        !  If it rains, nobody cools the bread.
        !  Nobody cools the bread if it rains.
        +  They cool the bread except when it rains.
        +  The loss went to zero since we cool the bread.
        ",
    );
}

#[test]
fn a_quantity_in_a_compound_turns_its_own_word_only() {
    check_pattern(
        "!sell* & fruit",
        "
        +  A farmer must not sell low-quality fruit.
        +  A farmer sells no fruit.
        !  A farmer sells low-quality fruit.
        ",
    );
}

#[test]
fn undoing_a_deed_does_not_deny_it() {
    check_pattern(
        "(subscrib*|register) ..2 (unsubscribe|unregister)",
        "
        +  Readers register and unregister by post.
        .  Readers subscribe, somebody registers them.
        ",
    );
}

#[test]
fn an_indirect_question_is_what_is_denied() {
    check_pattern(
        "who bakes",
        "
        !  The label does not concern who bakes.
        !  The label does not tell who bakes.
        +  The label does not help the man who bakes.
        +  It is not John who bakes.
        ",
    );
}

#[test]
fn what_sets_a_word_right_denies_that_word_alone() {
    check(
        &patterns(&["lamp & metal", "lamp & wood*"]),
        "
        + !  Lamps are metal, not wood.
        + !  The lamp is metal and not wood.
        + !  The lamp is made of metal, not of wood.
        + !  The lamp is not wood but metal.
        + !  It is not a wooden lamp but a metal lamp.
        ! .  The lamp is not metal.
        ",
    );
    check(
        &patterns(&["light & scatter*", "light & absorb*"]),
        "
        + !  The light is scattered and not absorbed.
        + !  The light is not absorbed but scattered.
        ! +  The light is absorbed, not scattered.
        ",
    );
}

#[test]
fn refusals_attempts_and_orders_not_to() {
    check(
        &patterns(&["guard* & paint* & door"]),
        "
        +  The guard painted the door.
        +  The guard managed to paint the door.
        !  The guard refused to paint the door.
        !  The guard declined to paint the door.
        !  The guard was unwilling to paint the door.
        .  The guard was prevented from painting the door.
        .  They stopped the guard from painting the door.
        .  The guard tried to paint the door but failed.
        .  The guard wanted to paint the door but could not.
        .  The guard tried in vain to paint the door.
        .  The claim that the guard painted the door is a lie.
        .  The report that the guard painted the door is false.
        ",
    );
}

#[test]
fn reasons_that_are_none() {
    check(
        &patterns(&["wind", "!wind"]),
        "
        + !  It is because of the wind.
        . +  It is not because of the wind.
        ! +  It is not due to the wind.
        . +  The wind has nothing to do with it.
        ! +  A common mistake is to think it is because of the wind.
        ",
    );
    check(
        &patterns(&["!forget*"]),
        "
        +  The guards never forget the face.
        !  Do not forget the face.
        ",
    );
}

#[test]
fn a_condition_contradicts_nobody() {
    check(
        &patterns(&["sorted"]),
        "
        !  The list is unsorted.
        .  If the list is unsorted, you must not use it.
        +  It fails on unsorted lists.
        ",
    );
    check(
        &patterns(&["boil* & lid & -unsafe"]),
        "
        +  It boils under the lid and is safe.
        .  It boils under the lid and is unsafe.
        ",
    );
    check(
        &patterns(&["wind & turn*"]),
        "
        !  It does not mean that the sun shines, and the wind does not turn it.
        ",
    );
}

#[test]
fn what_is_said_of_a_denied_relative_clause_holds() {
    check(
        &patterns(&["open", "lock*"]),
        "
        + !  What is not locked is open.
        + .  Doors that are not locked are open.
        + .  The doors which do not close are open.
        ! !  What is not locked is not open.
        . !  He says that they are not being locked again.
        ",
    );
    check(
        &patterns(&["open", "guest* & wait*"]),
        "
        + .  They notice nothing and several doors can be open.
        . +  No key is needed and the many late guests always wait.
        ! .  Nobody leaves the door open.
        ",
    );
}
