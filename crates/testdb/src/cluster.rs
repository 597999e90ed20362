//! Private PostgreSQL clusters.
//!
//! A cluster has a folder below the temporary folder, listens only on a Unix socket there, and runs
//! as an unprivileged user. PostgreSQL refuses to run as root: in that case it runs as the system's
//! `postgres`.
//!
//! A cluster must be stopped even if the test is killed. Each process that uses a cluster holds a
//! shared lock on its file `users`, which the kernel releases whatever happens to the process. A
//! small shell process beside the cluster waits until it gets that lock for itself, stops the
//! server and removes its data.

use crate::database::checked;
use std::fs::{File, OpenOptions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Waits until nobody locks `users`, twice in a row so that a waiting process finds the cluster
/// alive, and then cleans up.
const WATCH: &str = r#"(
idle=0
while [ $idle -lt "$2" ]; do
    sleep 2
    if flock -n -x "$1/users" true; then idle=$((idle + 1)); else idle=0; fi
done
exec 9>>"$1/users"
flock -x 9
rm -f "$1/ready"
"$3/pg_ctl" -D "$1/data" -m immediate -w stop
rm -rf "$1/data" "$1/log"
[ "$4" = private ] && rm -rf "$1"
exit 0
) &"#;

/// The options that a cluster is started with.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Whether the cluster survives a loss of power. Tests that kill the server need `true`; all
    /// others use `false`, which is much faster.
    pub fsync: bool,
}

/// A cluster that belongs to one test, which may stop, kill and restart it. It is removed on drop.
pub struct Cluster {
    folder: PathBuf,
    options: Options,
    network: Option<Network>,
    _user: File,
}

/// The options of a cluster that listens on the network of this machine.
#[derive(Clone, Debug)]
struct Network {
    port: u16,
    encrypted: bool,
}

impl Cluster {
    /// Starts a cluster in a new folder.
    ///
    /// # Panics
    /// If PostgreSQL isn't installed or doesn't start. The message has the next step.
    pub fn start(options: Options) -> Self {
        Self::start_with(options, None, None)
    }

