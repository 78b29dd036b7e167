//! What the background thread itself has to say: losses, problems, what options have held back.

use super::Press;
use crate::backend::{outcry, report};
use crate::clock;
use crate::level::Level;
use crate::sink::Origin;

impl Press {
    /// Reports what is due though nothing new is to be written; with `at_once`, all there is.
    pub(in crate::backend) fn report_losses(&mut self, at_once: bool) {
        self.count();
        let now = std::time::Instant::now();
        let voice = self.author.at(self.calibration.timestamp(clock::now()));
        for lane in &mut self.lanes {
            lane.wake_up(now);
            if at_once || lane.wants_idle_try(&self.losses, now) {
                lane.push_reports(voice, &self.losses, at_once);
            }
        }
        if self.has_queue() {
            self.write_out();
        } else {
            // What nobody wanted to be told counts as told.
            self.keep_losses();
        }
        outcry::say(&self.lanes, &self.losses, now);
    }

    /// Reports what is to be told about the recorder.
    pub(in crate::backend) fn report_notices(&mut self) {
        let notices = self.shared.take_notices();
        let voice = self.author.at(self.calibration.timestamp(clock::now()));
        for notice in &notices {
            let record = notice.record(voice);
            for lane in &mut self.lanes {
                let is_wanted = match lane.log_file() {
                    Some(path) => !notice.told_in.iter().any(|it| it == path),
                    None => lane.wants(Level::Warning),
                };
                if is_wanted {
                    lane.push(&record, Origin::NOTICE, voice, &self.losses);
                }
            }
        }
        if !notices.is_empty() {
            self.write_out();
        }
    }

    pub(super) fn report_problem(&mut self, event: &str, reason: &str) {
        let voice = self.author.at(self.calibration.timestamp(clock::now()));
        report::problem(voice, event, reason, |record| {
            for lane in &mut self.lanes {
                if lane.wants(Level::Warning) {
                    lane.push(record, Origin::REPORT, voice, &self.losses);
                }
            }
        });
        self.write_out();
    }

    /// Reports what options have held back since their sites' last records.
    pub(in crate::backend) fn report_suppressed(&mut self) {
        self.learn_sites();
        let voice = self.author.at(self.calibration.timestamp(clock::now()));
        let mut is_told = false;
        for known in &self.sites {
            let meta = known.site.meta();
            // What nobody wants now stays with the option, for the site's next record that is wanted.
            let wanted = known.level.number() >= known.threshold
                && self.lanes.iter().any(|lane| lane.wants(known.level));
            let held = match meta.gate {
                Some(gate) if wanted => gate.take_held(),
                _ => 0,
            };
            if held == 0 {
                continue;
            }
            is_told = true;
            report::suppressed(voice, meta, known.level, held, |record| {
                for lane in &mut self.lanes {
                    if lane.wants(known.level) {
                        lane.push(record, Origin::REPORT, voice, &self.losses);
                    }
                }
            });
        }
        // Also when every sink has lost the report: its loss is to be told.
        if is_told {
            self.write_out();
        }
    }
}
