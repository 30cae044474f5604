//! Results in the user's own Microsoft Project file: custom fields, and nothing else is touched.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::Event;

/// What goes back to a task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskResult {
    /// The date by which it is finished with 50 %, as `2027-01-29`.
    pub finish_p50: Option<String>,
    /// The same with 80 %.
    pub finish_p80: Option<String>,
    /// The share of iterations in which it is critical.
    pub criticality: f64,
    /// Its mean duration with risks, in minutes of its own days.
    pub mean_minutes: f64,
}

/// Why results cannot be written into a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProjectXmlError {
    /// The file is broken.
    #[error("the file is no complete Microsoft Project XML: {0}")]
    Broken(String),
    /// All custom fields of a kind are in use.
    #[error("the plan uses every custom field of the kind `{0}`: free one of them")]
    NoField(&'static str),
    /// No task of the results is in the file.
    #[error("no task of the results is in the file: is it the plan that was imported?")]
    NoTask,
}

/// A custom field that results are written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultField {
    /// Its name in the tool, such as `Date10`.
    pub name: String,
    /// What it shows, which is also its alias.
    pub alias: &'static str,
    id: u32,
}

/// Custom fields by kind, with the number of the first of each run of them; the last are used first, because people
/// begin with the first.
const DATES: [(u32, u32, u32); 1] = [(1, 10, 188_743_945)];
const NUMBERS: [(u32, u32, u32); 1] = [(6, 20, 188_743_982)];
const DURATIONS: [(u32, u32, u32); 1] = [(4, 10, 188_743_955)];

/// Elements of a task before which its custom fields stand.
const AFTER: [&str; 8] = [
    "Baseline",
    "OutlineCode",
    "IsPublished",
    "StatusManager",
    "CommitmentStart",
    "CommitmentFinish",
    "CommitmentType",
    "TimephasedData",
];

/// The file with the results in free custom fields, and which fields these are.
///
/// Every byte of the file stays as it is; definitions and values are put in between. `results` are by the unique ids of
/// tasks.
///
/// # Errors
/// [`ProjectXmlError`] if the file is broken, has no free fields, or none of the tasks.
pub fn into_project_xml(
    text: &str,
    results: &BTreeMap<String, TaskResult>,
) -> Result<(String, Vec<ResultField>), ProjectXmlError> {
    let scan = scan(text)?;
    let field = |kind: &'static str, runs: &[(u32, u32, u32)], alias, taken: &mut BTreeSet<u32>| {
        let all =
            runs.iter().flat_map(|&(first, last, id)| (first..=last).rev().map(move |n| (n, id + n - first)));
        let (number, id) =
            all.into_iter().find(|(_, id)| !taken.contains(id)).ok_or(ProjectXmlError::NoField(kind))?;
        taken.insert(id);
        Ok(ResultField { name: format!("{kind}{number}"), alias, id })
    };
    let mut taken = scan.taken;
    let fields = vec![
        field("Date", &DATES, "p80 finish P50", &mut taken)?,
        field("Date", &DATES, "p80 finish P80", &mut taken)?,
        field("Number", &NUMBERS, "p80 criticality %", &mut taken)?,
        field("Duration", &DURATIONS, "p80 mean duration", &mut taken)?,
    ];
    let mut pieces: Vec<(usize, String)> = Vec::new();
    let definitions: String = fields
        .iter()
        .map(|field| {
            format!(
                "<ExtendedAttribute><FieldID>{}</FieldID><FieldName>{}</FieldName><Alias>{}</Alias></ExtendedAttribute>",
                field.id, field.name, field.alias
            )
        })
        .collect();
    pieces.push(match scan.definitions {
        Place::Inside(at) => (at, definitions),
        Place::Empty(from, to) => {
            // An empty element opens to hold them.
            let opened = format!("<ExtendedAttributes>{definitions}</ExtendedAttributes>");
            return finish(text, results, &scan.tasks, &fields, vec![(from, to, opened)]);
        }
        Place::Missing(at) => (at, format!("<ExtendedAttributes>{definitions}</ExtendedAttributes>")),
    });
    let pieces = pieces.into_iter().map(|(at, piece)| (at, at, piece)).collect();
    finish(text, results, &scan.tasks, &fields, pieces)
}