    /// Starts a cluster that also listens on a port of 127.0.0.1. It is encrypted if a certificate
    /// and its key are given, in PEM.
    ///
    /// # Panics
    /// As [`Cluster::start`].
    pub fn on_a_port(options: Options, certificate: Option<(&str, &str)>) -> Self {
        let free =
            must(std::net::TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()));
        let network = Network {
            port: free.port(),
            encrypted: certificate.is_some(),
        };
        Self::start_with(options, Some(network), certificate)
    }

    fn start_with(
        options: Options,
        network: Option<Network>,
        certificate: Option<(&str, &str)>,
    ) -> Self {
        let folder = match tempfile::Builder::new().prefix("narthex-pg-").tempdir() {
            Ok(folder) => folder.keep(),
            Err(error) => panic!("no temporary folder for PostgreSQL: {error}"),
        };
        let user = must(lock_file(&folder.join("users")).and_then(|file| {
            file.lock_shared()?;
            Ok(file)
        }));
        create(&folder);
        if let Some((certificate, key)) = certificate {
            for (name, text) in [("server.crt", certificate), ("server.key", key)] {
                let file = folder.join("data").join(name);
                must(std::fs::write(&file, text));
                must(std::fs::set_permissions(
                    &file,
                    std::fs::Permissions::from_mode(0o600),
                ));
                must(std::os::unix::fs::chown(&file, Some(owner()), None));
            }
        }
        let cluster = Self {
            folder,
            options,
            network,
            _user: user,
        };
        watch(&cluster.folder, 1, "private");
        cluster.resume();
        cluster
    }

    /// Returns the URL of the maintenance database as superuser. [`Cluster::database`] creates
    /// another.
    pub fn url(&self) -> String {
        let url = url(&self.folder);
        match &self.network {
            Some(network) => format!("{url}&port={}", network.port),
            None => url,
        }
    }

    /// Creates an empty database and returns its URL.
    ///
    /// # Panics
    /// If the server refuses.
    pub fn database(&self, name: &str) -> String {
        if let Err(error) = Self::psql(&self.url(), &format!("CREATE DATABASE {name}")) {
            panic!("{error}");
        }
        crate::database::with_database(&self.url(), name)
    }

    /// Returns the URL of a database by the port of [`Cluster::on_a_port`], under a host name that
    /// this machine doesn't have, so that the server looks like another machine.
    ///
    /// # Panics
    /// If the cluster has no port.
    pub fn url_elsewhere(&self, host: &str, database: &str) -> String {
        match &self.network {
            Some(network) => format!(
                "postgres://narthex@{host}:{}/{database}?hostaddr=127.0.0.1",
                network.port
            ),
            None => panic!("the cluster has no port"),
        }
    }

    /// Creates a database as [`Cluster::database`] does, with its tables in a folder of its own,
    /// which is created.
    ///
    /// # Panics
    /// If the server refuses.
    pub fn database_in(&self, name: &str, folder: &Path) -> String {
        must(std::fs::create_dir_all(folder));
        must(std::os::unix::fs::chown(folder, Some(owner()), None));
        // The server must be able to open the folder.
        let temporary = std::env::temp_dir();
        for above in folder
            .ancestors()
            .skip(1)
            .take_while(|above| *above != temporary)
        {
            let open = std::fs::Permissions::from_mode(0o711);
            must(std::fs::set_permissions(above, open));
        }
        for sql in [
            format!("CREATE TABLESPACE {name} LOCATION '{}'", folder.display()),
            format!("CREATE DATABASE {name} TABLESPACE {name}"),
        ] {
            if let Err(error) = Self::psql(&self.url(), &sql) {
                panic!("{error}");
            }
        }
        crate::database::with_database(&self.url(), name)
    }

    /// Starts the server again after [`Cluster::stop`] or [`Cluster::kill`].
    ///
    /// # Panics
    /// If it doesn't start.
    pub fn resume(&self) {
        start(&self.folder, self.options, self.network.as_ref());
    }

    /// Shuts the server down, which closes its connections.
    ///
    /// # Panics
    /// If it doesn't stop.
    pub fn stop(&self) {
        let mut command = unprivileged("pg_ctl");
        command
            .arg("-D")
            .arg(self.folder.join("data"))
            .args(["-m", "fast", "-w", "stop"]);
        if let Err(error) = checked(&mut command) {
            panic!("{error}");
        }
    }

    /// Kills the server as a crash would (`SIGKILL` to all its processes) and waits until it is
    /// gone.
    ///
    /// # Panics
    /// If the server isn't running.
    pub fn kill(&self) {
        let everyone = self.processes();
        self.signal("KILL");
        while everyone.iter().any(|process| runs(process)) {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        // If the machine's init doesn't reap, the dead process still has its number, and PostgreSQL
        // would believe its lock file.
        for lock in ["data/postmaster.pid", ".s.PGSQL.5432.lock"] {
            must(std::fs::remove_file(self.folder.join(lock)));
        }
    }

    /// Sends a signal (`STOP`, `CONT`, `KILL`) to the main process and all its children, for a
    /// server that hangs and comes back.
    ///
    /// # Panics
    /// If the server isn't running.
    pub fn signal(&self, signal: &str) {
        if let Err(error) = checked(
            Command::new("kill")
                .arg(format!("-{signal}"))
                .args(self.processes()),
        ) {
            panic!("{error}");
        }
    }

    /// Returns the ids of the main process and its children.
    fn processes(&self) -> Vec<String> {
        let text = must(std::fs::read_to_string(
            self.folder.join("data/postmaster.pid"),
        ));
        let main = text.lines().next().unwrap_or_default();
        let children = must(Command::new("pgrep").args(["-P", main]).output());
        std::iter::once(main)
            .chain(String::from_utf8_lossy(&children.stdout).split_whitespace())
            .map(String::from)
            .collect()
    }

    /// Runs one statement with `psql`.
    ///
    /// # Errors
    /// Returns the message of `psql`.
    pub fn psql(url: &str, sql: &str) -> Result<(), String> {
        checked(Command::new(binaries().join("psql")).args([
            "-X",
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
            "-d",
            url,
            "-c",
            sql,
        ]))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut command = unprivileged("pg_ctl");
        command
            .arg("-D")
            .arg(self.folder.join("data"))
            .args(["-m", "immediate", "-w", "stop"]);
        let _ = command.output();
        // The watcher removes the folder when this process releases the lock.
    }
}

