//! The texts that diagnostics point into.

/// A file that took part in a scenario, by its position in [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// All files of a scenario, in the order in which they were read, with their texts.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

#[derive(Clone, Debug)]
struct Source {
    name: String,
    text: String,
    /// The offset at which each line begins.
    lines: Vec<usize>,
}

impl Sources {
    /// Adds a file by the name that messages show and its text.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).expect("fewer than 2^32 files"));
        let text = text.into();
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        self.files.push(Source { name: name.into(), text, lines });
        id
    }

    /// The name that messages show.
    #[must_use]
    pub fn name(&self, file: FileId) -> &str {
        &self.files[file.0 as usize].name
    }

    /// The text.
    #[must_use]
    pub fn text(&self, file: FileId) -> &str {
        &self.files[file.0 as usize].text
    }

    /// All files: id, name, text.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &str, &str)> {
        self.files.iter().zip(0..).map(|(file, at)| (FileId(at), file.name.as_str(), file.text.as_str()))
    }

    /// 1-based line and column (in characters) of a byte offset; past the end means the end.
    #[must_use]
    pub fn line_column(&self, file: FileId, offset: usize) -> (usize, usize) {
        let text = self.text(file);
        let mut end = offset.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let line = self.line_of(file, end);
        let column = text[self.line_start(file, line)..end].chars().count() + 1;
        (line, column)
    }

    /// The 1-based line of a byte offset; past the end means the last line.
    pub(super) fn line_of(&self, file: FileId, offset: usize) -> usize {
        self.files[file.0 as usize].lines.partition_point(|&start| start <= offset)
    }

    /// Where a 1-based line begins; past the last line, the end of the text.
    pub(super) fn line_start(&self, file: FileId, line: usize) -> usize {
        let file = &self.files[file.0 as usize];
        file.lines.get(line.saturating_sub(1)).copied().unwrap_or(file.text.len())
    }
}