fn finish(
    text: &str,
    results: &BTreeMap<String, TaskResult>,
    tasks: &[(String, usize)],
    fields: &[ResultField],
    mut pieces: Vec<(usize, usize, String)>,
) -> Result<(String, Vec<ResultField>), ProjectXmlError> {
    let before = pieces.len();
    for (uid, at) in tasks {
        if let Some(result) = results.get(uid) {
            pieces.push((*at, *at, values(result, fields)));
        }
    }
    if pieces.len() == before {
        return Err(ProjectXmlError::NoTask);
    }
    pieces.sort_by_key(|(from, _, _)| *from);
    let mut written = String::with_capacity(text.len() + pieces.len() * 400);
    let mut done = 0;
    for (from, to, piece) in pieces {
        written.push_str(&text[done..from]);
        written.push_str(&piece);
        done = to;
    }
    written.push_str(&text[done..]);
    Ok((written, fields.to_vec()))
}

/// The values of a task.
fn values(result: &TaskResult, fields: &[ResultField]) -> String {
    let value = |field: &ResultField, value: String| {
        format!(
            "<ExtendedAttribute><FieldID>{}</FieldID><Value>{value}</Value></ExtendedAttribute>",
            field.id
        )
    };
    let date = |date: &Option<String>| date.as_ref().map(|date| format!("{date}T17:00:00"));
    let minutes = result.mean_minutes.round().max(0.0) as i64;
    let mut text = String::new();
    for (field, date) in fields.iter().zip([date(&result.finish_p50), date(&result.finish_p80)]) {
        text.extend(date.map(|date| value(field, date)));
    }
    text.push_str(&value(&fields[2], format!("{:.1}", 100.0 * result.criticality)));
    text.push_str(&format!(
        "<ExtendedAttribute><FieldID>{}</FieldID><Value>PT{}H{}M0S</Value><DurationFormat>7</DurationFormat></ExtendedAttribute>",
        fields[3].id,
        minutes / 60,
        minutes % 60
    ));
    text
}

/// Where definitions of custom fields go.
enum Place {
    /// Before the end of those that are there.
    Inside(usize),
    /// In place of an empty element.
    Empty(usize, usize),
    /// As a new element.
    Missing(usize),
}

/// What of a file matters for putting results into it.
struct Scan {
    definitions: Place,
    /// Numbers of custom fields that are defined or used.
    taken: BTreeSet<u32>,
    /// Unique ids of tasks, and where their custom fields end.
    tasks: Vec<(String, usize)>,
}

