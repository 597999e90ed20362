//! Checks that clusters start, crash, come back and are shared.

#![cfg(test)]

use narthex_testdb::{Cluster, Engine, TestDatabase, cluster::Options};

#[test]
fn two_tests_have_two_databases_in_one_cluster() {
    let (one, two) = (TestDatabase::postgres(), TestDatabase::postgres());
    assert_eq!(one.engine(), Engine::Postgres);
    assert_ne!(one.url(), two.url());
    Cluster::psql(one.url(), "CREATE TABLE t (a BIGINT)").unwrap();
    Cluster::psql(two.url(), "CREATE TABLE t (a BIGINT)").unwrap();
}

#[test]
fn a_private_cluster_survives_its_own_murder() {
    let cluster = Cluster::start(Options { fsync: true });
    let url = cluster.database("site");
    Cluster::psql(&url, "CREATE TABLE t (a BIGINT); INSERT INTO t VALUES (1)").unwrap();
    cluster.kill();
    assert!(Cluster::psql(&url, "SELECT 1").is_err());
    cluster.resume();
    Cluster::psql(&url, "INSERT INTO t SELECT a / a FROM t").unwrap();
    cluster.stop();
    assert!(Cluster::psql(&url, "SELECT 1").is_err());
}
