//! Tests of what a view returns beside the decision: credentials (laws 1.3 and 5.7), people (laws
//! 3.6 and 3.7), and others' access (law 8).

#![expect(
    clippy::panic,
    reason = "an account of the site that can't log in fails the test"
)]

mod rows;

use narthex_access::people::PersonShown;
use narthex_access::*;
use std::sync::Arc;

const LICENSED: u64 = 1;
const ADMINISTRATOR: u64 = 2;
const GUEST: u64 = 3;
const UNLICENSED: u64 = 4;
const CUSTOMER: u64 = 5;

const OPEN: u64 = 1;
const RESTRICTED: u64 = 2;
const DRAFT: u64 = 3;

/// Returns a site whose space is open to anonymous, with a token for every account. The hash of the
/// token is the account's number.
fn site() -> Catalogue {
    let mut all: Vec<Row> = vec![
        rows::group(1, ConfluenceAccess::User).into(),
        rows::group(2, ConfluenceAccess::Guest).into(),
        rows::space(1, SpaceState::Live).into(),
        rows::project(1, Portal::LoginFree).into(),
        rows::link(1, 1, 1).into(),
    ];
    for account in [LICENSED, ADMINISTRATOR, GUEST, UNLICENSED, CUSTOMER] {
        let mut row = rows::account(account);
        row.guest_space = SpaceId::new(1);
        if account == CUSTOMER {
            row.kind = AccountKind::Customer;
        }
        all.push(row.into());
        let token = TokenRow {
            id: TokenId::from_random(account),
            account: AccountId::from_random(account),
            label: "test".into(),
            hash: [account as u8; 32],
            ends_in: "test".into(),
            scopes: Scopes::ALL,
            created_at: 0,
            expires_at: 100,
            ended_at: None,
        };
        all.push(token.into());
        let session = SessionRow {
            id: SessionId::from_random(account),
            account: AccountId::from_random(account),
            hash: [account as u8; 32],
            created_at: 0,
            expires_at: 100,
            ended_at: None,
        };
        all.push(session.into());
    }
    all.push(rows::membership(1, LICENSED, 1).into());
    all.push(rows::membership(2, ADMINISTRATOR, 1).into());
    all.push(rows::membership(3, GUEST, 2).into());
    let class = Principal::Class(AccessClass::AnonymousUsers);
    all.push(rows::grant(1, 1, class, Operation::Read).into());
    let to = |id| Principal::Account(AccountId::from_random(id));
    for (n, (who, operation)) in [
        (LICENSED, Operation::Read),
        (GUEST, Operation::Read),
        (ADMINISTRATOR, Operation::Read),
        (ADMINISTRATOR, Operation::Administer),
    ]
    .into_iter()
    .enumerate()
    {
        all.push(rows::grant(10 + n as u64, 1, to(who), operation).into());
    }
    all.push(rows::page(OPEN, 1, LICENSED).into());
    all.push(rows::page(RESTRICTED, 1, LICENSED).into());
    let mut draft = rows::page(DRAFT, 1, LICENSED);
    draft.state = PageState::Draft;
    all.push(draft.into());
    for (n, page) in [RESTRICTED, DRAFT].into_iter().enumerate() {
        let page = PageId::from_random(page);
        let kind = RestrictionKind::View;
        all.push(rows::restriction(1 + n as u64, page, kind, [to(LICENSED)]).into());
    }
    let comment = rows::comment(1, PageId::from_random(OPEN), LICENSED, ContentState::Live);
    all.push(comment.into());
    let open = PageId::from_random(OPEN);
    all.push(rows::attachment(1, open, LICENSED, ContentState::Live).into());
    all.push(rows::attachment(2, open, LICENSED, ContentState::Trashed).into());
    let on = SwitchesRow {
        jsm_access: true,
        anonymous_access: true,
        ..SwitchesRow::default()
    };
    all.push(on.into());
    all.into_iter().collect()
}

fn token(account: u64) -> Credential {
    Credential::Token {
        email: None,
        hash: [account as u8; 32],
    }
}

fn open(catalogue: &Catalogue, credential: &Credential, door: Door) -> Result<View, Refused> {
    View::open(Arc::new(catalogue.clone()), credential, door, 50)
}

fn view_of(account: u64) -> View {
    match open(&site(), &token(account), Door::Confluence) {
        Ok(view) => view,
        Err(refused) => panic!("account {account}: {refused}"),
    }
}

fn page(id: u64) -> PageId {
    PageId::from_random(id)
}

#[test]
fn a_token_counts_until_it_expires_is_revoked_or_its_account_is_deactivated() {
    let mut catalogue = site();
    assert!(open(&catalogue, &token(LICENSED), Door::Confluence).is_ok());
    let late = View::open(
        Arc::new(catalogue.clone()),
        &token(LICENSED),
        Door::Confluence,
        100,
    );
    assert_eq!(late.err(), Some(Refused));
    let mut revoked = catalogue
        .token(TokenId::from_random(LICENSED))
        .unwrap()
        .clone();
    revoked.ended_at = Some(10);
    catalogue.apply(revoked.into());
    assert_eq!(
        open(&catalogue, &token(LICENSED), Door::Confluence).err(),
        Some(Refused)
    );
    let mut gone = rows::account(UNLICENSED);
    gone.active = false;
    catalogue.apply(gone.into());
    assert_eq!(
        open(&catalogue, &token(UNLICENSED), Door::Confluence).err(),
        Some(Refused)
    );
}