fn scan(text: &str) -> Result<Scan, ProjectXmlError> {
    let broken = |message: &str| ProjectXmlError::Broken(message.to_owned());
    let mut reader = Reader::from_str(text);
    let mut path: Vec<String> = Vec::new();
    let (mut definitions, mut calendars) = (None, None);
    let mut scan = Scan { definitions: Place::Missing(0), taken: BTreeSet::new(), tasks: Vec::new() };
    let mut uid = String::new();
    let mut place: Option<usize> = None;
    let mut is_complete = false;
    loop {
        let from = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|error| broken(&error.to_string()))?;
        let to = reader.buffer_position() as usize;
        let depth = path.len();
        match event {
            Event::Start(start) => {
                let name = start.local_name().as_ref().to_owned();
                if depth == 1 && name == "Calendars" {
                    calendars = Some(from);
                }
                if depth == 2 && name == "Task" && path[1] == "Tasks" {
                    (uid, place) = (String::new(), None);
                }
                if depth == 3 && path[2] == "Task" && place.is_none() && AFTER.contains(&name.as_str()) {
                    place = Some(from);
                }
                path.push(name);
                if path.len() > 64 {
                    return Err(broken("its elements are nested too deep"));
                }
            }
            Event::Empty(empty) => {
                let name = empty.local_name().as_ref().to_owned();
                if depth == 1 && name == "ExtendedAttributes" {
                    definitions = Some(Place::Empty(from, to));
                }
                if depth == 1 && name == "Calendars" {
                    calendars = Some(from);
                }
                if depth == 3 && path[2] == "Task" && place.is_none() && AFTER.contains(&name.as_str()) {
                    place = Some(from);
                }
            }
            Event::Text(words) => {
                let names: Vec<&str> = path.iter().map(String::as_str).collect();
                match names[..] {
                    [_, "Tasks", "Task", "UID"] => uid = words.trim().to_owned(),
                    [.., "ExtendedAttribute", "FieldID"] => scan.taken.extend(words.trim().parse::<u32>()),
                    _ => {}
                }
            }
            Event::End(_) => {
                let name = path.pop().ok_or_else(|| broken("an element ends that has not begun"))?;
                if path.len() == 1 && name == "ExtendedAttributes" {
                    definitions = Some(Place::Inside(from));
                }
                if path.len() == 2 && name == "Task" && path[1] == "Tasks" {
                    scan.tasks.push((std::mem::take(&mut uid), place.take().unwrap_or(from)));
                }
                is_complete = path.is_empty();
            }
            Event::Eof if is_complete => break,
            Event::Eof => return Err(broken("it ends in the middle")),
            _ => {}
        }
    }
    scan.definitions = match (definitions, calendars) {
        (Some(place), _) => place,
        (None, Some(at)) => Place::Missing(at),
        (None, None) => return Err(broken("it has neither custom fields nor calendars")),
    };
    Ok(scan)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: &str = "<?xml version=\"1.0\"?>\n<Project xmlns=\"x\">\n <Title>T</Title>\n <Calendars/>\n <Tasks>\n  \
                        <Task><UID>1</UID><Name>A &amp; B</Name><Baseline><Number>0</Number></Baseline></Task>\n  \
                        <Task><UID>2</UID><ExtendedAttribute><FieldID>188743954</FieldID><Value>x</Value></ExtendedAttribute></Task>\n \
                        </Tasks>\n</Project>\n";

    fn result() -> TaskResult {
        TaskResult {
            finish_p50: Some("2027-01-29".into()),
            finish_p80: Some("2027-02-03".into()),
            criticality: 0.755,
            mean_minutes: 1_234.4,
        }
    }

    #[test]
    fn every_byte_stays_and_values_stand_in_free_fields() {
        let results: BTreeMap<String, TaskResult> = [("1".to_owned(), result())].into();
        let (written, fields) = into_project_xml(PLAN, &results).unwrap();
        let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        // Date10 is used by the second task.
        assert_eq!(names, ["Date9", "Date8", "Number20", "Duration10"]);
        assert!(written.contains("<Value>2027-02-03T17:00:00</Value>"));
        assert!(written.contains("<Value>75.5</Value>"));
        assert!(written.contains("<Value>PT20H34M0S</Value>"));
        // What is put in is whole elements: without them the file is as it was.
        let (head, rest) = written.split_once("<ExtendedAttributes>").unwrap();
        let (_, tail) = rest.split_once("</ExtendedAttributes>").unwrap();
        let (middle, rest) = tail.split_once("<ExtendedAttribute>").unwrap();
        let (_, end) = rest.split_once("<Baseline>").unwrap();
        assert_eq!(format!("{head}{middle}<Baseline>{end}"), PLAN);
        assert!(into_project_xml(&written, &results).is_ok(), "it can be done again");
    }

    #[test]
    fn a_foreign_or_torn_file_is_refused() {
        let results: BTreeMap<String, TaskResult> = [("9".to_owned(), result())].into();
        assert_eq!(into_project_xml(PLAN, &results), Err(ProjectXmlError::NoTask));
        for end in (0..PLAN.len() - 20).step_by(7) {
            assert!(into_project_xml(&PLAN[..end], &results).is_err());
        }
    }
}