/// The cluster that all test processes of this machine share.
pub(crate) struct Shared {
    url: String,
    _user: Option<File>,
}

impl Shared {
    /// Joins the shared cluster, and starts it if it isn't there.
    pub(crate) fn join() -> Self {
        if let Ok(url) = std::env::var("NARTHEX_TEST_POSTGRES") {
            return Self { url, _user: None };
        }
        let folder = std::env::temp_dir().join(format!("narthex-testdb-{}", owner()));
        must(std::fs::create_dir_all(&folder));
        let user = must(lock_file(&folder.join("users")));
        must(user.lock_shared());
        let ready = folder.join("ready");
        if !ready.exists() {
            let starter = must(lock_file(&folder.join("start")));
            must(starter.lock());
            if !ready.exists() {
                // Something may be left from a machine that was killed.
                let _ = std::fs::remove_dir_all(folder.join("data"));
                create(&folder);
                start(&folder, Options { fsync: false }, None);
                watch(&folder, 8, "shared");
                must(File::create(&ready));
            }
        }
        Self {
            url: url(&folder),
            _user: Some(user),
        }
    }

    /// Returns the URL of its maintenance database.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

fn lock_file(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().create(true).append(true).open(path)
}

fn must<T>(result: std::io::Result<T>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("the test's PostgreSQL can't be prepared: {error}"),
    }
}

fn url(folder: &Path) -> String {
    format!("postgres://narthex@/postgres?host={}", folder.display())
}

/// Whether a process is alive (a zombie isn't).
fn runs(process: &str) -> bool {
    std::fs::read_to_string(format!("/proc/{process}/stat"))
        .is_ok_and(|stat| !stat.contains(") Z "))
}

/// Returns the newest PostgreSQL of the system: from `PATH` first, then from the folders of Debian
/// and Red Hat.
fn binaries() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    if let Some(found) = std::env::split_paths(&path).find(|folder| complete(folder)) {
        return found;
    }
    let mut versions: Vec<(u32, PathBuf)> = ["/usr/lib/postgresql", "/usr"]
        .iter()
        .filter_map(|root| std::fs::read_dir(root).ok())
        .flatten()
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let name = path.file_name()?.to_string_lossy().into_owned();
            let version = name.trim_start_matches("pgsql-").parse().ok()?;
            Some((version, path.join("bin")))
        })
        .filter(|(_, folder)| complete(folder))
        .collect();
    versions.sort();
    match versions.pop() {
        Some((_, folder)) => folder,
        None => panic!(
            "no PostgreSQL on this machine: install it (Debian: apt install postgresql) or set NARTHEX_TEST_POSTGRES to the URL of a superuser"
        ),
    }
}

fn complete(folder: &Path) -> bool {
    ["initdb", "pg_ctl", "postgres", "psql"]
        .iter()
        .all(|program| folder.join(program).exists())
}

/// The user that this process runs as, as far as PostgreSQL is concerned, which refuses to run as
/// root.
#[derive(Clone, Copy, PartialEq, Eq)]
enum We {
    /// An unprivileged user.
    Somebody,
    /// Root of the system.
    Root,
    /// Root of a user namespace without other users.
    RootOfANamespace,
}

