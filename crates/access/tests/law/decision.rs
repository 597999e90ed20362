//! Checks that the decision is the law's, that it is one, monotone, and explained.

use crate::reference::Law;
use crate::site::{Site, site};
use narthex_access::decide::decide;
use narthex_access::explain::{Step, explain};
use narthex_access::*;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

/// Returns whether each of the possible askers is allowed an action on an object.
fn allowed(site: &Site, catalogue: &Catalogue, action: Action, object: Object) -> Vec<bool> {
    let askers = site.askers().into_iter();
    askers
        .filter_map(|asker| asker.subject(catalogue))
        .map(|subject| decide(catalogue, &subject, action, object).is_allowed())
        .collect()
}

proptest! {
    #[test]
    fn the_decision_is_that_of_the_law_read_literally(site in site()) {
        let catalogue = site.catalogue();
        for asker in site.askers() {
            let (law, subject) = (Law::of(&site, asker), asker.subject(&catalogue));
            let (Some(law), Some(subject)) = (law, subject) else {
                return Err(TestCaseError::fail(format!("{asker:?} is active and no subject")));
            };
            prop_assert_eq!(subject.tier(), law.tier());
            for object in site.objects() {
                for action in Action::ALL {
                    let decision = decide(&catalogue, &subject, *action, object);
                    let told = (law.told(), action, object, decision);
                    prop_assert_eq!(decision.is_allowed(), law.allows(*action, object), "{:?}", told);
                }
            }
        }
    }

    #[test]
    fn a_refusal_is_absence_exactly_where_the_object_is_not_seen(site in site()) {
        let catalogue = site.catalogue();
        for asker in site.askers() {
            let (Some(law), Some(subject)) = (Law::of(&site, asker), asker.subject(&catalogue)) else {
                continue;
            };
            for object in site.objects() {
                for action in Action::ALL.iter().filter(|it| **it != Action::ViewInPortal) {
                    if let Decision::Deny(denied) = decide(&catalogue, &subject, *action, object) {
                        prop_assert_eq!(
                            denied.is_unseen(), !law.sees(object),
                            "{:?} {:?} {:?} {:?}", law.told(), action, object, denied
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn what_anonymous_sees_every_active_account_sees(site in site()) {
        let catalogue = site.catalogue();
        let nobody = Subject::anonymous();
        for object in site.objects() {
            for action in [Action::View, Action::ViewInPortal] {
                if decide(&catalogue, &nobody, action, object).is_allowed() {
                    let all = allowed(&site, &catalogue, action, object);
                    prop_assert!(all.iter().all(|it| *it), "{:?} {:?}", action, object);
                }
            }
        }
    }

    #[test]
    fn what_anonymous_may_say_every_account_that_is_no_customer_may(site in site()) {
        let catalogue = site.catalogue();
        let nobody = Subject::anonymous();
        for object in site.objects() {
            for asker in site.askers() {
                let Some(subject) = asker.subject(&catalogue) else { continue };
                if decide(&catalogue, &nobody, Action::Comment, object).is_allowed() {
                    let may = decide(&catalogue, &subject, Action::Comment, object).is_allowed();
                    prop_assert_eq!(may, subject.tier() != Tier::Customer);
                }
            }
        }
    }

    #[test]
    fn a_page_and_what_hangs_on_it_have_the_same_viewers(site in site()) {
        let catalogue = site.catalogue();
        let viewers = |action, object| allowed(&site, &catalogue, action, object);
        for it in site.attachments.iter().filter(|it| it.state == ContentState::Live) {
            for action in [Action::View, Action::ViewInPortal] {
                prop_assert_eq!(
                    viewers(action, Object::Attachment(it.id)),
                    viewers(action, Object::Page(it.page))
                );
            }
        }
        for it in site.comments.iter().filter(|it| it.state == ContentState::Live) {
            prop_assert_eq!(
                viewers(Action::View, Object::Comment(it.id)),
                viewers(Action::View, Object::Page(it.page))
            );
            // Articles are shown without comments.
            let in_portal = viewers(Action::ViewInPortal, Object::Comment(it.id));
            prop_assert!(!in_portal.contains(&true));
        }
    }

    #[test]
    fn an_explanation_agrees_with_the_decision_and_names_its_rule(site in site()) {
        let catalogue = site.catalogue();
        for asker in site.askers() {
            let Some(subject) = asker.subject(&catalogue) else { continue };
            for page in &site.pages {
                let decision = decide(&catalogue, &subject, Action::View, Object::Page(page.id));
                let Some(explained) = explain(&catalogue, &subject, page.id) else {
                    return Err(TestCaseError::fail("a page that is there is not explained"));
                };
                prop_assert_eq!(explained.decision, decision);
                let steps: Vec<Step> = explained.steps.iter().map(|(step, _)| *step).collect();
                let (own, unlicensed, anonymous) = channels(&steps);
                let named = match decision {
                    Decision::Allow(Allowed { channel, .. }) => match channel {
                        Some(Channel::Own) => own,
                        Some(Channel::Unlicensed) => !own && unlicensed,
                        Some(Channel::Anonymous) => !own && !unlicensed && anonymous,
                        None => false,
                    },
                    Decision::Deny(Denied::SpaceState(state)) => steps.contains(&Step::SpaceState(state)),
                    Decision::Deny(Denied::NoChannel(_)) => !own && !unlicensed && !anonymous,
                    Decision::Deny(Denied::Restricted { page, .. }) => {
                        steps.contains(&Step::Restriction { page, listed: false })
                    }
                    Decision::Deny(Denied::State(state)) => steps.contains(&Step::State(state)),
                    Decision::Deny(_) => false,
                };
                prop_assert!(named, "{:?} {:?}", decision, steps);
                let grounded = explained.steps.iter().all(|(step, facts)| {
                    matches!(step, Step::Tier(Tier::Anonymous)) || !facts.is_empty()
                });
                prop_assert!(grounded, "a step rests on no row: {:?}", explained.steps);
            }
        }
    }
}

fn channels(steps: &[Step]) -> (bool, bool, bool) {
    let own = steps.iter().any(|it| matches!(it, Step::Own(Some(_))));
    let unlicensed = steps
        .iter()
        .any(|it| matches!(it, Step::Unlicensed { open: true, .. }));
    let anonymous = steps
        .iter()
        .any(|it| matches!(it, Step::Anonymous { open: true, .. }));
    (own, unlicensed, anonymous)
}
