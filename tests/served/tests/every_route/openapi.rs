//! `GET /openapi.json` describes every route that is served, and nothing else.

use narthex_served::{Actor, Served};
use serde_json::Value;
use std::collections::BTreeSet;

/// Returns the description as an anonymous caller gets it.
async fn described() -> Value {
    let served = Served::new(71).await;
    let told = served.get(&Actor::Anonymous, "/openapi.json").await;
    assert_eq!(told.status, 200, "{}", told.text());
    assert_eq!(told.header("content-type"), Some("application/json"));
    told.json()
}

/// Returns the operations of a description: method, path, and the operation.
fn operations(document: &Value) -> Vec<(String, String, &Value)> {
    let paths = document["paths"].as_object().expect("paths");
    let operations = paths.iter().flat_map(|(path, item)| {
        let item = item.as_object().expect("methods");
        item.iter()
            .map(|(method, operation)| (method.to_uppercase(), path.clone(), operation))
    });
    operations.collect()
}

#[tokio::test]
async fn every_route_is_described_and_nothing_else() {
    let document = described().await;
    assert_eq!(document["openapi"], "3.1.0");
    let described: BTreeSet<String> = operations(&document)
        .into_iter()
        .map(|(method, path, _)| format!("{method} {path}"))
        .collect();
    let served: BTreeSet<String> = narthex_server::routes()
        .iter()
        .map(|route| format!("{} {}", route.method, route.template.replace("{*", "{")))
        .collect();
    let missing: Vec<_> = served.difference(&described).collect();
    let invented: Vec<_> = described.difference(&served).collect();
    assert!(
        missing.is_empty() && invented.is_empty(),
        "served, but not described: {missing:#?}\ndescribed, but not served: {invented:#?}"
    );
}

#[tokio::test]
async fn an_operation_has_a_name_of_its_own_its_places_and_the_credentials_of_its_door() {
    let document = described().await;
    let mut names = BTreeSet::new();
    for (method, path, operation) in operations(&document) {
        let name = operation["operationId"].as_str().unwrap_or_default();
        assert!(names.insert(name.to_owned()), "{name} stands there twice");
        let empty = Vec::new();
        let parameters = operation["parameters"].as_array().unwrap_or(&empty);
        for part in path.split('{').skip(1) {
            let place = part.split('}').next().unwrap_or_default();
            let told = parameters
                .iter()
                .any(|parameter| parameter["in"] == "path" && parameter["name"] == place);
            assert!(told, "{method} {path} says nothing of {place}");
        }
        let route = narthex_server::routes().into_iter().find(|route| {
            route.method.as_str() == method && route.template.replace("{*", "{") == path
        });
        let gated = route.is_some_and(|route| route.door().is_some());
        assert_eq!(operation["security"].is_array(), gated, "{method} {path}");
    }
}

#[test]
fn every_parameter_that_is_described_is_of_a_route() {
    let routes: BTreeSet<String> = narthex_server::routes()
        .iter()
        .map(|route| format!("{} {}", route.method, route.template))
        .collect();
    for name in narthex_server::openapi::routes_with_parameters() {
        assert!(routes.contains(&name), "{name} is not served");
    }
}