fn we() -> We {
    let us = must(std::fs::metadata("/proc/self")).uid();
    let map = std::fs::read_to_string("/proc/self/uid_map").unwrap_or_default();
    match map.split_whitespace().nth(1) {
        _ if us != 0 => We::Somebody,
        Some("0") | None => We::Root,
        Some(_) => We::RootOfANamespace,
    }
}

/// Returns the id of the user that owns clusters: ours, or that of `postgres` if we are root.
fn owner() -> u32 {
    match we() {
        We::Root => account("-u"),
        We::Somebody | We::RootOfANamespace => must(std::fs::metadata("/proc/self")).uid(),
    }
}

fn account(which: &str) -> u32 {
    let output = must(Command::new("id").args([which, "postgres"]).output());
    match String::from_utf8_lossy(&output.stdout).trim().parse() {
        Ok(id) => id,
        Err(_) => panic!(
            "root can't run PostgreSQL and there is no user `postgres`: make one, or run the tests as another user"
        ),
    }
}

/// Returns a command for a program of PostgreSQL, run as the owner of clusters.
fn unprivileged(program: &str) -> Command {
    as_owner(&binaries().join(program))
}

/// Returns a command for a program, run as the owner of clusters.
fn as_owner(program: &Path) -> Command {
    let mut command = match we() {
        We::Somebody => Command::new(program),
        We::Root => {
            let mut command = Command::new(program);
            command.uid(account("-u")).gid(account("-g"));
            command
        }
        // This is the same user under another number, in one more namespace.
        We::RootOfANamespace => {
            let mut command = Command::new("unshare");
            command
                .args(["--user", "--map-user=65534", "--map-group=65534", "--"])
                .arg(program);
            command
        }
    };
    command.current_dir("/").stdin(Stdio::null());
    command
}

fn create(folder: &Path) {
    must(std::os::unix::fs::chown(folder, Some(owner()), None));
    // The default collation doesn't sort by bytes, so that a column without COLLATE "C" is noticed.
    let mut command = unprivileged("initdb");
    command.arg("-D").arg(folder.join("data")).args([
        "-U",
        "narthex",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--locale-provider=icu",
        "--icu-locale=und",
        "--no-sync",
    ]);
    if let Err(error) = checked(&mut command) {
        panic!("{error}");
    }
}

fn start(folder: &Path, options: Options, network: Option<&Network>) {
    let switch = if options.fsync { "on" } else { "off" };
    let listen = match network {
        Some(Network { port, encrypted }) => {
            let ssl = if *encrypted { "on" } else { "off" };
            format!("-c listen_addresses=127.0.0.1 -c port={port} -c ssl={ssl}")
        }
        None => "-c listen_addresses=''".to_owned(),
    };
    let settings = format!(
        "-k {} {listen} -c fsync={switch} -c full_page_writes={switch} -c shared_buffers=64MB \
         -c max_connections=300 -c unix_socket_permissions=0777",
        folder.display()
    );
    let mut command = unprivileged("pg_ctl");
    command
        .arg("-D")
        .arg(folder.join("data"))
        .arg("-l")
        .arg(folder.join("log"))
        .args(["-w", "-o", &settings, "start"])
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    match command.status() {
        Ok(status) if status.success() => {}
        other => panic!(
            "PostgreSQL didn't start ({other:?}): {}",
            std::fs::read_to_string(folder.join("log")).unwrap_or_default()
        ),
    }
}

/// Starts the shell that stops the cluster when it finds `users` unlocked `rounds` times in a row,
/// two seconds apart.
fn watch(folder: &Path, rounds: u32, kind: &str) {
    let mut command = as_owner(Path::new("sh"));
    command
        .arg("-c")
        .arg(WATCH)
        .arg("watch")
        .arg(folder)
        .arg(rounds.to_string())
        .arg(binaries())
        .arg(kind);
    must(std::os::unix::fs::chown(
        folder.join("users"),
        Some(owner()),
        None,
    ));
    command
        .process_group(0)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if !must(command.status()).success() {
        panic!("the watcher of the test's PostgreSQL didn't start");
    }
}