#[test]
fn a_token_with_somebody_elses_address_is_refused_and_its_own_matches_without_case() {
    let with = |email: &str| Credential::Token {
        email: Some(email.into()),
        hash: [LICENSED as u8; 32],
    };
    let catalogue = site();
    assert!(open(&catalogue, &with("1@EXAMPLE.com"), Door::Confluence).is_ok());
    assert!(open(&catalogue, &with("2@example.com"), Door::Confluence).is_err());
    assert!(open(&catalogue, &with("nobody@example.com"), Door::Confluence).is_err());
}

#[test]
fn a_customer_has_no_token_is_a_customer_in_the_portal_and_nobody_at_confluence() {
    let catalogue = site();
    assert!(open(&catalogue, &token(CUSTOMER), Door::Portal).is_err());
    let session = Credential::Session {
        hash: [CUSTOMER as u8; 32],
    };
    let tier = |door| open(&catalogue, &session, door).unwrap().subject().tier();
    assert_eq!(tier(Door::Portal), Tier::Customer);
    assert_eq!(tier(Door::Confluence), Tier::Anonymous);
}

#[test]
fn the_operator_administers_and_reads_nothing_even_where_the_space_is_open() {
    let view = open(&site(), &Credential::Operator, Door::Confluence).unwrap();
    assert!(view.require_site_admin().is_ok());
    assert!(view.space_to_administer("s1").is_ok());
    assert!(view.page(page(OPEN)).is_err());
    assert_eq!(view.pages_from(page(1)).count(), 0);
}

#[test]
fn the_permissions_of_a_space_are_shown_to_the_licensed_by_own_and_to_no_guest() {
    let shown = |account| {
        let view = view_of(account);
        let space = view.space_by_key("S1").unwrap();
        space.permissions().is_ok()
    };
    assert!(shown(LICENSED));
    assert!(!shown(GUEST));
    assert!(!shown(UNLICENSED));
}

#[test]
fn an_article_is_shown_without_comments() {
    let catalogue = site();
    let comment = CommentId::from_random(1);
    let at_confluence = open(&catalogue, &Credential::Nobody, Door::Confluence).unwrap();
    assert!(at_confluence.comment(comment).is_ok());
    let in_portal = open(&catalogue, &Credential::Nobody, Door::Portal).unwrap();
    assert!(in_portal.page(page(OPEN)).is_ok());
    assert!(in_portal.comment(comment).is_err());
}

#[test]
fn a_witness_names_the_bytes_of_the_attachment_that_was_asked_for() {
    let view = view_of(UNLICENSED);
    let live = view.attachment_bytes(AttachmentId::from_random(1)).unwrap();
    assert_eq!(live.key().blob(), BlobId::from_random(1));
    assert!(view.attachment_bytes(AttachmentId::from_random(2)).is_err());
    assert!(
        view_of(ADMINISTRATOR)
            .attachment_bytes(AttachmentId::from_random(2))
            .is_ok()
    );
    assert_eq!(view.attachments(page(OPEN)).len(), 1);
}

#[test]
fn an_administrator_who_is_not_listed_is_told_that_the_page_is_restricted_and_no_more() {
    let view = view_of(ADMINISTRATOR);
    assert!(view.page(page(RESTRICTED)).is_err());
    let told: Vec<_> = view.restricted_pages(SpaceId::from_random(1)).unwrap();
    assert_eq!(
        told.iter().map(|it| it.page).collect::<Vec<_>>(),
        [page(RESTRICTED)]
    );
    let about = view.explain(AccountId::new(UNLICENSED), page(RESTRICTED));
    let list = RestrictionId::from_random(1);
    let said = Refusal::Forbidden(Denied::Restricted {
        page: page(RESTRICTED),
        list,
    });
    assert_eq!(about, Err(said));
    // A draft by somebody else is absent, restricted or not.
    let about = view.explain(AccountId::new(UNLICENSED), page(DRAFT));
    assert!(matches!(about, Err(Refusal::Absent(_))));
}

#[test]
fn about_others_only_an_administrator_is_told_about_oneself_whoever_sees_the_page() {
    let view = view_of(UNLICENSED);
    assert!(view.explain(AccountId::new(UNLICENSED), page(OPEN)).is_ok());
    assert!(matches!(
        view.explain(AccountId::new(LICENSED), page(OPEN)),
        Err(Refusal::Forbidden(_))
    ));
    assert!(matches!(
        view.explain(AccountId::new(UNLICENSED), page(RESTRICTED)),
        Err(Refusal::Absent(_))
    ));
    assert!(view_of(ADMINISTRATOR).explain(None, page(OPEN)).is_ok());
    assert!(view.restricted_pages(SpaceId::from_random(1)).is_err());
}

#[test]
fn logging_in_never_shows_less_of_people_than_anonymous_is_shown() {
    let mut catalogue = site();
    let other = AccountId::from_random(LICENSED);
    let profile = |catalogue: &Catalogue, credential: &Credential| {
        let view = open(catalogue, credential, Door::Confluence).unwrap();
        view.profile(other)
            .ok()
            .map(|it| matches!(it, PersonShown::Profile { email: true, .. }))
    };
    assert_eq!(profile(&catalogue, &token(ADMINISTRATOR)), Some(true));
    assert_eq!(profile(&catalogue, &token(UNLICENSED)), None);
    assert_eq!(profile(&catalogue, &Credential::Nobody), None);
    let on = SwitchesRow {
        view_user_profiles: true,
        ..*catalogue.switches()
    };
    catalogue.apply(on.into());
    assert_eq!(profile(&catalogue, &token(UNLICENSED)), Some(false));
    assert_eq!(profile(&catalogue, &token(GUEST)), Some(false));
    assert_eq!(profile(&catalogue, &Credential::Nobody), Some(false));
}
