use super::*;

fn laid<'a>(line: &Line, text: &'a str) -> Vec<(Face, &'a str)> {
    line.runs.iter().map(|run| (run.face, &text[run.range.clone()])).collect()
}

const BUILT_IN: Face = Face::BuiltIn { bold: false };

#[test]
fn what_the_built_in_font_has_is_not_shaped() {
    for text in ["", "Phase 2 (ERP)", "Größe \u{200b}Проверка Έλεγχος – 5 % · “a”", "a\nb"]
    {
        assert!(!needs_shaping(text, false), "{text}");
    }
    for text in ["計画", "שלב", "e\u{301}", "العمل"] {
        assert!(needs_shaping(text, false), "{text}");
    }
}

#[test]
fn without_fonts_there_are_boxes_in_the_order_of_reading() {
    let text = "Test שלב (B)";
    let line = line_with(Fonts::with(&[]), text, 10.0, false);
    assert_eq!(laid(&line, text), [(BUILT_IN, "Test "), (BUILT_IN, "שלב"), (BUILT_IN, " (B)")]);
    assert_eq!(line.runs[1].width, 30.0);
    let mut lacking = BTreeSet::new();
    lacking_with(Fonts::with(&[]), "a計\u{200b}画\u{fe0f}計\n", false, &mut lacking);
    assert_eq!(lacking, BTreeSet::from(['計', '画']));
}

#[test]
fn runs_follow_each_other_without_a_gap() {
    for text in [
        "Phase 2 שלב ב (ERP)",
        "测试 עברית العربية end",
        "العمل 25 (ERP) על",
        "",
        "נִקּוּד",
        "e\u{301}\u{301}x",
        "\u{301}",
    ] {
        let line = line_with(Fonts::with(&[]), text, 12.0, true);
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
