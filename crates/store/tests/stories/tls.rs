//! Stories about encryption: the connection to PostgreSQL is encrypted if the URL asks for it, and
//! then only to a server that proves its identity.

use narthex_store::Link;
use narthex_store::db::{Db, DbError};
use narthex_testdb::cluster::Options;
use narthex_testdb::{Cluster, run};
use rcgen::{BasicConstraints, Certificate, CertificateParams, CertifiedIssuer, IsCa, KeyPair};

const HOST: &str = "db.example.org";

/// A certificate authority, which signs for servers.
struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        Self(CertifiedIssuer::self_signed(params, key).unwrap())
    }

    /// Returns a file with its certificate.
    fn file(&self) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        let certificate: &Certificate = self.0.as_ref();
        std::fs::write(file.path(), certificate.pem()).unwrap();
        file
    }

    /// Returns a certificate for a server, and its key.
    fn signs_for(&self, host: &str) -> (String, String) {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![host.to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        (certificate.pem(), key.serialize_pem())
    }
}

async fn link(url: &str) -> Result<Link, DbError> {
    Db::open(&url.parse().unwrap()).await?.link().await
}

#[test]
fn a_connection_is_as_safe_as_it_is_asked_to_be() {
    run(async {
        let authority = Authority::new();
        let (certificate, key) = authority.signs_for(HOST);
        let cluster = Cluster::on_a_port(Options { fsync: false }, Some((&certificate, &key)));
        let site = cluster.database("site");
        let elsewhere = cluster.url_elsewhere(HOST, "site");
        let known = authority.file();
        let verified = format!(
            "{elsewhere}&sslmode=verify-full&sslrootcert={}",
            known.path().display()
        );
        assert_eq!(link(&site).await.unwrap(), Link::Here);
        let open = link(&format!("{elsewhere}&sslmode=disable")).await;
        assert_eq!(open.unwrap(), Link::Open);
        for mode in ["", "&sslmode=prefer", "&sslmode=require"] {
            let link = link(&format!("{elsewhere}{mode}")).await;
            assert_eq!(link.unwrap(), Link::Unverified, "{mode}");
        }
        assert_eq!(link(&verified).await.unwrap(), Link::Verified);

        // With another authority, no authority at all, or another name there is no connection, and
        // the error names the cause.
        let stranger = Authority::new().file();
        let strange = stranger.path().display();
        for (url, cause) in [
            (
                format!("{elsewhere}&sslmode=verify-full&sslrootcert={strange}"),
                "invalid peer certificate",
            ),
            (
                format!("{elsewhere}&sslmode=verify-full&sslrootcert=/none.pem"),
                "sslrootcert /none.pem",
            ),
            (
                verified.replace(HOST, "other.example.org"),
                "other.example.org",
            ),
        ] {
            let error = link(&url).await.unwrap_err();
            assert!(matches!(error, DbError::Unfit(_)), "{error:?}");
            assert!(error.to_string().contains(cause), "{error}");
        }
    });
}

#[test]
fn a_server_without_a_certificate_is_refused_where_encryption_is_required() {
    run(async {
        let cluster = Cluster::on_a_port(Options { fsync: false }, None);
        cluster.database("site");
        let elsewhere = cluster.url_elsewhere(HOST, "site");
        assert_eq!(link(&elsewhere).await.unwrap(), Link::Open);
        for mode in ["require", "verify-full"] {
            let error = link(&format!("{elsewhere}&sslmode={mode}")).await;
            let error = error.unwrap_err().to_string();
            assert!(error.contains("TLS"), "{error}");
        }
    });
}
