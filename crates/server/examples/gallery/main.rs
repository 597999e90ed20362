//! Writes every page, filled with samples, as files that a browser can open:
//! `cargo run -p narthex-server --example gallery -- OUTDIR`.

use std::path::PathBuf;
use std::{env, fs, io};

use narthex_server::web::assets::Assets;

mod samples;

fn main() -> io::Result<()> {
    let Some(folder) = env::args_os().nth(1).map(PathBuf::from) else {
        return Err(io::Error::other("say where to write: gallery OUTDIR"));
    };
    fs::create_dir_all(&folder)?;
    let assets = Assets::new();
    let paths = assets.paths();
    for path in [&paths.style, &paths.script, &paths.icon] {
        let answer = assets.answer(&http::Method::GET, path, &http::HeaderMap::new());
        fs::write(folder.join(file_name(path)), answer.body())?;
    }
    for sample in samples::Samples::new(&assets, false).all() {
        println!("{}.html shows {}", sample.name, sample.page);
        // The pages are opened as files, so the assets must be found beside them.
        let html = sample.html.replace("\"/assets/", "\"./");
        fs::write(folder.join(format!("{}.html", sample.name)), html)?;
    }
    Ok(())
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
