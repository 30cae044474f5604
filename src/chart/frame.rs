//! What every chart has: title, subtitle, remark and caption.

use super::fit::{clean, ellipsize};
use super::scene::{Scene, Text};
use super::style::{INK, MARGIN, MUTED, SMALL, SUBTITLE, TINY, TITLE, WIDTH};
use super::words::Words;
use crate::report::{Manifest, Report, SweepOverview};

/// Where the contents of a chart begin.
pub(super) const TOP: f64 = 92.0;
/// How much of the height remark and caption take.
pub(super) const BOTTOM: f64 = 56.0;

/// A sheet with its title, what it shows of the program, a remark if there is one, and where it comes from.
pub(super) fn frame(
    report: &Report,
    words: Words,
    title: &str,
    shows: &str,
    remark: Option<&str>,
    height: f64,
) -> Scene {
    sheet((&report.program, &origin(&report.manifest, words)), title, shows, remark, height)
}

/// The same for a sweep.
pub(super) fn sweep_sheet(
    overview: &SweepOverview,
    words: Words,
    title: &str,
    shows: &str,
    remark: Option<&str>,
    height: f64,
) -> Scene {
    let name = match &overview.programs[..] {
        [one] => one.name.clone(),
        several => format!("{} programs", words.count(several.len())),
    };
    let origin = overview.programs.first().map_or(String::new(), |program| origin(&program.manifest, words));
    sheet((&name, &origin), title, shows, remark, height)
}

/// The same for what is no program: whom it is about, and what its numbers are a function of.
pub(super) fn sheet(
    (subject, origin): (&str, &str),
    title: &str,
    shows: &str,
    remark: Option<&str>,
    height: f64,
) -> Scene {
    let room = WIDTH - 2.0 * MARGIN;
    let program = clean(subject);
    let shows_room = super::typeface::width(&format!(" · {shows}"), SUBTITLE, false);
    let subtitle = match ellipsize(&program, SUBTITLE, false, room - shows_room) {
        name if name.is_empty() => shows.to_owned(),
        name => format!("{name} · {shows}"),
    };
    let mut scene = Scene::new(title.to_owned(), format!("{subtitle}. {origin}"), height);
    let title = ellipsize(title, TITLE, true, room);
    scene.text(Text::new((MARGIN, 46.0), title, TITLE, INK).bold());
    scene.text(Text::new((MARGIN, 70.0), subtitle, SUBTITLE, MUTED));
    if let Some(remark) = remark {
        let remark = ellipsize(remark, SMALL, false, room);
        scene.text(Text::new((MARGIN, height - 40.0), remark, SMALL, INK));
    }
    let name_room = room - super::typeface::width(&format!(" · {origin}"), TINY, false);
    let caption = match ellipsize(&program, TINY, false, name_room) {
        name if name.is_empty() => origin.to_owned(),
        name => format!("{name} · {origin}"),
    };
    scene.text(Text::new((MARGIN, height - 18.0), caption, TINY, MUTED));
    scene
}

/// Everything but the scenario that the numbers are a function of.
fn origin(manifest: &Manifest, words: Words) -> String {
    format!(
        "{} iterations · seed {} · {} sampling · p80 {}",
        words.number(manifest.iterations as f64, 0),
        manifest.seed,
        manifest.sampler,
        clean(&manifest.p80_version)
    )
}

/// A chart that has nothing to show but why.
pub(super) fn empty(report: &Report, words: Words, title: &str, shows: &str, why: &str) -> Scene {
    let mut scene = frame(report, words, title, shows, None, 300.0);
    scene.text(Text::new((WIDTH / 2.0, 165.0), why, SUBTITLE, MUTED).middle());
    scene
}
