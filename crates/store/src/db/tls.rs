//! Encryption of the connection to PostgreSQL, by rustls.
//!
//! The options are `sslmode` and `sslrootcert` of libpq, with the same meaning: `require` encrypts
//! and trusts any server; only `verify-full` also checks the server's identity, so that only it
//! withstands somebody between the two.

use super::DbError;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme, crypto::ring,
};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio_postgres_rustls::MakeRustlsConnect;

/// The servers that the connection trusts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verification {
    /// Any server that responds.
    Anybody,
    /// A server with a certificate for the host's name, from an authority in this file, or with
    /// `None` from an authority of the system.
    Full(Option<PathBuf>),
}

/// Returns the connector that makes encrypted connections.
pub(super) fn connector(verification: &Verification) -> Result<MakeRustlsConnect, DbError> {
    let provider = Arc::new(ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|error| DbError::Unfit(error.to_string()))?;
    let config = match verification {
        Verification::Anybody => config
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(Anybody(provider)))
            .with_no_client_auth(),
        Verification::Full(file) => config
            .with_root_certificates(match file {
                Some(file) => authorities_in(file)?,
                None => authorities_of_the_system()?,
            })
            .with_no_client_auth(),
    };
    Ok(MakeRustlsConnect::new(config))
}

fn authorities_in(file: &Path) -> Result<RootCertStore, DbError> {
    let unfit = |why: String| {
        DbError::Unfit(format!(
            "sslrootcert {}: {why}; name a file of certificates in PEM",
            file.display()
        ))
    };
    let found = CertificateDer::pem_file_iter(file).map_err(|error| unfit(error.to_string()))?;
    let mut store = RootCertStore::empty();
    for certificate in found {
        let certificate = certificate.map_err(|error| unfit(error.to_string()))?;
        store
            .add(certificate)
            .map_err(|error| unfit(error.to_string()))?;
    }
    if store.is_empty() {
        return Err(unfit("no certificate is in it".into()));
    }
    Ok(store)
}

fn authorities_of_the_system() -> Result<RootCertStore, DbError> {
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if store.is_empty() {
        return Err(DbError::Unfit(
            "this system has no list of certificate authorities for sslmode=verify-full; name one with sslrootcert=FILE".into(),
        ));
    }
    Ok(store)
}

/// Accepts any certificate, but not a server without the certificate's key.
#[derive(Debug)]
struct Anybody(Arc<CryptoProvider>);

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
