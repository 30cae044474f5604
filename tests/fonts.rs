//! Texts shaped with real fonts: a process of its own, since the fonts of a process are given once.

use std::sync::LazyLock;

use p80::chart::{Face, GivenFont, Glyph, Line, give_fonts, text_line};

const PATHS: [&str; 2] =
    ["/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"];
const BUILT_IN: Face = Face::BuiltIn { bold: false };

/// Whether the fonts that the tests need are installed; they are given to the process then.
fn fonts_are_here() -> bool {
    static GIVEN: LazyLock<bool> = LazyLock::new(|| {
        let read = |path| std::fs::read(path).ok().map(|bytes| GivenFont::new(bytes, 0).unwrap());
        PATHS.into_iter().map(read).collect::<Option<Vec<_>>>().is_some_and(give_fonts)
    });
    if !*GIVEN {
        println!("SKIPPED: {} are not both here", PATHS.join(" and "));
    }
    *GIVEN
}

fn laid<'a>(line: &Line, text: &'a str) -> Vec<(Face, &'a str)> {
    line.runs.iter().map(|run| (run.face, &text[run.range.clone()])).collect()
}

#[test]
fn every_character_has_the_first_font_that_covers_it() {
    if !fonts_are_here() {
        return;
    }
    let text = "Phase 2 שלב ב (ERP) 测试";
    let line = text_line(text, 12.0, false);
    let expected =
        [(BUILT_IN, "Phase 2 "), (Face::Given(0), "שלב ב"), (BUILT_IN, " (ERP) "), (Face::Given(1), "测试")];
    assert_eq!(laid(&line, text), expected);
}

#[test]
fn hebrew_reads_from_right_to_left_and_brackets_are_mirrored() {
    if !fonts_are_here() {
        return;
    }
    let text = "שלב (ב)";
    let line = text_line(text, 12.0, false);
    let glyphs: Vec<&Glyph> = line.runs.iter().flat_map(|run| &run.glyphs).collect();
    let order: Vec<&str> = glyphs.iter().map(|glyph| &text[glyph.range.clone()]).collect();
    assert_eq!(order, [")", "ב", "(", " ", "ב", "ל", "ש"]);
    // What closes the bracket stands at the left end, and therefore looks as what opens one.
    let opening = text_line("(测", 12.0, false).runs[0].glyphs[0].id;
    assert_eq!((glyphs[0].id, glyphs[2].id != opening), (opening, true));
}

#[test]
fn arabic_letters_join() {
    if !fonts_are_here() {
        return;
    }
    let ids = |text: &str| -> Vec<u16> {
        let line = text_line(text, 12.0, false);
        line.runs.iter().flat_map(|run| run.glyphs.iter().map(|glyph| glyph.id)).collect()
    };
    let apart: Vec<u16> = "ععع".chars().map(|c| ids(&c.to_string())[0]).collect();
    let joined = ids("ععع");
    assert_eq!(joined.len(), 3);
    // The last, the middle and the first form, none of which is that of the letter alone.
    assert!(joined.iter().zip(&apart).all(|(joined, apart)| joined != apart));
    assert!(joined[0] != joined[1] && joined[1] != joined[2] && joined[0] != joined[2]);
}

#[test]
fn a_letter_and_its_mark_have_one_font() {
    if !fonts_are_here() {
        return;
    }
    let text = "נִקּוּד";
    let line = text_line(text, 12.0, false);
    assert_eq!(laid(&line, text), [(Face::Given(0), text)]);
    let latin = text_line("e\u{301}", 12.0, false);
    assert_eq!(latin.runs.len(), 1);
    assert!(latin.width > 0.0);
}

#[test]
fn runs_follow_each_other_without_a_gap() {
    if !fonts_are_here() {
        return;
    }
    for text in [
        "Phase 2 שלב ב (ERP)",
        "测试 עברית العربية end",
        "العمل 25 (ERP) על",
        "",
        "נִקּוּד",
        "e\u{301}\u{301}x",
        "\u{301}",
    ] {
        let line = text_line(text, 12.0, true);
        let mut x = 0.0;
        for run in &line.runs {
            assert!((run.x - x).abs() < 1e-9, "{text}");
            x = run.x + run.width;
            for glyph in &run.glyphs {
                assert!(run.range.start <= glyph.range.start && glyph.range.end <= run.range.end, "{text}");
                assert!(text.is_char_boundary(glyph.range.start) && text.is_char_boundary(glyph.range.end));
            }
        }
        assert!((line.width - x).abs() < 1e-9, "{text}");
    }
}
