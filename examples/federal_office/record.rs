//! The record of a building program, and the scenario that it makes.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use jiff::ToSpan;
use jiff::civil::Date;

/// A row of a table by the names of its columns.
type Row = BTreeMap<String, String>;

/// A month of a work package; money in cents, from the beginning to its end.
#[derive(Clone, Debug)]
struct Month {
    end: Date,
    /// Planned in this month alone.
    planned: i64,
    /// None before the month was reported.
    earned: Option<i64>,
    spent: i64,
}

/// A work package as recorded.
#[derive(Clone, Debug)]
struct Package {
    wbs: String,
    id: String,
    name: String,
    start: Date,
    finish: Date,
    months: Vec<Month>,
}

/// A month's share of the planned work of a package.
#[derive(Clone, Copy, Debug)]
struct Slice {
    days: i32,
    budget: i64,
    /// The budget of this and all before it.
    until: i64,
}

/// Everything that is recorded.
#[derive(Clone, Debug)]
pub struct Record {
    packages: Vec<Package>,
    risks: Vec<Row>,
    changes: Vec<Row>,
}

/// Reads the record in a folder.
pub fn read(folder: &Path) -> Result<Record, Box<dyn Error>> {
    let table = |name: &str| -> Result<Vec<Row>, Box<dyn Error>> {
        let mut reader = csv::Reader::from_path(folder.join(format!("federal_office_{name}.csv")))?;
        Ok(reader.deserialize().collect::<Result<_, _>>()?)
    };
    let months = table("evm_monthly")?;
    let mut packages = Vec::new();
    for row in table("wbs")?.iter().filter(|row| !row["Parent_WBS"].is_empty()) {
        let wbs = row["WBS_ID"].clone();
        // The table leaves the plan of months to come to its cumulative column.
        let mut before = 0;
        let own = months.iter().filter(|month| month["WBS_ID"] == wbs);
        let months: Result<Vec<Month>, Box<dyn Error>> = own
            .map(|month| {
                let earned = &month["Cumulative_BCWP"];
                let until = cents(&month["Cumulative_BCWS"])?;
                let planned = until - std::mem::replace(&mut before, until);
                Ok(Month {
                    end: month["Period_Date"].parse()?,
                    planned,
                    earned: if earned.is_empty() { None } else { Some(cents(earned)?) },
                    spent: if earned.is_empty() { 0 } else { cents(&month["Cumulative_ACWP"])? },
                })
            })
            .collect();
        let months = months?;
        packages.push(Package {
            id: format!("wp-{}", wbs.replace('.', "-")),
            wbs,
            name: row["Work_Package"].clone(),
            start: row["Planned_Start"].parse()?,
            finish: row["Planned_Finish"].parse()?,
            months,
        });
    }
    Ok(Record { packages, risks: table("risk_register")?, changes: table("change_orders")? })
}

fn cents(text: &str) -> Result<i64, Box<dyn Error>> {
    Ok((text.parse::<f64>()? * 100.0).round() as i64)
}

fn major(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

impl Package {
    /// The planned work, month by month: the recorded plan is a curve, so each month is a task with its own budget.
    fn slices(&self) -> Vec<Slice> {
        let mut until = 0;
        let planned = self.months.iter().filter(|month| month.planned > 0);
        let slice = |month: &Month| {
            let from = self.start.max(month.end.first_of_month());
            let to = self.finish.min(month.end);
            until += month.planned;
            Slice { days: (to - from).get_days() + 1, budget: month.planned, until }
        };
        planned.map(slice).collect()
    }

    /// The last day on which less than an amount had been earned, evenly within the months.
    fn earned_on(&self, amount: i64) -> Option<Date> {
        let mut before = 0;
        for month in &self.months {
            let earned = month.earned?;
            if earned >= amount && earned > before {
                let first = month.end.first_of_month();
                let share = (amount - before) as f64 / (earned - before) as f64;
                let day = (share * f64::from(month.end.day())).ceil() as i64 - 1;
                return first.checked_add(day.clamp(0, i64::from(month.end.day()) - 1).days()).ok();
            }
            before = earned;
        }
        None
    }

    /// Its rows in the report of a month.
    fn report(&self, at: usize, out: &mut String) {
        let month = &self.months[at];
        let earned = month.earned.unwrap_or(0);
        let slices = self.slices();
        let (mut left, mut unspent) = (earned, month.spent);
        let mut start = self.earned_on(1).map(|day| day.max(self.start));
        for (number, slice) in slices.iter().enumerate() {
            let (Some(begun), true) = (start, left > 0) else { break };
            let own = left.min(slice.budget);
            let cost = match own == left || number + 1 == slices.len() {
                true => unspent,
                false => (month.spent as f64 * own as f64 / earned as f64).round() as i64,
            };
            (left, unspent) = (left - own, unspent - cost);
            write!(out, "{}.m{},{begun},", self.id, number + 1).expect("memory does not fail");
            if own == slice.budget {
                let end = self.earned_on(slice.until).unwrap_or(month.end).max(begun);
                start = Some(end);
                writeln!(out, "{end},,,,,{}", major(cost)).expect("memory does not fail");
            } else {
                let done = own as f64 / slice.budget as f64;
                let rest = f64::from(slice.days) * (1.0 - done);
                let [low, mode, high] =
                    [0.9, 1.0, 1.6].map(|factor| format!("{:.1}ed", (rest * factor).max(0.1)));
                writeln!(out, ",{done:.12},{low},{mode},{high},{}", major(cost))
                    .expect("memory does not fail");
            }
        }
    }
}

impl Record {
    /// The scenario and its reports: names and texts.
    pub fn files(&self) -> Vec<(String, String)> {
        let mut files = vec![("office.toml".to_owned(), self.scenario())];
        for at in self.reported() {
            let mut text =
                "id,start,finish,complete,remaining_low,remaining_mode,remaining_high,cost\n".to_owned();
            self.packages.iter().for_each(|package| package.report(at, &mut text));
            files.push((format!("status/{}.csv", self.date(at)), text));
        }
        files
    }

    /// The months that have been reported.
    fn reported(&self) -> impl Iterator<Item = usize> + '_ {
        let first = &self.packages[0].months;
        (0..first.len()).filter(|&at| first[at].earned.is_some())
    }

    fn date(&self, at: usize) -> Date {
        self.packages[0].months[at].end
    }

    fn scenario(&self) -> String {
        let mut out = String::new();
        self.write(&mut out).expect("memory does not fail");
        out
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        let start = self.packages[0].start;
        let finish = self.packages.iter().map(|package| package.finish).max().unwrap_or(start);
        writeln!(out, "# Made from a record of earned value: each month of a work package is a task.\n")?;
        writeln!(
            out,
            "[program]\nname = \"Federal office building\"\nstart = {start}T00:00\ncurrency = \"USD\""
        )?;
        writeln!(out, "finish = \"complete\"\ntargets = {{ finish = {finish} }}\nestimate = \"month\"\n")?;
        writeln!(out, "[calendars.standard]\nweek = {{ mon-sun = \"00:00-24:00\" }}\n")?;
        writeln!(out, "[estimates.month]\npert = {{ low = -0.10, high = 0.40 }}\n")?;
        let mut ends = Vec::new();
        for (at, package) in self.packages.iter().enumerate() {
            let slices = package.slices();
            writeln!(out, "[projects.{}]\nname = {:?}\ntasks = [", package.id, package.name)?;
            for (number, slice) in slices.iter().enumerate() {
                let after = match (number, at.checked_sub(1)) {
                    (0, None) => String::new(),
                    (0, Some(before)) => {
                        let before = &self.packages[before];
                        let lag = (package.start - before.start).get_days();
                        format!(", after = \"{}.m1 SS+{lag}ed\"", before.id)
                    }
                    _ => format!(", after = \"m{number}\""),
                };
                writeln!(
                    out,
                    "    {{ id = \"m{}\", name = \"{}, month {}\", duration = \"{}ed\"{after}, cost = {{ lump = \
                     {{ fixed = {} }}, category = {:?} }} }},",
                    number + 1,
                    package.name,
                    number + 1,
                    slice.days,
                    major(slice.budget),
                    package.name
                )?;
            }
            writeln!(out, "]\n")?;
            ends.push(format!("\"{}.m{}\"", package.id, slices.len()));
        }
        writeln!(
            out,
            "[[milestones]]\nid = \"complete\"\nname = \"Building complete\"\nafter = [{}]\n",
            ends.join(", ")
        )?;
        self.write_risks(out)?;
        self.write_changes(out)?;
        for at in self.reported() {
            let date = self.date(at);
            writeln!(out, "[[status]]\ndate = {date}\nprogress_csv = \"status/{date}.csv\"")?;
            // A risk is settled when it was expected to be.
            let over = |risk: &&Row| risk["Expected_Resolution"].parse::<Date>().is_ok_and(|by| by <= date);
            let closed =
                self.risks.iter().filter(over).map(|risk| format!("{} = \"closed\"", risk["Risk_ID"]));
            let closed: Vec<String> = closed.collect();
            if !closed.is_empty() {
                writeln!(out, "risks = {{ {} }}", closed.join(", "))?;
            }
            writeln!(out)?;
        }
        Ok(())
    }

    /// Words as probabilities; an exposure is what happens at most likely.
    fn write_risks(&self, out: &mut String) -> std::fmt::Result {
        for risk in &self.risks {
            let probability = match risk["Probability"].as_str() {
                "High" => 0.6,
                "Medium" => 0.35,
                _ => 0.15,
            };
            let Some(package) = self.packages.iter().find(|package| package.wbs == risk["WBS_ID"]) else {
                continue;
            };
            let spread = |of: &str| -> Option<[f64; 3]> {
                let most: f64 = risk[of].parse().ok().filter(|most| *most > 0.0)?;
                Some([0.5 * most, most, 1.8 * most])
            };
            writeln!(out, "[[risks]]\nid = {:?}\ntitle = {:?}", risk["Risk_ID"], risk["Description"])?;
            writeln!(out, "probability = {probability}\ncategory = {:?}", risk["Category"])?;
            let mut impact = Vec::new();
            if let Some([low, mode, high]) = spread("Schedule_Exposure_Days") {
                impact.push(format!("delay = {{ pert = [\"{low}ed\", \"{mode}ed\", \"{high}ed\"] }}"));
            }
            if let Some([low, mode, high]) = spread("Cost_Exposure_USD") {
                impact.push(format!("cost = {{ pert = [{low}, {mode}, {high}] }}"));
            }
            let on = format!("{}.m{}", package.id, package.slices().len());
            writeln!(out, "impact = [{{ on = \"{on}\", {} }}]\n", impact.join(", "))?;
        }
        Ok(())
    }

    /// Change orders are variants; approved ones say when.
    fn write_changes(&self, out: &mut String) -> std::fmt::Result {
        for change in &self.changes {
            let Some(package) = self.packages.iter().find(|package| package.wbs == change["WBS_ID"]) else {
                continue;
            };
            let slices = package.slices();
            let (last, number) = (slices[slices.len() - 1], slices.len());
            let days = last.days + change["Schedule_Impact_Days"].parse::<i32>().unwrap_or(0);
            writeln!(out, "[variants.{}]\ntitle = {:?}", change["CO_Number"], change["Description"])?;
            if !change["Approved_Date"].is_empty() {
                writeln!(out, "approved = {}", change["Approved_Date"])?;
            }
            writeln!(out, "set = {{ \"tasks.{}.m{number}.duration\" = \"{days}ed\" }}", package.id)?;
            writeln!(out, "[[variants.{}.add.costs]]", change["CO_Number"])?;
            writeln!(
                out,
                "lump = {{ fixed = {} }}\ncategory = \"Change orders\"\n",
                change["Cost_Impact_USD"]
            )?;
        }
        Ok(())
    }
}
